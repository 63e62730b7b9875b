"""The date of publication that a page shows: ``<time>`` and microdata of its own article alone.

A page shows many dates: those of teasers, of comments, of events in the prose. One is the page's
own when it is marked as a date of publication, or stands in the lines about the article right at
its headline, and when nothing around it belongs to something else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from newsclaims.articles.markup import BLOCKS

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# Parts of a page that are not its article.
_ASIDE = frozenset("aside blockquote figure form nav table td th dd dt dialog".split())
_ELSEWHERE = frozenset(
    "agenda calendar card cards carousel comment comments countdown dates deadline discussion "
    "embed embedded event events feed latest more most mostread newsletter next picks popular "
    "prev previous promo recirculation recommendations recommended related replies reply "
    "respond schedule sidebar teaser teasers ticker trending tweet twitter upcoming widget".split()
)

# Classes of a date of publication (hAtom, microformats 2, and common themes), and of another date.
_PUBLISHED = frozenset("published pubdate publishdate pubdatetime datepublished dateline".split())
_PUBLISHED_PAIRS = ("entry date", "post date", "publish date", "publication date", "posted on")
_CHANGED = frozenset("updated update modified datemodified lastmod edited revised".split())

# Paragraphs between headline and byline that are no text of the article yet.
_STANDFIRST = frozenset(
    "standfirst summary lead lede deck dek subtitle subhead subheadline intro description excerpt "
    "kicker".split()
)

_LABEL = (
    r"(?i:(?:first |originally |date )?(?:published|posted|publication date|date|released|filed|on)"
    r"(?: on| at)?(?: by)?)"
)
_CHANGE_LABEL = re.compile(
    r"\b(?:updated|modified|edited|revised|changed|corrected)\b[^.!?]{0,20}$", re.IGNORECASE
)
_MARKS = r"[\s|·•,;:—–/()\[\]-]*"
_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]*|and|for|in|of|de|van|von|la|al)"
# All that may stand in a line with the date: who wrote it, and how long it takes to read.
_BYLINE = re.compile(
    r"(?:[\s|·•,;:—–/()\[\]-]"
    rf"|\b(?i:by|from|written by|words by)\b:?\s+{_NAME}(?:[\s,&]+{_NAME}){{0,11}}"
    rf"|\b{_LABEL}\b|\b(?i:(?:last )?(?:updated|modified)(?: on| at)?|at)\b"
    r"|\b\d+ (?i:min(?:ute)?s?)\b|\b(?i:read)\b)*+"
)
_LONG = 40  # pieces of text in a line, more of which no byline has
_PROSE = 40  # characters from which on a paragraph is one of the article


def own_headline(tree: Any, titles: Sequence[str]) -> Any:
    """The heading that is the headline of the page's article; None where no one can tell.

    The only ``<h1>`` is, unless the page's titles say something else; of several, that which is one
    of the titles.
    """
    wanted = [_letters(title) for title in titles]
    headings = [heading for heading in tree.iter(*_HEADINGS) if _letters(heading.text_content())]
    named = [heading for heading in headings if _is_among(heading, wanted)]
    named.sort(key=lambda heading: heading.tag)  # an <h1> before others, in the order of the page
    if named:
        return named[0]
    first = [heading for heading in headings if heading.tag == "h1"]
    in_article = [heading for heading in first if _within(heading, "article", "main")]
    alone = in_article or [heading for heading in first if not _is_masthead(heading)]
    return alone[0] if len(alone) == 1 else None


def _is_masthead(heading: Any) -> bool:
    """Whether a heading holds the name of the site: it is a link, or stands in the page's head."""
    return _has_link(heading) or _within(heading, "header", "nav")


def own_times(tree: Any, headline: Any) -> list[str]:
    """The date of publication that stands in the article; empty when there is none, or several.

    Args:
        tree: the page.
        headline: the heading that `own_headline` gave.
    """
    page = _Layout(tree, headline)
    marked: list[Any] = []
    beside: list[Any] = []
    for element in _dated(tree):
        is_marked = _is_marked(element)
        if not (is_marked or page.is_at_headline(element)):
            continue
        if page.is_elsewhere(element) or _is_changed(element):
            continue
        if is_marked:
            marked.append(element)
        elif _is_byline(element):
            beside.append(element)
    for elements in (marked, beside):
        written = list(dict.fromkeys(filter(None, map(_value, elements))))
        if len({_day(value) for value in written}) == 1:
            return written[:1]
    return []


def _is_byline(element: Any) -> bool:
    """Whether nothing but lines about the article stands beside this date, which has a year."""
    return bool(re.search(r"\d{4}", _value(element)) and _BYLINE.fullmatch(_line(element)))


def _dated(tree: Any) -> Iterator[Any]:
    for element in tree.iter():
        if element.tag == "time" or "datepublished" in _property(element):
            yield element


def _property(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    return (element.get("itemprop") or "").lower()


class _Layout:
    """Where things stand in a page, seen from its headline."""

    def __init__(self, tree: Any, headline: Any) -> None:
        self._headline = headline
        self._order = {element: number for number, element in enumerate(tree.iter())}
        self._around = set() if headline is None else set(headline.iterancestors())
        self._lines = [self._order[element] for element in tree.iter("p", "time", *_HEADINGS)]
        self._first_prose = self._prose_after_headline(tree)
        self._holds_text = self._around_text()
        self._later_heading = self._heading_after_headline(tree)

    def _around_text(self) -> set[Any]:
        """What the page's text stands in, where no article holds its headline."""
        if self._first_prose is None or any(map(_is_item, self._around)):
            return set()
        return set(self._first_prose.iterancestors())

    def is_elsewhere(self, element: Any) -> bool:
        """Whether something around this element, but not around the headline, is another thing."""
        for above in (element, *element.iterancestors()):
            if above in self._around:
                return False
            if _is_aside(above) or self._is_other_thing(above):
                return True
        return False

    def _is_other_thing(self, above: Any) -> bool:
        if _is_item(above) and above not in self._holds_text:
            return True
        if above.tag == "footer" and not _within(above, "article"):
            return True
        if above.tag == "a" and above.get("href") and "bookmark" not in (above.get("rel") or ""):
            return str(above.get("href")).startswith(("http", "/"))
        kind = (above.get("itemtype") or "").lower().rstrip("/")
        return bool(kind) and not kind.endswith(("article", "posting", "webpage", "report"))

    def is_at_headline(self, element: Any) -> bool:
        """Whether it stands between the headline and the first paragraph, or right before it."""
        if self._headline is None:
            return False
        place, start = self._order[element], self._order[self._headline]
        if place < start:
            return self._leads_to_headline(element)
        ends = (self._first_prose, self._later_heading)
        return all(end is None or place < self._order[end] for end in ends)

    def _leads_to_headline(self, element: Any) -> bool:
        """Whether only short lines stand between it and the headline, within one article."""
        shared = next((above for above in element.iterancestors() if above in self._around), None)
        if shared is None or shared.tag not in ("article", "header", "hgroup", "main"):
            return False
        following = bisect_right(self._lines, self._order[element])
        return self._lines[following] == self._order[self._headline]

    def _prose_after_headline(self, tree: Any) -> Any:
        for paragraph in self._after_headline(tree, ("p",)):
            text = " ".join(paragraph.text_content().split())
            is_byline = _BYLINE.fullmatch(_without_times(paragraph))
            if len(text) >= _PROSE and not is_byline and not _tokens(paragraph) & _STANDFIRST:
                return paragraph
        return None

    def _heading_after_headline(self, tree: Any) -> Any:
        """The first heading behind the headline that heads another story, or a part of this one."""
        if self._headline is None:
            return None
        for heading in self._after_headline(tree, _HEADINGS):
            beside = heading.getparent() is self._headline.getparent()
            if _has_link(heading) or not (beside or _tokens(heading) & _STANDFIRST):
                return heading
        return None

    def _after_headline(self, tree: Any, tags: Iterable[str]) -> Iterator[Any]:
        start = self._order.get(self._headline, 0)
        return (item for item in tree.iter(*tags) if self._order[item] > start)


def _is_item(element: Any) -> bool:
    """Whether an element is one thing among others of the page: an article, or microdata of one."""
    kind = (element.get("itemtype") or "").lower().rstrip("/")
    return element.tag == "article" or kind.endswith(("article", "posting", "report"))


def _is_aside(element: Any) -> bool:
    return element.tag in _ASIDE or bool(_tokens(element) & _ELSEWHERE)


def _tokens(element: Any) -> frozenset[str]:
    """The words of an element's class and id."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)
    return frozenset(re.findall(r"[a-z0-9]+", parted.lower()))


def _is_marked(element: Any) -> bool:
    """Whether the page says that this is a date of publication."""
    if element.get("pubdate") is not None or "datepublished" in _property(element):
        return True
    names = " ".join(re.findall(r"[a-z]+", f"{element.get('class') or ''}".lower()))
    return bool(set(names.split()) & _PUBLISHED) or any(pair in names for pair in _PUBLISHED_PAIRS)


def _is_changed(element: Any) -> bool:
    """Whether this is the date of a later version."""
    if "datepublished" in _property(element):
        return False
    if "datemodified" in _property(element) or _tokens(element) & _CHANGED - _PUBLISHED:
        return not _tokens(element) & _PUBLISHED
    return bool(_CHANGE_LABEL.search(_line(element, until_element=True)))


def _line(element: Any, *, until_element: bool = False) -> str:
    """What stands in one line with the element, dates left out; or only what stands before it."""
    before = "".join(reversed(list(islice(_beside(element, forward=False), _LONG))))
    if until_element:
        return before
    after = "".join(islice(_beside(element, forward=True), _LONG))
    return " ".join(f"{before} {after}".split())


def _beside(element: Any, *, forward: bool) -> Iterator[str]:
    """Pieces of text away from the element, up to the edge of its block."""
    here = element
    while here is not None and here.tag not in BLOCKS:
        for piece in _siblings(here, forward):
            if piece is None:
                return
            yield piece
        here = here.getparent()
        if not forward and here is not None:
            yield here.text or ""


def _siblings(element: Any, forward: bool) -> Iterator[str | None]:
    """Text of what follows or comes before in the same parent; None where a block stands."""
    if forward:
        yield element.tail or ""
    for sibling in element.itersiblings(preceding=not forward):
        if not forward:
            yield sibling.tail or ""
        is_block = any(item.tag in BLOCKS for item in sibling.iter())
        yield None if is_block else _without_times(sibling)
        if forward:
            yield sibling.tail or ""


_NO_WORDS = frozenset(("time", "script", "style"))


def _without_times(element: Any) -> str:
    """The text of an element without that of ``<time>`` in it."""
    from lxml.etree import iterwalk

    if not isinstance(element.tag, str) or element.tag in _NO_WORDS:
        return ""
    parts = []
    walk = iterwalk(element, events=("start", "end"))
    for event, item in walk:
        if event == "end":
            parts.append("" if item is element else item.tail or "")
        elif item.tag in _NO_WORDS:
            walk.skip_subtree()
        else:
            parts.append(item.text or "")
    return " ".join("".join(parts).split())


def _value(element: Any) -> str:
    """The date that an element holds: in an attribute, else in its words, without their label."""
    for name in ("datetime", "content"):
        if (element.get(name) or "").strip():
            return str(element.get(name)).strip()
    text = " ".join(element.text_content().split())
    return re.sub(rf"^{_LABEL}{_MARKS}(?=\w)", "", text)


def _day(written: str) -> str:
    return written[:10]


def _is_among(heading: Any, titles: Sequence[str]) -> bool:
    """Whether a heading is one of the titles, or all of one but the name of the site."""
    text = _letters(heading.text_content())
    long_enough = len(text) >= 12
    return any(text == title or (long_enough and title.startswith(text)) for title in titles)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _within(element: Any, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _has_link(element: Any) -> bool:
    return _within(element, "a") or next(element.iter("a"), None) is not None
