"""The clean view of a text, and the way back to the characters that were read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsclaims.text.offsets import Edit, OffsetMap, apply_edits
from newsclaims.text.view import PASSES, CleanView

from tests.any_tokens import any_text

UNTOUCHED = [
    "Mayor Ada Brandt said: “We will rebuild.”\n\nShe left on Monday.",
    'The rate is 5 < 6 & 7 > 3, "she said"; AT&T; R&D; <Reuters> a <b and c> d.',
    "The file snake_case_name, 5*3*2, f***, C# and [sic] (see below).",
    "’Twas in the ’90s that the workers’ rights weren’t kept; a 6″ pipe.",
    "Councillors:\n- Ada Brandt\n- Bo Chen, of Hull\n\nAda Brandt\nBo Chen\nCy Dunn\nDi Ek",
    "- one\n* two\n• three\n1. four",
    "She wrote:\n\n> We will rebuild.\n> Soon.",
]

# Lines that end before their width: inside a name, behind an initial.
RAGGED = """The keys of the tower on the hill
were given to the warden, Agata
Brandt, and to Dr.
Cy J.
Dunn, who told the council of
the town on Friday that both would
open it."""
NARROW = """The keys of the tower were given on
Friday to the warden, Agata
Brandt, who told the council that
she would open it on 3
May at noon."""
CLEANED = {
    "tags": [
        ("<p>Ada Brandt.</p><p>She <b>left</b>.</p>", "Ada Brandt.\n\nShe left."),
        ("One<br/>\nTwo <!-- no --> three", "One\nTwo  three"),
        ("<div class='a'>\n  <h1>Ada\nBrandt</h1></div>", "Ada Brandt"),
        ("<q>No,</q> she said<script>let a = 1</script>.", "“No,” she said."),
        ('<a href="https://x.example/?a=1&amp;b">Ada Brandt</a> left', "Ada Brandt left"),
        ("an unclosed <!-- stays", "an unclosed <!-- stays"),
    ],
    "entities": [
        ("Brandt &amp; Chen", "Brandt & Chen"),
        ("&amp;quot;No,&amp;quot; she said", '"No," she said'),
        ("&#8220;No,&#x201d; she&nbsp;said", "“No,” she said"),
        ("&lt;p&gt;Ada&lt;/p&gt;", "Ada"),
    ],
    "characters": [
        ("\ufeffAda Bra\u00adndt", "Ada Brandt"),
        ("Jose\u0301 \u212bke\u200b", "José Åke"),
        ("\x93No,\x94 it\x92s", "“No,” it’s"),
        ("Ada\u00a0Brandt\r\nleft.\u2028Then", "Ada Brandt left.\nThen"),
        ("the of\ufb01ce", "the office"),
        ("the gov\u00ad\nernment", "the government"),
    ],
    "pages": [
        ("NEWS 1\nThe mayor of\n\n2 of 3\n\fNEWS 2\nHull left.\n", "The mayor of\nHull left."),
    ],
    "markdown": [
        ("The [Ada Brandt](https://x.example/a_(b)) left.", "The Ada Brandt left."),
        ("**Ada Brandt**, _mayor_ of Hull, ~~left~~.", "Ada Brandt, mayor of Hull, left."),
        ("# Ada Brandt leaves #\n\n> Go now, she said.", "Ada Brandt leaves\n\nGo now, she said."),
        ("[Ada][1] left.[^2]\n\n[1]: https://x.example\n", "Ada left.\n\n"),
        (r"5 \* 3 is \[sic\]", "5 * 3 is [sic]"),
    ],
    "lines": [
        ("It rose to the\nhighest mark.", "It rose to the highest mark."),
        ("the govern-\nment and the long-\nterm plan", "the government and the long-term plan"),
        ("Al-\nFarabi and the short-\nand long-term plan", None),
        (
            NARROW,
            NARROW.replace("\n", " "),
        ),
    ],
    "quotation marks": [
        ("”No,” she said. ”Never.”", "“No,” she said. “Never.”"),
        ("»No«, she said. «No», he said.", "“No”, she said. “No”, he said."),
        ("»No», she said.", "“No”, she said."),
        ("« No », she said.", "“No”, she said."),
        ("„No ‚never‘“, „no”, ‟no”, ‚no‘, ‹no›", "“No ‘never’”, “no”, “no”, “no”, “no”"),
        ('″No,″ ＂no＂ ""no,"" ’No,’ she said', "“No,” “no” “no,” “No,” she said"),
        ("»Open\n»Closed«", "“Open\n“Closed”"),
        ("`No,' she said, ´no´, `no`, didn't", "“No,” she said, “no”, “no”, didn't"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", UNTOUCHED)
def test_a_clean_text_is_its_own_view(text: str) -> None:
    view = CleanView(text)
    assert view.text == text
    assert view.offsets.is_identity
    assert view.raw(1, 3) == (1, 3)


@pytest.mark.parametrize(
    ("raw", "text"), [pair for pairs in CLEANED.values() for pair in pairs if pair[1] is not None]
)
def test_a_view_is_clean(raw: str, text: str) -> None:
    assert CleanView(raw).text == text


def test_each_pass_has_an_example() -> None:
    assert set(CLEANED) | {"escaped tags"} == set(PASSES)


@pytest.mark.parametrize(
    ("raw", "read", "meant"),
    [
        (NARROW, "Agata Brandt", "Agata\nBrandt"),
        ("of the gov\u00adern-\nment", "government", "gov\u00adern-\nment"),
        ("<p>Ada <b>Brandt</b></p>", "Brandt", "Brandt"),
        ("<p>Ada <b>Brandt</b></p>", "Ada Brandt", "Ada <b>Brandt"),
        ("Brandt &amp; Chen left", "Brandt & Chen", "Brandt &amp; Chen"),
        ('""No,"" she said', "“No,”", '""No,""'),
        ("« No », she said", "“No”", "« No »"),
        ("Jose\u0301 left", "José", "Jose\u0301"),
    ],
)
def test_spans_lead_to_the_first_and_last_character_read(raw: str, read: str, meant: str) -> None:
    view = CleanView(raw)
    start = view.text.index(read)
    first, last = view.raw(start, start + len(read))
    assert raw[first:last] == meant
    assert view.offsets.view(first, last) == (start, start + len(read))


def test_what_the_view_leaves_out_is_nowhere_in_it() -> None:
    raw = "Ada <!-- no word --> left"
    start, end = CleanView(raw).offsets.view(raw.index("no"), raw.index("word"))
    assert start == end


MARKS = '\u00ad e\u0301 <p> </p> <br> &amp; &lt; \x93 \x94 - ** _ [a](b.c) « » ” „ "" ’ ‚ ‘ #'
ODD = st.sampled_from(
    [*MARKS.split(" "), "\f", "\r\n", "-\n", "> ", "# ", "« ", " »", "\u2029", "1\n", ":\n"]
)


@given(st.lists(ODD | any_text(), max_size=20).map("".join), st.data())
def test_spans_of_any_view_lie_in_the_raw_text_in_order(raw: str, data: st.DataObject) -> None:
    view = CleanView(raw)
    length = len(view.text)
    spans = [view.raw(at, at + 1) for at in range(length)]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert spans == sorted(spans)
    if length:
        start = data.draw(st.integers(0, length - 1))
        end = data.draw(st.integers(start + 1, length))
        assert view.raw(start, end) == (spans[start][0], spans[end - 1][1])


@given(st.lists(ODD | any_text(), max_size=20).map("".join))
def test_what_a_pass_left_alone_reads_as_it_is(raw: str) -> None:
    view = CleanView(raw)
    for at, character in enumerate(view.text):
        start, end = view.raw(at, at + 1)
        if end - start == 1 and raw[start].isalpha() and raw[start].isascii():
            assert character == raw[start]


def test_steps_lead_back_in_turn() -> None:
    first = [Edit(0, 2, ""), Edit(4, 5, "xyz")]
    second = [Edit(1, 3, "-")]
    text = apply_edits(apply_edits("abcdefg", first), second)
    assert text == "c-yzfg"
    offsets = OffsetMap([first, [], second])
    assert [offsets.raw(at, at + 1) for at in range(6)] == [
        (2, 3), (3, 5), (4, 5), (4, 5), (5, 6), (6, 7)
    ]  # fmt: skip
    assert offsets.view(0, 2) == (0, 0)
    assert offsets.view(3, 6) == (1, 5)
