"""The quotation marks of all European conventions, written as pairs of “ and ”.

Marks are matched inside their paragraph, with those inside a quotation as ‘ and ’. English marks
stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclaims.text.offsets import Edit

# What no English text writes, or not in this place. The class before all else makes it fast.
_FOREIGN = re.compile(
    r"""[‟‶„″＂«»‹›‚❝❞〝〞"”“’`´,](?:
      (?<=[‟‶„″＂«»‹›‚❝❞〝〞])
    | (?<=")(?<!"")"{1,2}(?!")
    | (?<=,)(?<!\S,),(?=\w)
    | (?<=[”’])(?<!\w[”’])(?=\w)
    | (?<=\S“)(?!\w)
    | (?<=[`´])(?<![\w`´][`´])(?=\w)
    )""",
    re.VERBOSE,
)
_MARK = re.compile(r"""[«»‹›“”‟‶„″＂‚‘’❝❞〝〞]|(?<!")"{1,3}(?!")|'{1,2}|,,|(?<![`´])[`´](?![`´])""")
# What may close a quotation that each mark opens.
_CLOSERS = {
    "“": frozenset({"”", "“", '"', "″", "''"}),
    "”": frozenset({"”"}),
    "„": frozenset({"“", "”", "„", "‟", '"', "''"}),
    ",,": frozenset({"''", "“", "”", '"'}),
    "‟": frozenset({"”", "‟", "„"}),
    "‶": frozenset({"″", "‶"}),
    "″": frozenset({"″", "”"}),
    "＂": frozenset({"＂"}),
    "«": frozenset({"»", "«"}),
    "»": frozenset({"«", "»"}),
    "‹": frozenset({"›", "‹"}),
    "›": frozenset({"‹", "›"}),
    "‚": frozenset({"‘", "’"}),
    "‘": frozenset({"’"}),
    "’": frozenset({"’"}),
    "´": frozenset({"´"}),
    "`": frozenset({"`", "´", "'"}),
    "❝": frozenset({"❞"}),
    "〝": frozenset({"〞", "〟"}),
    '"': frozenset({'"', "”"}),
    '""': frozenset({'""'}),
    '"""': frozenset({'"""'}),
}
_ENGLISH = frozenset({("“", "”"), ('"', '"'), ('"', "”"), ("“", '"'), ("‘", "’")})
_OPENS_PARAGRAPH = frozenset("„«»‟”❝〝")  # also where no mark closes them
_OPENS_AFTER = frozenset("([{-–—/:…>")
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n|s|t|re|ve|ll|d)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_DEEPEST = 4  # quotations open at once; the bound keeps the time linear in any text
_OWNED = re.compile(r"[’'] [a-z]")


class _Mark(NamedTuple):
    start: int
    end: int
    mark: str


class _Pair(NamedTuple):
    opening: _Mark
    closing: _Mark | None


class _Written(NamedTuple):
    """A pair that is written: where it ends, and how."""

    end: int
    single: bool
    foreign: bool


def quotation_mark_edits(text: str) -> list[Edit]:
    """Foreign quotation marks as English ones."""
    if not _FOREIGN.search(text):
        return []
    edits: list[Edit] = []
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if _FOREIGN.search(text, position, end):
            edits += _written(text, _pairs(text, position, end))
        position = end + 1
    return sorted(edits)


def _pairs(text: str, start: int, end: int) -> list[_Pair]:
    """The quotations of a paragraph, in the order in which they open."""
    pairs: list[_Pair] = []
    opened: list[_Mark] = []
    for found in _MARK.finditer(text, start, end):
        mark = _Mark(*found.span(), found[0])
        level = _closed_by(text, mark, opened, start, end)
        if level is not None:
            pairs.append(_Pair(opened[level], mark))
            del opened[level:]
        elif mark.mark in _CLOSERS and _may_open(text, mark, start, end):
            opened.append(mark)
    pairs += [_Pair(mark, None) for mark in opened if _is_left_open(text, mark)]
    return sorted(pairs)


def _is_left_open(text: str, mark: _Mark) -> bool:
    return mark.mark in _OPENS_PARAGRAPH and not text[mark.end].isspace()


def _closed_by(text: str, mark: _Mark, opened: Sequence[_Mark], start: int, end: int) -> int | None:
    """Which of the open quotations a mark closes, counted from the outermost."""
    for level in reversed(range(max(0, len(opened) - _DEEPEST), len(opened))):
        one = opened[level]
        if (
            mark.mark in _CLOSERS[one.mark]
            and _may_close(text, mark, start, end, spaced=one.mark in "«‹")
            and not _blank(text, one.end, mark.start)
        ):
            return level
    return None


def _blank(text: str, start: int, end: int) -> bool:
    space = _SPACE.match(text, start, end)
    return space is not None and space.end() == end


def _may_open(text: str, mark: _Mark, start: int, end: int) -> bool:
    after = mark.end
    if mark.mark in "«‹" and text[after : after + 1].isspace():
        after += 1
    if after >= end or text[after].isspace():
        return False
    before = text[mark.start - 1] if mark.start > start else " "
    glued = before in ".!?" and text[after].isupper()
    if not (before.isspace() or before in _OPENS_AFTER or before in _CLOSERS or glued):
        return False
    return mark.mark != "’" or _ELIDED.match(text, after) is None


def _may_close(text: str, mark: _Mark, start: int, end: int, *, spaced: bool) -> bool:
    before = mark.start - 1
    if spaced and mark.mark in "»›" and before > start and text[before].isspace():
        before -= 1
    if before < start or text[before].isspace():
        return False
    if mark.mark in "’'" and text[before] == "s" and _OWNED.match(text, mark.start):
        return False
    return mark.end >= end or not text[mark.end].isalnum()


def _written(text: str, pairs: Sequence[_Pair]) -> Iterator[Edit]:
    """The edits that write foreign pairs, and those inside them, as English ones."""
    around: list[_Written] = []
    for opening, closing in pairs:
        while around and around[-1].end <= opening.start:
            around.pop()
        english = closing is not None and (opening.mark, closing.mark) in _ENGLISH
        foreign = not english or (bool(around) and around[-1].foreign)
        single = not around[-1].single if around else english and opening.mark == "‘"
        around.append(_Written(closing.end if closing else len(text), single, foreign))
        if foreign:
            yield _opening(text, opening, "‘" if single else "“")
            if closing:
                yield _closing(text, closing, "’" if single else "”")


def _opening(text: str, mark: _Mark, instead: str) -> Edit:
    spaced = mark.mark in "«‹" and text[mark.end].isspace()
    return Edit(mark.start, mark.end + spaced, instead)


def _closing(text: str, mark: _Mark, instead: str) -> Edit:
    spaced = mark.mark in "»›" and text[mark.start - 1].isspace()
    return Edit(mark.start - spaced, mark.end, instead)
