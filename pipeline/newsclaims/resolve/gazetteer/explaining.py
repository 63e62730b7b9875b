"""Why a name was taken for a place: its candidates with their scores in words."""

from typing import NamedTuple

from newsclaims.resolve.gazetteer.entries import Entry
from newsclaims.resolve.gazetteer.ranking import Scored
from newsclaims.resolve.gazetteer.senses import Reading

_READINGS = {
    Reading.NAME: "bears the name",
    Reading.FORM: "is meant by the abbreviation",
    Reading.POSTAL: "has this postal code",
    Reading.BARE: "bears the name without the word for its kind",
    Reading.PART: "is the whole of which this is a part",
    Reading.SITE: "is the town that the site is named after",
    Reading.IN_TOWN: "is the town in which the site stands",
    Reading.OWN: "is listed in the user's own places",
}


class Candidate(NamedTuple):
    """One place that a name may mean, its score, and the reasons for it."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]


def explained(scored: Scored) -> Candidate:
    """The candidate with what gave it its score."""
    sense = scored.sense
    reasons = [f"{_READINGS[sense.reading]}: {sense.base:.2f}"]
    if sense.entry.population:
        reasons.append(f"population {sense.entry.population:,}")
    if scored.support:
        reasons.append(f"other places of the article support it: +{scored.support:.2f}")
    return Candidate(sense.entry, round(scored.score, 4), tuple(reasons))
