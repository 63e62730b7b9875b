from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENT = "word/document.xml"


def forged(part: str, old: bytes, new: bytes) -> bytes:
    """The document of Writer with a change in one of its parts."""
    content = BytesIO()
    with ZipFile(FIXTURES / "writer.docx") as document, ZipFile(content, "w", ZIP_DEFLATED) as copy:
        for name in document.namelist():
            data = document.read(name)
            assert name != part or old in data
            copy.writestr(name, data.replace(old, new, 1) if name == part else data)
    return content.getvalue()


def test_what_the_document_says_of_itself(read, write):
    content = (FIXTURES / "writer.docx").read_bytes()
    (article,) = read(write("bridge.docx", content)).articles
    assert (article.id, article.title) == ("bridge", "Harbour bridge to close")
    assert article.metadata == {"author": "Petra Lindahl", "created": "2025-03-03T16:00:00Z"}
    assert article.published is None  # the day it was made is not the day it was published


def test_the_first_heading_is_the_title_where_none_is_declared(read, write):
    content = forged("docProps/core.xml", b"Harbour bridge to close", b"")
    (article,) = read(write("bridge.docx", content)).articles
    assert article.title == "Harbour bridge to close"


def test_insertions_and_notes_are_text_and_the_marks_of_notes_are_not(read, write):
    (article,) = read(write("a.docx", (FIXTURES / "writer.docx").read_bytes())).articles
    assert "on Monday for repairs, Mayor Ilse Varga said.\n" in article.text
    assert article.text.endswith("\nVarga was elected in 2021.")
    assert "[1]" not in article.text


@pytest.mark.parametrize(
    ("old", "new", "kind", "message"),
    [
        (b"?>", b'?><!DOCTYPE x [<!ENTITY e "e">]>', "docx", "declares a document type"),
        (b"?>", b"?>" + b" " * 20_000_000, "bomb", "would unpack to 20,0"),
        (b"<w:body>", b"<w:body><", "docx", "no Word document that can be read"),
    ],
)
def test_a_forged_document(read, write, old, new, kind, message):
    found = read(write("a.docx", forged(DOCUMENT, old, new)))
    assert found.kinds == [(None, kind)]
    assert message in found.errors[0].message


def test_an_archive_that_is_no_document(read, write):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "Rain fell.")
    assert read(write("a.docx", content.getvalue())).kinds == [(None, "docx")]
