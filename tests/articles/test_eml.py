from email.message import EmailMessage

import pytest

HEAD = b"From: Harbour Desk <desk@wire.example>\nSubject: =?utf-8?q?Caf=C3=A9_opens?=\n"
PLAIN = b"Content-Type: text/plain; charset=%s\n"


def test_headers_and_text(read, write):
    content = HEAD + b"Date: Sun, 02 Mar 2025 10:00:00 +0100\nMessage-ID: <1@a>\n\nRain fell.\r\n"
    (article,) = read(write("a.eml", content)).articles
    assert (article.id, article.title, article.source) == ("a", "Café opens", "Harbour Desk")
    assert article.published == "2025-03-02T10:00:00+01:00"
    assert article.text == "Rain fell.\r\n"
    assert article.metadata == {"from": "Harbour Desk <desk@wire.example>", "message_id": "<1@a>"}


def test_a_date_that_is_none_is_named(read, write):
    found = read(write("a.eml", HEAD + b"Date: yesterday\n\nRain fell."))
    assert found.articles[0].published is None
    assert [warning.kind for warning in found.warnings] == ["date"]


def test_the_sender_by_address_where_there_is_no_name(read, write):
    (article,) = read(write("a.eml", b"From: desk@wire.example\n\nRain fell.")).articles
    assert article.source == "desk@wire.example"


def test_plain_text_goes_before_html_and_attachments_are_named(read, folder):
    message = EmailMessage()
    message["From"] = "desk@wire.example"
    message.set_content("<p>Rain <b>fell</b>.</p>", subtype="html")
    (folder / "html.eml").write_bytes(bytes(message))
    message.set_content("Snow fell.\n")
    message.add_alternative("<p>Rain fell.</p>", subtype="html")
    message.add_attachment(b"Hail fell.", maintype="text", subtype="plain", filename="hail.txt")
    message.add_attachment(b"", maintype="image", subtype="png")
    (folder / "plain.eml").write_bytes(bytes(message))
    found = read("html.eml", "plain.eml")
    assert [article.text for article in found.articles] == ["Rain fell.", "Snow fell.\n"]
    assert [warning.message for warning in found.warnings] == [
        "the attachment 'hail.txt' is not read",
        "the attachment 'in part 6' is not read",
    ]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
def test_the_encoding_that_a_part_declares(read, write, charset):
    text = "“The café opens,” she said." if charset != "iso-8859-15" else "The café opens."
    content = HEAD + PLAIN % charset.encode() + b"\n" + text.encode(charset)
    assert read(write("a.eml", content)).articles[0].text == text


def test_the_encoding_that_the_user_names(read, write):
    content = HEAD + b"\nThe caf\xe9 opens."
    found = read(write("a.eml", content))
    assert [(error.line, error.kind) for error in found.errors] == [(None, "encoding")]
    assert read("a.eml", encoding="cp1252").articles[0].text == "The café opens."


BASE64 = b"Content-Transfer-Encoding: base64\n\n"
PARTS = b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"Rain fell on the town.", "email", "none of the headers"),
        (HEAD, "text", "there is no text"),
        (HEAD + PLAIN % b"klingon" + b"\nRain.", "encoding", "'klingon'"),
        (HEAD + PLAIN % b"utf-8" + b"\nCaf\xe9", "encoding", "byte 0xE9"),
        (HEAD + BASE64 + b"UmFpbiBmZW!!!", "email", "broken or cut off"),
        (HEAD + PARTS + b"--x\n\nRain fell on the", "email", "cut off inside its text"),
        (HEAD + b"Content-Type: image/png\n\nx", "email", "plain text or HTML"),
    ],
)
def test_what_is_no_message_with_a_text(read, write, content, kind, message):
    found = read(write("a.eml", content))
    assert found.kinds == [(None, kind)]
    assert message in found.errors[0].message


def test_a_text_before_an_attachment_that_is_cut_off(read, write):
    parts = b'--x\n\nRain fell.\n--x\nContent-Disposition: attachment; filename="a.pdf"\n\n%PDF'
    found = read(write("a.eml", HEAD + PARTS + parts))
    assert [article.text for article in found.articles] == ["Rain fell."]
    assert [warning.kind for warning in found.warnings] == ["skipped"]
