"""Offsets as browsers count them: in UTF-16, where a character beyond U+FFFF takes two units."""

from bisect import bisect_left
from collections.abc import Callable


def browser_offsets(text: str) -> Callable[[int], int]:
    """A function from offsets in code points of `text` to offsets in UTF-16 code units.

    >>> browser_offsets("a😀b")(2)
    3
    """
    if not text or max(text) <= "\uffff":
        return int
    wide = [offset for offset, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def browser_slice(text: str) -> Callable[[int, int], str]:
    """A function that gives the words of `text` between two offsets in UTF-16 code units.

    >>> browser_slice("a😀b")(3, 4)
    'b'
    """
    if not text or max(text) <= "\uffff":
        return lambda start, end: text[start:end]
    units = text.encode("utf-16-le")
    return lambda start, end: units[2 * start : 2 * end].decode("utf-16-le")
