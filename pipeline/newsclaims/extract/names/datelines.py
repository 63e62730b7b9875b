"""Datelines: the place in capitals that opens a report, however the tagger read it."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from newsclaims.extract.finds import KnownPlaces
from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.words import Words

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]+"
_DATELINE = re.compile(
    rf"""
    (?:^|(?<=[.!?\d]\ ))
    (?P<place>{_CAPITALS}(?:[ -]{_CAPITALS}){{0,3}})
    (?P<more>(?:,\ [A-Z][\w.]+(?:\ [A-Z][\w.]+)?)?(?:\ ?\([^()\n]{{2,30}}\))?)
    (?:,\ (?:[A-Z][a-z]{{2,8}}\.?\ \d{{1,2}}|\d{{1,2}}\ [A-Z][a-z]{{2,8}})(?:,?\ \d{{4}})?)?
    (?:\ ?\([^()\n]{{2,30}}\)|\ ?/[^/\n]{{2,30}}/)?
    \ ?(?P<mark>—|–|--|-|:)\ ?
    (?=["“'‘]?[A-Z][a-z]|["“'‘]?A\ )
    """,
    re.VERBOSE | re.MULTILINE,
)


def dateline_candidates(words: Words, places: KnownPlaces) -> Iterator[Candidate]:
    """The datelines' places: known ones, and others where a region, a wire or a dash follows."""
    for match in _DATELINE.finditer(words.text):
        name = match["place"]
        sure = match["more"] or (match["mark"] != ":" and " " not in name)
        if not sure and not places.prominence(name):
            continue
        start = bisect_left(words.starts, match.start("place"))
        end = bisect_left(words.starts, match.end("place"))
        if start < end and words.starts[start] == match.start("place"):
            yield Candidate(start, end, "GPE", "dateline")
