"""What a time expression says by its words alone, before anything is anchored."""

from typing import Literal, NamedTuple

from newsclaims.schema import TimexType

# "present" is the side of a verb in the present: "opens Monday" looks ahead, "costs" to no side.
Direction = Literal["past", "present", "future", "last", "next", "this", "since"]
Base = Literal["speech", "story"]

# Units as TimeML spells them, and three of our own: "WE" weekend, "10Y" decade, "100Y" century.
Unit = Literal["Y", "M", "W", "D", "Q", "WE", "10Y", "100Y", "H", "TM", "S"]


class Shift(NamedTuple):
    """So many units from a reference: "yesterday" is ``Shift("D", -1)``.

    `base` is "speech" for the day on which the article speaks, "story" for the last date that the
    article spoke of. `number` is null when the words leave it open ("the other day").
    """

    unit: Unit
    number: int | None
    base: Base = "speech"


class Clock(NamedTuple):
    """A time of day; `zone` is its offset as ISO 8601 spells it, "" when none is written."""

    hour: int
    minute: int | None = None
    second: int | None = None
    zone: str = ""


class Reading(NamedTuple):
    """The parts of the calendar that the words name; all others are null.

    `fixed` is a whole TIMEX3 value that needs no anchor. `shift` moves from a reference before the
    other parts narrow the stretch ("October of last year"). `direction` says on which side of the
    reference a part without its year lies, as far as the words or the verb tell. `nth` counts a
    weekday within its month, -1 is the last. `order_open` marks a numeric date whose month and day
    may change places; `day_first` says in which order the words or digits put them.
    """

    fixed: str | None = None
    shift: Shift | None = None
    direction: Direction | None = None
    year: int | None = None
    decade: int | None = None
    century: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    holiday: str | None = None
    part: str | None = None
    clock: Clock | None = None
    week_of: bool = False
    weekend: bool = False
    fiscal: bool = False
    order_open: bool = False
    day_first: bool | None = None


class TimeExpression(NamedTuple):
    """A time expression before it is anchored: half-open offsets, TIMEX3 type and mod, reading.

    `sentence` is where its sentence begins. `heads_article` marks a full date that stands alone on
    its line or in the dateline: the article speaks on that day. `ends_range` marks the second end
    of a range, which does not lie before the first. `cue` is the verb or preposition outside the
    expression from which its direction was read, "" where none was.
    """

    start: int
    end: int
    type: TimexType
    rule: str
    reading: Reading = Reading()
    mod: str | None = None
    sentence: int = 0
    heads_article: bool = False
    ends_range: bool = False
    cue: str = ""
