"""Marks on a text as HTML: what is drawn, told and escaped."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from newsclaims.highlight import Look, Mark, highlight

LOOKS = {"people": Look("box", "#abc"), "roles": Look("line", "#def"), "said": Look("ground")}


class Stretches(HTMLParser):
    """The marked stretches below the heading, each with its attributes and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.text = ""
        self._open: dict[str, str | None] | None = None
        self.feed(html.partition("</header>")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = dict(attrs) if tag == "i" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "i":
            self._open = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open is not None:
            self.found.append((self._open, data))


def test_a_mark_is_labelled_and_tells_what_it_is() -> None:
    text = "Ada Holm left."
    html = highlight(text, [Mark(0, 8, "people", "Person", 'Ada "the pen" Holm')], LOOKS, "T")
    (attributes, words), *others = Stretches(html).found
    assert (words, others) == ("Ada Holm", [])
    assert attributes["data-label"] == "Person"
    assert attributes["title"] == 'Ada "the pen" Holm'
    assert attributes["class"] == "box begins ends"


def test_crossing_marks_are_cut_and_a_label_stands_once() -> None:
    marks = [Mark(0, 4, "people", "P", "one"), Mark(2, 6, "said", "", "two")]
    found = Stretches(highlight("abcdef", marks, LOOKS, "")).found
    assert [(words, attributes["title"]) for attributes, words in found] == [
        ("ab", "one"),
        ("cd", "one\ntwo"),
        ("ef", "two"),
    ]
    assert [attributes.get("data-label") for attributes, _ in found] == [None, "P", None]


def test_the_legend_has_the_kinds_that_are_there() -> None:
    html = highlight("ab", [Mark(0, 1, "roles", "", "x")], LOOKS, "<T>")
    legend = re.findall(r"<i [^>]*>(\w+)</i>", html.partition("</header>")[0])
    assert legend == ["roles"]
    assert "<b>&lt;T&gt;</b>" in html


def test_a_notebook_draws_it() -> None:
    html = highlight("a < b", [], LOOKS, "")
    assert html._repr_html_() == html
    assert "a &lt; b" in html


TEXTS = st.text(alphabet="ab<>&\"'\n é", min_size=1, max_size=30)


@given(st.data())
def test_no_character_of_any_text_is_lost_or_becomes_a_tag(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    starts = st.integers(0, len(text) - 1)
    marks = [
        Mark(start, data.draw(st.integers(start + 1, len(text))), kind, text, text)
        for start in data.draw(st.lists(starts, max_size=5))
        for kind in LOOKS
    ]
    html = highlight(text, marks, LOOKS, text)
    assert Stretches(html).text == text
    body = html.partition("</header>")[2]
    assert set(re.findall(r"<(/?\w+)", body)) <= {"div", "/div", "i", "/i"}
    covered = {place for mark in marks for place in range(mark.start, mark.end)}
    drawn = "".join(words for _, words in Stretches(html).found)
    assert drawn == "".join(text[place] for place in sorted(covered))
