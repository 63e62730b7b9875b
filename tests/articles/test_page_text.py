"""The main text of a page: nothing that stands inline in a sentence is lost."""

import pytest
from newsclaims.articles.page_text import main_text

BEFORE = "<p>The harbour master, Ines Castro, said on Monday that the pier had been closed.</p>"
AFTER = "<p>Fishermen may still land there in the mornings, she told the town council.</p>"


def text(body: str) -> str:
    page = f"<html><body><main><article><h1>Pier closed</h1>{BEFORE}{body}{AFTER}</article></main>"
    return main_text(page + "</body></html>") or ""


INLINE = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark marquee meter "
    "nobr output progress ruby s samp small span strong sub sup time tt u var x-date o:p"
).split()


@pytest.mark.parametrize("name", INLINE)
@pytest.mark.parametrize(
    "around", ["<p>{}</p>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>"]
)
def test_text_of_inline_elements_stays_where_it_was(name, around):
    sentence = f"It will stay shut until <{name}>3 March</{name}>, after two beams fell on a boat."
    plain = "It will stay shut until 3 March, after two beams fell on a boat."
    assert plain in text(around.format(sentence))


def test_a_date_in_a_heading_and_in_nested_elements():
    assert "Shut until 3 March" in text("<h2>Shut until <time>3 March</time></h2>")
    nested = "<p>It opens <b>on <time datetime='2025-03-03'><i>3 March</i></time></b> at noon.</p>"
    assert "It opens on 3 March at noon." in text(nested)


def test_what_stands_alone_in_its_block():
    assert "\n2 March 2025\n" in text("<p><time>2 March 2025</time></p>")
    assert "Share" not in text("<p><button>Share</button></p>")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p><q>We rebuild it,</q> Castro said.</p>", "“We rebuild it,” Castro said."),
        ("<p>Castro said: <q>We rebuild it.</q> She left.</p>", "said: “We rebuild it.” She left."),
        ("<p><q>He said <q>no</q> to us,</q> she said.</p>", "“He said ‘no’ to us,” she said."),
        ("<p><b><q>Yes,</q></b> she <q>really</q> said.</p>", "“Yes,” she “really” said."),
        ("<p><q>“Yes,”</q> she said to them all.</p>", "“Yes,” she said to them all."),
        ("<p>&#147;Yes,&#148; she said&#133; to them.</p>", "“Yes,” she said… to them."),
    ],
)
def test_quotation_marks(markup, shown):
    assert shown in text(markup)
