"""Where places lie: accuracy within 161 km (100 miles), the measure of toponym resolution."""

from math import asin, cos, radians, sin, sqrt

from newsclaims.evaluate.mentions import Marked, match_mentions
from newsclaims.evaluate.tally import (
    MISSED,
    RIGHT,
    SHARE,
    WRONG_LINK,
    LayerScore,
    Outcome,
    Side,
    share,
)
from newsclaims.gold import Annotations, Entity

METRICS = {"of-all": SHARE, "of-resolved": SHARE}

NEAR_KM = 161.0
_EARTH_KM = 6371.0088  # mean radius


def score_places(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the coordinates of the place mentions of gold that have some.

    A mention counts as matched when a find shares a character with it. Of all: a missed or
    unresolved mention is wrong. Of resolved: only matches with coordinates are counted.
    """
    wanted, finds, pairs = match_mentions("places", gold, found)
    find_of = {pair.gold: finds[pair.found] for pair in pairs}
    located = [(item, find_of.get(i)) for i, item in enumerate(wanted) if _point(item.row)]
    outcomes = [_outcome(item, find) for item, find in located]
    right = sum(outcome.verdict == RIGHT for outcome in outcomes)
    resolved = sum(find is not None and _point(find.row) is not None for _, find in located)
    return LayerScore(
        {"of-all": share(len(located), right), "of-resolved": share(resolved, right)}, outcomes
    )


def _point(row: Entity) -> tuple[float, float] | None:
    if row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude


def _outcome(item: Marked, find: Marked | None) -> Outcome:
    wanted = _point(item.row)
    assert wanted is not None
    side = Side(item.span, f"{wanted[0]:.2f},{wanted[1]:.2f}")
    if find is None:
        return Outcome(MISSED, side)
    rule = find.row.rule
    point = _point(find.row)
    if point is None:
        return Outcome(WRONG_LINK, side, Side(find.span, "unresolved"), rule)
    distance = kilometres(wanted, point)
    says = f"{point[0]:.2f},{point[1]:.2f} ({distance:.0f} km off)"
    verdict = RIGHT if distance <= NEAR_KM else WRONG_LINK
    return Outcome(verdict, side, Side(find.span, says), rule)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points given in degrees (haversine)."""
    lat, lon, other_lat, other_lon = map(radians, (*one, *other))
    half = (
        sin((other_lat - lat) / 2) ** 2
        + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
