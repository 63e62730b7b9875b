"""Quotation marks -> quotations, paragraph by paragraph, in one pass.

Marks are matched inside their paragraph alone, so that one left open or closed twice costs at most
the paragraph it stands in. A quotation that runs over several paragraphs opens each of them and
closes the last; its parts are found one by one, all but the last not `closed`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsclaims.text.lines import paragraphs


class Quote(NamedTuple):
    """Half-open offsets with the marks. `closed` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool = True


class _Open(NamedTuple):
    start: int
    closers: tuple[str, ...]


# Each opening mark with the marks that close it; a straight one is both.
_CLOSERS = {
    "“": ("”", "“", '"', "''", "’’"),
    "”": ("”",),  # typed the wrong way round
    "„": ("“", "”"),
    "«": ("»",),
    '"': ('"', "”"),
    "''": ("''", "’’"),
    "``": ("''",),
    "‘‘": ("’’", "''"),
    "‘": ("’", "'"),
    "'": ("'", "’"),
}
_MARK = re.compile(r"''|``|‘‘|’’|[“”„«»\"‘’']")
_SINGLE = frozenset("‘’'")
_BLOCK = re.compile(r">[> ]*")  # before each line of a block quotation, as in Markdown and e-mail
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n)\b", re.IGNORECASE)
_OPENS_AFTER = frozenset("([{-–—/:…“\"‘'`")


def find_quotes(text: str) -> list[Quote]:
    """All outermost quotations of `text`, in order, not overlapping."""
    bounds = list(paragraphs(text))
    found: list[Quote] = []
    for number, (start, end) in enumerate(bounds):
        block = _BLOCK.match(text, start, end)
        if block:
            found += [Quote(block.end(), end)] if block.end() < end else []
            continue
        following = text[bounds[number + 1][0]] if number + 1 < len(bounds) else ""
        found += _in_paragraph(text, start, end, reopened=following in _CLOSERS and following != "")
    return found


def _in_paragraph(text: str, start: int, end: int, *, reopened: bool) -> Iterator[Quote]:
    opened: _Open | None = None
    inner = 0  # pairs of the same marks, open inside the quotation
    marks = [(match[0], match.start(), match.end()) for match in _MARK.finditer(text, start, end)]
    for number, (mark, at, after) in enumerate(marks):
        if opened is None:
            if _may_open(text, mark, at, after, start, end):
                opened, inner = _Open(at, _CLOSERS[mark]), 0
        elif mark in opened.closers and _may_close(text, mark, at, after, end):
            if inner:
                inner -= 1
                continue
            yield Quote(opened.start, after)
            opened = None
        elif mark not in _SINGLE and _may_open(text, mark, at, after, start, end):
            if mark == "“" and [later[0] for later in marks[number + 1 : number + 3]] == ["”", "”"]:
                inner += 1
            else:  # the mark before was never closed: what it opened cannot be told
                opened, inner = _Open(at, _CLOSERS[mark]), 0
    if opened is not None:
        yield from _left_open(text, opened.start, start, end, reopened=reopened)


def _left_open(text: str, at: int, start: int, end: int, *, reopened: bool) -> Iterator[Quote]:
    """What a mark at `at` opens that its paragraph, from `start` to `end`, never closes."""
    if text[at] in _SINGLE and not text.startswith(("''", "‘‘"), at):
        return  # an apostrophe, more likely than a quotation left open
    if reopened:
        yield Quote(at, end, closed=False)
    elif at > start:  # one that is as long as its paragraph would hold its own source
        stop = _SENTENCE_END.search(text, at, end)
        yield Quote(at, stop.end() if stop else end, closed=False)


def _may_open(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    if after >= end or text[after].isspace() or mark in ("”", "»", "’", "’’"):
        return False
    if mark in ("“", "„", "«", "``", "‘‘"):
        return True
    before = text[at - 1] if at > start else " "
    if not (before.isspace() or before in _OPENS_AFTER):
        return False
    return mark not in _SINGLE or _ELIDED.match(text, after) is None


def _may_close(text: str, mark: str, at: int, after: int, end: int) -> bool:
    following = text[after] if after < end else " "
    if mark in ("”", "»", "’’"):
        return True
    if mark == "“":  # typed the wrong way round
        return not text[at - 1].isspace() and not following.isalnum()
    if mark in _SINGLE:
        return not following.isalnum() and not text[at - 1].isspace() and not _owns(text, at, after)
    return not text[at - 1].isspace() or not following.isalnum()


def _owns(text: str, at: int, after: int) -> bool:
    """Whether an apostrophe follows a plural that owns what comes: ``the workers' rights``."""
    return text[at - 1] == "s" and re.compile(r" [a-z]").match(text, after) is not None
