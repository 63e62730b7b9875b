"""Datelines: the place in capitals that opens a report, however the tagger read it."""

from bisect import bisect_left
from collections.abc import Iterator

from newsclaims.extract.finds import KnownPlaces
from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.words import Words


def dateline_candidates(words: Words, places: KnownPlaces) -> Iterator[Candidate]:
    """The datelines' places: known ones, and others where a region, a wire or a dash follows."""
    for line in words.datelines:
        if not line.has_form:
            continue
        name = words.text[line.start : line.place_end]
        sure = line.region or (line.mark != ":" and " " not in name)
        if not sure and not places.prominence(name):
            continue
        start = bisect_left(words.starts, line.start)
        end = bisect_left(words.starts, line.place_end)
        if start < end and words.starts[start] == line.start:
            yield Candidate(start, end, "GPE", "dateline")
