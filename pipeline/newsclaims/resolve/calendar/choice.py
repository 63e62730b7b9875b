"""Which year, week or day is meant by a part of the calendar whose larger parts are not said.

"In April", "Friday", "last fall": the candidates are the stretches of that name around the day of
reference, and the direction that the words or the verb give decides between them.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from newsclaims.extract.dates import Direction

# How much a day back and a day ahead weigh: a date on the wrong side of the verb's tense is still
# meant when it is so many times nearer, as when "set a hearing for March 6" is written in January.
# "Will" hardly ever speaks of the past; without a tense the past is likelier in news. On newswire,
# weights of 2 to 4 for the past do equally well. What "opened in September" is over, whatever lies
# nearer, and what "will open in May" is ahead.
_WEIGHTS: Mapping[str | None, tuple[float, float]] = MappingProxyType(
    {
        "over": (1, 400),
        "past": (1, 4),
        "present": (1.3, 1),
        "future": (9, 1),
        "ahead": (400, 1),
        None: (1, 2.5),
    }
)

Stretch = tuple[date, date]


def weekday(reference: date, number: int, direction: Direction | None) -> date:
    """The day of ISO weekday `number` (1 is Monday) that is meant around `reference`."""
    back = (reference.isoweekday() - number) % 7
    if direction == "this":
        return reference + timedelta(number - reference.isoweekday())
    if direction in ("present", "future", "ahead"):
        return reference + timedelta((7 - back) % 7)
    if direction == "next":
        return reference + timedelta(7 - back)
    if direction in ("last", "since"):
        return reference - timedelta(back or 7)
    return reference - timedelta(back)


def weekend(reference: date, direction: Direction | None) -> date:
    """The Saturday of the weekend that is meant around `reference`."""
    since_saturday = (reference.isoweekday() - 6) % 7
    saturday = reference - timedelta(since_saturday)
    inside = since_saturday < 2
    if direction in ("present", "future", "ahead", "next"):
        return saturday if inside and direction != "next" else saturday + timedelta(7)
    if direction == "last" and inside:
        return saturday - timedelta(7)
    return saturday


def weekend_beside(day: date) -> date:
    """The Saturday of the weekend that holds a day or lies nearest to it."""
    since_saturday = (day.isoweekday() - 6) % 7
    return day + timedelta(7 - since_saturday if since_saturday > 3 else -since_saturday)


def year(
    reference: date, direction: Direction | None, in_year: Callable[[int], Stretch | None]
) -> int | None:
    """The year whose stretch, as `in_year` gives it, is meant around `reference`.

    Null where none of the years around has it.
    """
    candidates = [
        (number, found)
        for number in range(max(reference.year - 4, 1), min(reference.year + 5, 10000))
        if (found := in_year(number)) is not None
    ]
    if direction == "last":
        return max((n for n, (_, last) in candidates if last < reference), default=None)
    if direction == "since":
        return max((n for n, (first, _) in candidates if first < reference), default=None)
    if direction == "next":
        return min((n for n, (first, _) in candidates if first > reference), default=None)
    if direction == "this":
        return next((n for n, _ in candidates if n == reference.year), None)
    best = min(candidates, key=lambda item: _distance(reference, item[1], direction), default=None)
    return best[0] if best else None


def not_just_over(reference: date, year: int, month: int) -> int:
    """The year of "last May": in June the May that has just gone by has no need of "last"."""
    months = (reference.year - year) * 12 + reference.month - month
    return year - 1 if months == 1 else year


def _distance(reference: date, stretch: Stretch, direction: Direction | None) -> float:
    """Days between the reference and a stretch, longer on the side that the verb speaks against."""
    first, last = stretch
    if first <= reference <= last:
        return 0
    back, ahead = _WEIGHTS[direction]
    return (reference - last).days * back if last < reference else (first - reference).days * ahead
