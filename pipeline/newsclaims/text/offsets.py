"""Edits of a text, and the way from offsets of the edited text back to those of the raw one."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Half-open characters of a text and what stands there instead."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text after `edits`, which are in order and do not overlap."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, without those that overlap one that begins before them."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    return kept


class _Step:
    """One pass of edits: where each begins and ends on both sides."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._raw = [(edit.start, edit.end) for edit in edits]
        self._raw_starts = [edit.start for edit in edits]
        self._view: list[tuple[int, int]] = []
        shift = 0
        for edit in edits:
            start = edit.start + shift
            self._view.append((start, start + len(edit.text)))
            shift += len(edit.text) - (edit.end - edit.start)
        self._view_starts = [start for start, _ in self._view]

    def to_raw(self, character: int) -> tuple[int, int]:
        """The raw characters that one character of the view was read from."""
        return _through(character, self._view_starts, self._view, self._raw)

    def to_view(self, character: int) -> tuple[int, int]:
        """The characters of the view that one raw character was read as; none where it was cut."""
        return _through(character, self._raw_starts, self._raw, self._view)


def _through(
    character: int,
    starts: Sequence[int],
    here: Sequence[tuple[int, int]],
    there: Sequence[tuple[int, int]],
) -> tuple[int, int]:
    at = bisect_right(starts, character) - 1
    if at < 0:
        return character, character + 1
    if character < here[at][1]:
        return there[at]
    moved = character - here[at][1] + there[at][1]
    return moved, moved + 1


class OffsetMap:
    """The way between offsets of a view and those of the raw text; the same ones without steps.

    Args:
        steps: the edits of each pass, the first of the raw text, each later one of the text that
            the one before it left.
    """

    def __init__(self, steps: Sequence[Sequence[Edit]] = ()) -> None:
        self._steps = [_Step(edits) for edits in steps if edits]

    @property
    def is_identity(self) -> bool:
        """Whether the view is the raw text."""
        return not self._steps

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw characters from the first to the last that these of the view were read from.

        Args:
            start: first character of the view.
            end: the character after the last; greater than `start`.
        """
        first, last = start, end - 1
        for step in reversed(self._steps):
            first, last = step.to_raw(first)[0], step.to_raw(last)[1] - 1
        return first, last + 1

    def view(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the view that these raw ones were read as; none where all were cut."""
        for step in self._steps:
            if start >= end:
                break
            start, end = step.to_view(start)[0], step.to_view(end - 1)[1]
        return start, max(start, end)


IDENTITY = OffsetMap()
