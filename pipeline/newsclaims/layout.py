"""Where the lines of scraped text end sentences, and where a long text may be cut.

News arrives with its layout broken: bullets torn onto lines of their own, headlines without a full
stop, hard-wrapped prose, captions glued to paragraphs. The parser is told which line ends close a
sentence and decides the rest itself.
"""

import re
from itertools import pairwise

_LINE_END = re.compile(r"\n\s*")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(r"(?:[-*•‣▪◦·–—>|]+|\(?(?:\d{1,2}|[a-z])[.)])(?=\s|$)")
_CLOSED = tuple(".?!:;\"'”’)]…")

# Prose set to a fixed width by a mail or wire system has lines of much the same length.
_WRAP_WIDTHS = range(48, 101)
_FEWEST_LOWER = 2


def sentence_breaks(text: str) -> list[int]:
    """Offsets of the characters that begin a new sentence because a line ended before them.

    Sorted, without 0. A blank line ends a sentence unless the next line plainly goes on; a single
    line end does so too, except inside hard-wrapped prose.
    """
    wrap = _wrap_width(text)
    breaks = []
    line_start = 0
    for match in _LINE_END.finditer(text):
        before, after = text[line_start : match.start()].strip(), match.end()
        line_start = after
        if after == len(text) or not before:
            continue
        if not _goes_on(before, text, after, blank="\n" in match[0][1:], wrap=wrap):
            breaks.append(after)
    return breaks


def _goes_on(before: str, text: str, after: int, *, blank: bool, wrap: int | None) -> bool:
    """Whether the sentence that `before` ends with continues at `after`."""
    if _BULLET.match(text, after) or _BULLET.fullmatch(before):
        return False
    if before.endswith(_CLOSED):
        return False
    lower_next = text[after].islower()
    if wrap is None or blank:
        # A line torn in the middle of a sentence: the next begins in lower case.
        return lower_next and (not blank or before.endswith((",", "-")) or len(before) > 40)
    return len(before) > 0.7 * wrap or lower_next


def _wrap_width(text: str) -> int | None:
    """The width that the text's lines are wrapped to, or None where lines are paragraphs.

    Wrapped prose has lines of one greatest width, and most of those that follow a nearly full line
    begin in lower case: they go on with its sentence.
    """
    lines = [line.strip() for line in text.split("\n")]
    width = max(map(len, lines))
    if width not in _WRAP_WIDTHS:
        return None
    following = [after for line, after in pairwise(lines) if after and len(line) > 0.7 * width]
    lower = sum(after[0].islower() for after in following)
    return width if lower >= max(_FEWEST_LOWER, len(following) / 2) else None


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
