"""Datelines, which open a report with its place: "OSLO, Norway, May 8 (AP) - The"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]+"
_DATELINE = re.compile(
    rf"""
    (?:(?P<line>^)|(?<=[.!?\d]\ ))
    (?P<place>{_CAPITALS}(?:[ -]{_CAPITALS}){{0,3}})
    (?:
        (?P<region>(?:,\ [A-Z][\w.]+(?:\ [A-Z][\w.]+)?)?(?:\ ?\([^()\n]{{2,30}}\))?)
        (?:,\ (?:[A-Z][a-z]{{2,8}}\.?\ \d{{1,2}}|\d{{1,2}}\ [A-Z][a-z]{{2,8}})(?:,?\ \d{{4}})?)?
        (?:\ ?\([^()\n]{{2,30}}\)|\ ?/[^/\n]{{2,30}}/)?
        \ ?(?P<mark>—|–|--|-|:)\ ?
        (?=["“'‘]?[A-Z][a-z]|["“'‘]?A\ )
      | # at the beginning of a line anything may stand before the dash
        (?(line)|(?!))
        (?::|[,( —–-][^\n]{{0,60}}?(?:\ -\ |\ --\ |\)-|[—–])|[—–])
        \s*(?=[A-Z\d“"'])
    )
    """,
    re.VERBOSE | re.MULTILINE,
)


class Dateline(NamedTuple):
    """Half-open offsets of a dateline with its dash or colon, from its place on."""

    start: int
    place_end: int
    end: int
    opens_line: bool
    has_form: bool
    """Whether nothing but a region, a date and an agency stand behind the place."""
    region: str
    """What follows the place and names its region or the agency."""
    mark: str
    """The dash or colon, or "" without the form."""


def datelines(text: str) -> Iterator[Dateline]:
    """What has the form of a dateline, in order; whether its place is one is for others to say."""
    for match in _DATELINE.finditer(text):
        yield Dateline(
            start=match.start("place"),
            place_end=match.end("place"),
            end=match.end(),
            opens_line=match["line"] is not None,
            has_form=match["mark"] is not None,
            region=match["region"] or "",
            mark=match["mark"] or "",
        )
