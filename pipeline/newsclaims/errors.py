"""The error that every layer raises for wrong usage, in a file that imports nothing heavy."""

from collections.abc import Iterable
from difflib import get_close_matches

_NEAR = 3  # names that are told


class UsageError(ValueError):
    """Inputs, options or files that cannot be meant as they stand. One sentence; exit status 2."""


def nearest(name: str, known: Iterable[str]) -> str:
    """What ends the sentence about an unknown name: known ones that look like it, or nothing."""
    known = list(known)
    near = [one for one in known if one.startswith(name)][:_NEAR] or get_close_matches(name, known)
    return f"; near it: {', '.join(near)}" if near else ""
