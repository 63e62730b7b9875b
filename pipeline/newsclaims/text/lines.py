"""Lines: which of them go on with the line before, where sentences must end, where to cut a text.

News arrives with its layout broken: prose wrapped to columns of any width, words hyphenated at line
ends, sentences torn in two, bullets on lines of their own. In the view a line is a paragraph, and
its end closes a sentence; the parser decides the rest itself.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from newsclaims.text.offsets import Edit

_LINE_END = re.compile(r"\n\s*")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(r"(?:[-*+•‣▪◦·–—>|]+|\(?(?:\d{1,2}|[a-z])[.)])(?=\s|$)")
_DASH_OR_NUMBER = re.compile(r"[–—|]|\(?(\d{1,2})[.)]")
_CLOSED = tuple(".?!:;\"'”’)]…»")

# Widths that prose is wrapped to, in characters. A line that goes on is full but for the next word;
# the slack is for columns of a proportional font.
_WIDTHS = range(16, 201)
_FILLED = 0.8
_FEWEST_TORN = 2
_LONG = 40  # characters of a line that a blank line tears from the rest of its sentence
_ENDED = re.compile(r"[.?!:;…][\"'”’)\]»]*$")
# A line that ends so goes on, whatever comes: no sentence and no heading ends with these words.
_UNFINISHED = re.compile(
    r"(?:,|(?<!: )(?<!\w)\d{1,2}|(?<!\w)(?:an?|the|of|in|on|at|to|for|by|and|or|with|from|as|that|"
    r"who|is|was|were|his|her|its|their))$",
    re.IGNORECASE,
)
# "Dr.", "J.", "Aug.": no end of a sentence, or none that matters inside a paragraph.
_ABBREVIATED = re.compile(r"(?<!\w)[A-Z][a-z]{0,4}\.$")
# A name or a date that a line end cuts in two.
_NAME_END = re.compile(r"(?<!\w)[A-Z][\w'’-]*\.?$")
_NAME_START = re.compile(r"(?!(?:The|An?|In|On|At|But|And|He|She|It|They|We|I|This|That)\b)[A-Z]")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-‐]$")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_WORD = re.compile(r"\w+")
# Words that are no syllable of a longer one: their hyphen at a line end is that of a compound.
_FIRST_OF_COMPOUND = frozenset(
    "half high long low self short vice well one two three four five six seven eight nine".split()
)


class _Line(NamedTuple):
    """A line that holds words: half-open offsets without the white space around it."""

    start: int
    end: int
    indent: int


class _LineEnd(NamedTuple):
    """Where two lines meet. `blank` tells of a blank line between."""

    before: _Line
    after: _Line
    blank: bool


def joining_edits(text: str) -> list[Edit]:
    """The ends of lines that go on, as spaces; of hyphenated words as nothing."""
    if "\n" not in text:
        return []
    ends = _line_ends(text)
    width = _wrap_width(text, ends)
    if width is not None and all(end.blank for end in ends):
        ends = [end._replace(blank=False) for end in ends]  # double-spaced prose
    items = (_DASH_OR_NUMBER.match(text, end.before.start) for end in ends)
    numbers = {int(item[1]) for item in items if item and item[1]}
    joined: list[_LineEnd] = []
    for end in ends:
        under_way = bool(joined) and joined[-1].after == end.before
        if _goes_on(text, end, width, numbers, under_way=under_way):
            joined.append(end)
    compounds = {word.lower() for word in _COMPOUND.findall(text)} if joined else set()
    return [_joined(text, end, compounds) for end in joined]


def _line_ends(text: str) -> list[_LineEnd]:
    lines, position = [], 0
    for line in text.split("\n"):
        words = line.lstrip()
        if words:
            indent = len(line) - len(words)
            start = position + indent
            lines.append(_Line(start, start + len(words.rstrip()), indent))
        position += len(line) + 1
    return [
        _LineEnd(before, after, text.count("\n", before.end, after.start) > 1)
        for before, after in pairwise(lines)
    ]


def _wrap_width(text: str, ends: Sequence[_LineEnd]) -> int | None:
    """The width that the text's lines are wrapped to, or None where lines are paragraphs.

    Wrapped prose breaks where the next word would not fit, and in the middle of sentences. Of text
    in which a blank line follows each line, all lines count.
    """
    inner = [end for end in ends if not end.blank] or ends
    lengths = sorted(end.before.end - end.before.start for end in inner)
    if not lengths or lengths[ceil(0.95 * len(lengths)) - 1] not in _WIDTHS:
        return None
    width = lengths[ceil(0.95 * len(lengths)) - 1]
    full = sum(_is_full(text, end, _FILLED * width) for end in inner)
    torn = sum(_is_torn(text, end) for end in inner)
    # Of two or three lines it is enough that one is torn, where all are as full as they can be.
    tight = len(inner) > 1 and all(_is_full(text, end, width) for end in inner)
    fewest = max(1, full / 4) if tight else max(_FEWEST_TORN, full / 3)
    return width if 2 * full >= len(inner) and torn >= fewest else None


def _is_full(text: str, end: _LineEnd, width: float) -> bool:
    """Whether the first word of the next line would not fit into `width` characters."""
    first = text[end.after.start : end.after.end].split(maxsplit=1)[0]
    return end.before.end - end.before.start + 1 + len(first) > width


def _is_torn(text: str, end: _LineEnd) -> bool:
    """Whether the words on both sides tell that a sentence goes on, whatever the width."""
    first = text[end.after.start]
    before = text[max(end.before.start, end.before.end - 10) : end.before.end]
    return first.islower() or first.isdecimal() or _UNFINISHED.search(before) is not None


def _goes_on(
    text: str, end: _LineEnd, width: int | None, numbers: Set[int], *, under_way: bool
) -> bool:
    """Whether a line goes on behind its end; `under_way` tells that it goes on from one before."""
    before, after = text[end.before.start : end.before.end], end.after.start
    closed = before.endswith(_CLOSED)
    if _BULLET.fullmatch(before):
        return False
    if _BULLET.match(text, after):
        full = width is not None and not end.blank and _is_full(text, end, _FILLED * width)
        return full and _is_no_item(text, end, numbers)
    if width is None or end.blank:
        # A line torn in the middle of a sentence: the next begins in lower case.
        long = min(_LONG, width or _LONG)
        return (
            not closed
            and text[after].islower()
            and (not end.blank or before.endswith((",", "-")) or len(before) > long)
        )
    if _ENDED.search(before) and not _ABBREVIATED.search(before):
        return end.after.indent <= end.before.indent and _is_full(text, end, width)
    if _is_torn(text, end) or _is_full(text, end, _FILLED * width):
        return True
    cut_name = _NAME_END.search(before) and _NAME_START.match(text, after)
    return under_way and cut_name is not None


def _is_no_item(text: str, end: _LineEnd, numbers: Set[int]) -> bool:
    """Whether what looks like a bullet may be a word of a sentence: "on May⏎13.", "said⏎— no"."""
    found = _DASH_OR_NUMBER.match(text, end.after.start)
    if found is None or not found[1]:
        return found is not None and not _ENDED.search(text, end.before.start, end.before.end)
    return int(found[1]) > 1 and int(found[1]) - 1 not in numbers


def _joined(text: str, end: _LineEnd, compounds: Set[str]) -> Edit:
    start, after = end.before.end, end.after.start
    hyphenated = _HYPHENATED.search(text, max(end.before.start, start - _LONG), start)
    following = _WORD.match(text, after)
    if hyphenated is None or following is None or following[0] in ("and", "or", "to"):
        between = "" if re.search(r"\w[-‐]$", text[max(0, start - 2) : start]) else " "
        return Edit(start, after, between)
    first, second = hyphenated[1], following[0]
    compound = (
        first.lower() in _FIRST_OF_COMPOUND
        or not second[0].islower()
        or f"{first}-{second}".lower() in compounds
    )
    return Edit(start if compound else start - 1, after, "")


def paragraphs(view: str) -> Iterator[tuple[int, int]]:
    """Offsets of each line of a view that holds words, from its first to its last."""
    position = 0
    for line in view.split("\n"):
        if words := line.strip():
            start = position + len(line) - len(line.lstrip())
            yield start, start + len(words)
        position += len(line) + 1


def sentence_breaks(view: str) -> list[int]:
    """Offsets of the characters that begin a new sentence because a line ended before them."""
    return [start for start, _ in paragraphs(view)][1:]


def pieces(text: str, longest: int) -> list[str]:
    """Cut `text` into pieces of at most about `longest` characters whose concatenation it is.

    Cuts fall at paragraph ends, else at line ends, else at spaces; a stretch of text without any
    is cut at `longest`.
    """
    found = []
    start = 0
    while len(text) - start > longest:
        end = _cut(text, start, start + longest)
        found.append(text[start:end])
        start = end
    found.append(text[start:])
    return found


def _cut(text: str, start: int, limit: int) -> int:
    # The last good cut in the second half of the piece; the first half alone would be too short.
    middle = (start + limit) // 2
    for pattern in (_PARAGRAPH_END, _LINE_END, re.compile(r"\s+")):
        ends = [match.end() for match in pattern.finditer(text, middle, limit)]
        if ends:
            return ends[-1]
    return limit
