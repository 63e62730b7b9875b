"""The error that every layer raises for wrong usage, in a file that imports nothing heavy."""

from collections.abc import Iterable
from difflib import get_close_matches


class UsageError(ValueError):
    """Inputs, options or files that cannot be meant as they stand. One sentence; exit status 2."""


def nearest(name: str, known: Iterable[str]) -> str:
    """What ends the sentence about an unknown name: known ones that look like it, or nothing."""
    near = get_close_matches(name, list(known))
    return f"; near it: {', '.join(near)}" if near else ""
