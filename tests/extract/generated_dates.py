"""Sentences with dates whose values are computed apart, by `datetime` and `dateutil`.

Each maker draws the parts of an expression (number, unit, month, weekday, year, modifier), puts it
into a sentence with one reading, and says the value that a reader would give it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

MONTHS = (
    "January February March April May June July August September October November December"
).split()
SHORT = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
CODES = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TO_WEEKDAY = (MO, TU, WE, TH, FR, SA, SU)
NTH = ("first", "second", "third", "fourth")
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# Units with their letter in a duration.
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
LENGTHS = {**{unit: f"P{{}}{letter}" for unit, letter in UNITS.items()},
           "hour": "PT{}H", "minute": "PT{}M", "second": "PT{}S"}  # fmt: skip
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV"}


class Case(NamedTuple):
    """A sentence, the day of its article, and the values of its expressions by their words.

    `rule` is the one that is meant to find them.
    """

    rule: str
    published: date
    text: str
    values: tuple[tuple[str, str | None], ...]


class Draw:
    """Random parts of the calendar around the day of an article."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.day = date(1985, 1, 1) + timedelta(self.random.randrange(20_000))

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def any_day(self) -> date:
        return date(1951, 1, 1) + timedelta(self.random.randrange(32_000))

    def year(self) -> int:
        return self.number(1951, 2035)


def in_words(number: int) -> str:
    """A number up to 99 in words."""
    if number < 20:
        return ONES[number]
    tens, ones = TENS[number // 10 - 2], number % 10
    return f"{tens}-{ONES[ones]}" if ones else tens


def ordinal(number: int) -> str:
    """As in 1st, 2nd, 23rd."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def written(draw: Draw, number: int) -> str:
    return draw.one(str(number), in_words(number))


def week(day: date) -> str:
    return day.strftime("%G-W%V")


def at(unit: str, day: date) -> str:
    """The unit that holds a day."""
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    return {
        "day": day.isoformat(),
        "week": week(day),
        "month": day.strftime("%Y-%m"),
        "quarter": quarter,
        "year": str(day.year),
    }[unit]


def moved(unit: str, day: date, count: int) -> date:
    if unit == "quarter":
        return day + relativedelta(months=3 * count)
    return day + relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]


def days_of(kind: str, value: str | None) -> tuple[str | None, str | None]:
    """The first and last day of a value, as ISO dates; null where it names no days."""
    if kind not in ("DATE", "TIME") or value is None or not value[:2].isdigit():
        return None, None
    first = _first_day(value)
    length = _length(value)
    return first.isoformat(), (first + length - timedelta(1)).isoformat()


_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def _first_day(value: str) -> date:
    year, part = int(value[:4].split("-")[0].ljust(4, "0")), value[5:]
    if part[:1] == "W" and part != "WI":
        monday = datetime.strptime(f"{value[:8]}-1", "%G-W%V-%u").date()
        return monday + timedelta(5 * value.endswith("WE"))
    if part[:1] in ("Q", "H"):
        return date(year, (int(part[1]) - 1) * (3 if part[0] == "Q" else 6) + 1, 1)
    if part in _SEASONS:
        return date(year, _SEASONS[part], 1)
    return date(year, int(part[:2] or 1), int(part[3:5] or 1))


def _length(value: str) -> relativedelta:
    part = value[5:]
    if len(value) < 4:
        return relativedelta(years=10 ** (4 - len(value)))
    if not part:
        return relativedelta(years=1)
    if part[0] == "W" and part != "WI":
        return relativedelta(days=2 if value.endswith("WE") else 7)
    if part[0] in "QHSFW":
        return relativedelta(months=6 if part[0] == "H" else 3)
    return relativedelta(months=1) if len(part) == 2 else relativedelta(days=1)


Maker = Callable[[Draw], tuple[str, list[tuple[str, str | None]]]]
MAKERS: dict[str, list[Maker]] = {}


def makes(*rules: str) -> Callable[[Maker], Maker]:
    """Note what a maker's expressions are to be found by."""

    def noted(maker: Maker) -> Maker:
        for rule in rules:
            MAKERS.setdefault(rule, []).append(maker)
        return maker

    return noted


def cases(count: int, seed: int = 0) -> Iterator[Case]:
    """So many cases, each rule in turn."""
    makers = [(rule, maker) for rule, named in MAKERS.items() for maker in named]
    for number in range(count):
        rule, maker = makers[number % len(makers)]
        draw = Draw(seed + number)
        text, values = maker(draw)
        yield Case(rule, draw.day, text, tuple(values))


# ---- numeric forms and clocks


@makes("iso-date-time")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day, zone = draw.any_day(), draw.one("", "Z", "+02:00", "-05:30")
    time = f"{day}T{draw.number(0, 23):02}:{draw.number(0, 59):02}{zone}"
    return f"It was logged at {time} by the server.", [(time, time)]


@makes("iso-date")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day()
    words = day.strftime(draw.one("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"))
    return f"The file was opened on {words}.", [(words, day.isoformat())]


@makes("numeric-date")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day().replace(day=draw.number(13, 28))
    words = draw.one(f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}",
                     day.strftime("%d.%m.%Y"))  # fmt: skip
    return f"It was signed on {words}.", [(words, day.isoformat())]


@makes("nine-eleven")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    return draw.one(
        ("He died in the Sept. 11 attacks."), ("She lost a son in the Sept. 11 attacks.")
    ), [("Sept. 11", "2001-09-11")]


@makes("clock-day")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day, hour, minute = draw.any_day(), draw.number(1, 12), draw.number(0, 59)
    half = draw.one("a.m.", "p.m.")
    value = f"{day}T{hour % 12 + 12 * (half == 'p.m.'):02}:{minute:02}"
    words = f"{hour}:{minute:02} {half} on {MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"The hall was shut at {words}.", [(words, value)]


@makes("clock-day")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, hour = draw.number(0, 6), draw.number(1, 11)
    day = draw.day + relativedelta(weekday=TO_WEEKDAY[number](-1))
    words = f"{hour} p.m. {WEEKDAYS[number]}"
    return f"The fire broke out at {words}.", [(words, f"{day}T{hour + 12}:00")]


@makes("part-of-date")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day, part = draw.any_day(), draw.one(*PARTS)
    words = f"the {part} of {MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"He vanished on {words}.", [(words, f"{day}T{PARTS[part]}")]


@makes("clock-part")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    hour, part = draw.number(1, 11), draw.one("morning", "evening", "afternoon")
    words = f"{written(draw, hour)} in the {part}"
    value = f"{draw.day}T{hour + 12 * (part != 'morning'):02}:00"
    return f"The blast came at {words}.", [(words, value)]


@makes("clock")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    hour, minute, half = draw.number(1, 12), draw.number(0, 59), draw.one("a.m.", "p.m.")
    words = f"{hour}:{minute:02} {half}"
    value = f"{draw.day}T{hour % 12 + 12 * (half == 'p.m.'):02}:{minute:02}"
    return f"It opens at {words} in Accra.", [(words, value)]


@makes("clock-words")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    hour, minute = draw.number(2, 12), draw.number(1, 5) * 5
    past = draw.one("past", "to")
    amount = {15: draw.one("quarter", "a quarter")}.get(minute, in_words(minute))
    words = f"{amount} {past} {in_words(hour)}"
    hours, minutes = (hour, minute) if past == "past" else (hour - 1, 60 - minute)
    return f"The doors open at {words}.", [(words, f"{draw.day}T{hours:02}:{minutes:02}")]


@makes("noon")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words, clock = draw.random.choice([("noon", "12:00"), ("midnight", "24:00")])
    return f"The shops shut at {words}.", [(words, f"{draw.day}T{clock}")]


# ---- days and months


@makes("month-day-list")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, month, first = draw.year(), draw.number(1, 12), draw.number(1, 24)
    days = [date(year, month, first + step) for step in range(3)]
    words = [f"{MONTHS[month - 1]} {first}", str(first + 1), f"{first + 2}, {year}"]
    text = f"Strikes followed on {words[0]}, {words[1]} and {words[2]}."
    return text, [(one, day.isoformat()) for one, day in zip(words, days, strict=True)]


@makes("day-month-list")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, month, first = draw.year(), draw.number(1, 12), draw.number(1, 24)
    days = [date(year, month, first + step) for step in range(3)]
    if draw.number(0, 1):
        named = [f"{WEEKDAYS[day.weekday()]} {day.day}" for day in days]
    else:
        named = [str(day.day) for day in days]
    named[-1] += f" {MONTHS[month - 1]} {year}"
    text = f"The court sat on {named[0]}, {named[1]} and {named[2]}."
    return text, [(one, day.isoformat()) for one, day in zip(named, days, strict=True)]


@makes("day-of-this-month")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    which, count = draw.random.choice([("this", 0), ("last", -1), ("next", 1)])
    day = (draw.day + relativedelta(months=count)).replace(day=draw.number(1, 28))
    words = f"the {ordinal(day.day)} of {which} month"
    return f"The rent is due on {words}.", [(words, day.isoformat())]


@makes("day-month-code")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day().replace(year=draw.number(1951, 2035), day=draw.number(1, 28))
    code, short = CODES[day.month - 1], day.year % 100
    two = code.title() if draw.number(0, 1) else code
    words = draw.one(f"{day.day}-{two}-{day.year}", f"{day.day}/{two}/{day.year}")
    if 1951 <= day.year <= 2035 and draw.number(0, 1):
        words = f"{day.day:02}{code.title()}{short:02}"
    return f"The letter of {words} was lost.", [(words, day.isoformat())]


@makes("month-day")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day()
    month = draw.one(MONTHS[day.month - 1], SHORT[day.month - 1])
    number = draw.one(str(day.day), ordinal(day.day))
    lead = draw.one("", f"{WEEKDAYS[day.weekday()]}, ")
    words = f"{lead}{month} {number}, {day.year}"
    return f"They met on {words}, in Oslo.", [(words, day.isoformat())]


@makes("month-day")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    which, count = draw.random.choice([("last", -1), ("next", 1)])
    day = draw.any_day().replace(year=draw.day.year + count, day=draw.number(1, 28))
    words = f"{MONTHS[day.month - 1]} {day.day} {which} year"
    return f"It is dated {words}.", [(words, day.isoformat())]


@makes("day-month")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day()
    month = MONTHS[day.month - 1]
    words = draw.one(
        f"{day.day} {month} {day.year}", f"the {ordinal(day.day)} of {month}, {day.year}"
    )
    return f"They met on {words}.", [(words, day.isoformat())]


@makes("month-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day()
    month = MONTHS[day.month - 1]
    words = draw.one(f"{month} {day.year}", f"{month} of {day.year}", f"{month}, {day.year}",
                     f"{CODES[day.month - 1].title()}-{day.year}")  # fmt: skip
    return f"Output fell in {words}.", [(words, at("month", day))]


@makes("month-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    first, year = draw.number(1, 9), draw.year()
    second = first + draw.number(1, 3)
    one, two = MONTHS[first - 1], f"{MONTHS[second - 1]} {draw.one('', 'of ', 'in ')}{year}"
    text = f"Rents rose {draw.one('from ' + one + ' to ' + two, 'between ' + one + ' and ' + two)}."
    return text, [(one, f"{year}-{first:02}"), (two, f"{year}-{second:02}")]


@makes("month-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    which, count = draw.random.choice([("last", -1), ("next", 1), ("this", 0)])
    month = draw.number(1, 12)
    words = f"{MONTHS[month - 1]} {draw.one('', 'of ')}{which} year"
    return f"It is planned for {words}.", [(words, f"{draw.day.year + count}-{month:02}")]


@makes("week-of")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day()
    words = f"the week of {MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"The hearing was held {words}.", [(words, week(day))]


@makes("nth-week-of-month")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, month, nth = draw.year(), draw.number(1, 12), draw.number(1, 4)
    words = f"the {NTH[nth - 1]} week of {MONTHS[month - 1]} {year}"
    thursday = date(year, month, 1) + relativedelta(weekday=TH(nth))
    return f"Sales rose in {words}.", [(words, week(thursday))]


@makes("nth-weekday-of-month")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, month, number = draw.year(), draw.number(1, 12), draw.number(0, 6)
    nth = draw.number(0, 4)
    day = (
        date(year, month, 1) + relativedelta(weekday=TO_WEEKDAY[number](nth))
        if nth
        else date(year, month, 1) + relativedelta(day=31, weekday=TO_WEEKDAY[number](-1))
    )
    name = NTH[nth - 1] if nth else "last"
    words = f"the {name} {WEEKDAYS[number]} {draw.one('of', 'in')} {MONTHS[month - 1]} {year}"
    return f"It fell on {words}.", [(words, day.isoformat())]


@makes("month")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    month = (draw.day.month + draw.number(0, 10)) % 12 + 1
    month = month if month != draw.day.month else month % 12 + 1
    ahead = draw.number(0, 1)
    year = (
        draw.day.year + (month < draw.day.month)
        if ahead
        else draw.day.year - (month > draw.day.month)
    )
    words = MONTHS[month - 1]
    verb = "will be opened" if ahead else "was opened"
    return f"The bridge {verb} in {words}.", [(words, f"{year}-{month:02}")]


@makes("month")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    month, which = draw.number(1, 12), draw.one("last", "next")
    if which == "next":
        year = draw.day.year + (month <= draw.day.month)
    else:  # the month that has just gone by is no "last May"
        year = draw.day.year - (month >= draw.day.month)
        if relativedelta(draw.day.replace(day=1), date(year, month, 1)) == relativedelta(months=1):
            year -= 1
    words = f"{which} {MONTHS[month - 1]}"
    return f"The talks are those of {words}.", [(words, f"{year}-{month:02}")]


# ---- years, and parts of them


@makes("quarter")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, nth = draw.year(), draw.number(1, 4)
    name, short = NTH[nth - 1], f"{year % 100:02}"
    words = draw.one(
        f"the {name} quarter of {year}", f"the {ordinal(nth)} quarter of {year}", f"Q{nth} {year}",
        f"Q{nth}'{short}", f"{nth}Q{short}", f"Q{nth}-{year}", f"{nth}Q {year}", f"{year}-Q{nth}",
        f"the {year} {name} quarter", f"{year}'s {name} quarter",
    )  # fmt: skip
    return f"Sales fell in {words}.", [(words, f"{year}-Q{nth}")]


@makes("quarter")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    nth, (which, count) = draw.number(1, 4), draw.random.choice([("last", -1), ("next", 1)])
    name = NTH[nth - 1]
    words = draw.one(f"{which} year's {name} quarter", f"the {name} quarter of {which} year")
    return f"Sales are those of {words}.", [(words, f"{draw.day.year + count}-Q{nth}")]


@makes("quarter", "half-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, nth, letter = draw.year(), draw.number(1, 2), draw.one("Q", "H")
    words = draw.one(f"{letter}{nth} FY{year % 100:02}", f"{letter}{nth} FY{year}")
    return f"Sales fell in {words}.", [(words, f"FY{year}-{letter}{nth}")]


@makes("half-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, nth = draw.year(), draw.number(1, 2)
    short = f"{year % 100:02}"
    words = draw.one(f"the {NTH[nth - 1]} half of {year}", f"H{nth} {year}", f"{nth}H{short}",
                     f"H{nth}'{short}")  # fmt: skip
    return f"Prices rose in {words}.", [(words, f"{year}-H{nth}")]


@makes("season")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    seasons = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
    year, season = draw.year(), draw.one(*seasons)
    words = draw.one(f"the {season} of {year}", f"{season} {year}")
    return f"He left in {words}.", [(words, f"{year}-{seasons[season]}")]


@makes("fiscal-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year = draw.year()
    words = draw.one(f"fiscal {year}", f"fiscal year {year}", f"FY{year}", f"FY{year % 100:02}",
                     f"FY {year}", f"the {year} fiscal year")  # fmt: skip
    return f"It was cut in {words}.", [(words, f"FY{year}")]


@makes("decade")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    decade = draw.number(187, 199)
    words = f"the {draw.one('', 'early ', 'late ')}{decade}0s"
    if decade % 10 > 1 and draw.number(0, 1):
        tens = TENS[decade % 10 - 2].replace("y", "ies")
        words = f"the {in_words(decade // 10)}-{tens}"
    value = str(decade) if decade % 10 else str(decade // 10)
    return f"Mills closed in {words}.", [(words, value)]


@makes("century")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    nth = draw.number(5, 20)
    words = (
        f"the {draw.one('', 'early ', 'late ')}{draw.one(ordinal(nth), ORDINALS[nth - 1])} century"
    )
    return f"It was built in {words}.", [(words, f"{nth - 1:02}")]


@makes("year-of-era")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year = draw.number(32, 990)
    words, value = draw.random.choice(
        [(f"AD {year}", f"{year:04}"), (f"{year} AD", f"{year:04}"), (f"{year} CE", f"{year:04}"),
         (f"{year} BC", f"BC{year:04}"), (f"{year} B.C.", f"BC{year:04}")]
    )  # fmt: skip
    return f"The town burned in {words}", [(words, value)]


@makes("year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year = draw.number(1951, 1999)
    words = draw.one(str(year), f"nineteen {in_words(year % 100)}")
    return f"The mill was closed in {words}.", [(words, str(year))]


@makes("year-range")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year = draw.number(1951, 1989)
    last = year + draw.number(2, 9)
    text = f"The {year}-{last % 100:02} parliament sat."
    return text, [(str(year), str(year)), (f"{last % 100:02}", str(last))]


@makes("ordinal-list")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, first = draw.year(), draw.number(1, 3)
    second = draw.number(first + 1, 4)
    one, two = f"the {NTH[first - 1]}", f"{NTH[second - 1]} quarters of {year}"
    text = f"It lost money in {one} and {two}."
    return text, [(one, f"{year}-Q{first}"), (two, f"{year}-Q{second}")]


@makes("year-ago", "same-period-earlier")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    nth, year = draw.number(1, 4), draw.number(1951, draw.day.year - 1)
    named = f"the {NTH[nth - 1]} quarter of {year}"
    words = draw.one("the year-ago quarter", "the year-earlier period", "the year-ago period",
                     "the same quarter a year earlier", "the same period a year ago")  # fmt: skip
    text = f"It lost money in {named}, after a profit in {words}."
    return text, [(named, f"{year}-Q{nth}"), (words, f"{year - 1}-Q{nth}")]


@makes("quarter-of-year")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    nth, year, other = draw.number(1, 4), draw.number(1951, draw.day.year - 1), draw.year()
    named, words = f"the {NTH[nth - 1]} quarter of {year}", f"the {other} quarter"
    text = f"It lost money in {named}, after a profit in {words}."
    return text, [(named, f"{year}-Q{nth}"), (words, f"{other}-Q{nth}")]


@makes("latest-quarter")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words = "the latest quarter"
    return f"It lost money in {words}.", [(words, at("quarter", moved("quarter", draw.day, -1)))]


@makes("ended-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year, nth = draw.year(), draw.number(1, 4)
    last = date(year, 3 * nth, 1) + relativedelta(day=31)
    day = f"{MONTHS[last.month - 1]} {last.day}, {year}"
    return f"It lost money in the quarter ended {day}.", [
        ("the quarter", f"{year}-Q{nth}"), (day, last.isoformat()),
    ]  # fmt: skip


# ---- lengths and sets


@makes("age")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number = draw.number(2, 99)
    words = draw.one(f"{number}-year-old", f"{in_words(number)}-year-old")
    return f"The {words} owner won.", [(words, f"P{number}Y")]


@makes("set-each")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, unit = draw.number(2, 12), draw.one(*LENGTHS)
    words = f"every {written(draw, number)} {unit}s"
    return f"They meet {words}.", [(words, LENGTHS[unit].format(number))]


@makes("set-each")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number = draw.number(0, 6)
    part = draw.one("", *PARTS)
    words = f"every {WEEKDAYS[number]}{' ' + part if part else ''}"
    value = f"XXXX-WXX-{number + 1}" + (f"T{PARTS[part]}" if part else "")
    return f"They meet {words}.", [(words, value)]


@makes("set-alternate")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number = draw.number(0, 6)
    words = f"alternate {WEEKDAYS[number]}s"
    return f"Bins are emptied on {words}.", [(words, f"XXXX-WXX-{number + 1}")]


@makes("set-frequency")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words, value = draw.random.choice(
        [("daily", "P1D"), ("weekly", "P1W"), ("monthly", "P1M"), ("yearly", "P1Y")]
    )
    return f"The {words} bulletin was short.", [(words, value)]


@makes("set-plural")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, part = draw.number(0, 6), draw.one("", *PARTS)
    words = f"{WEEKDAYS[number]} {part}s" if part else f"{WEEKDAYS[number]}s"
    value = f"XXXX-WXX-{number + 1}" + (f"T{PARTS[part]}" if part else "")
    return f"The market is open on {words}.", [(words, value)]


@makes("set-rate")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    unit, often = draw.one(*UNITS), draw.one("once", "twice", "three times", "four times")
    words = f"{often} a {unit}"
    return f"She swims {words}.", [(words, f"P1{UNITS[unit]}")]


@makes("relative-span")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, unit = draw.number(2, 30), draw.one(*UNITS)
    words = f"the {draw.one('past', 'last', 'next')} {written(draw, number)} {unit}s"
    return f"The plan is for {words}.", [(words, LENGTHS[unit].format(number))]


@makes("relative-span", "span-of-two")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    first, unit = draw.number(2, 20), draw.one(*UNITS)
    second = first + draw.number(1, 8)
    lead = draw.one("", "the next ", "the past ")
    spell = draw.random.choice([str, in_words])
    one, two = f"{lead}{spell(first)}", f"{spell(second)} {unit}s"
    text = f"The work will last for {one} {draw.one('to', 'or')} {two}."
    return text, [(one, LENGTHS[unit].format(first)), (two, LENGTHS[unit].format(second))]


@makes("half-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words, value = draw.random.choice(
        [("half an hour", "PT30M"), ("half a day", "PT12H"), ("half a year", "P6M"),
         ("half a century", "P50Y"), ("half a decade", "P5Y")]
    )  # fmt: skip
    return f"It took {words}.", [(words, value)]


@makes("one-or-two")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    unit = draw.one(*UNITS)
    return f"It takes a {unit} or two.", [
        (f"a {unit}", LENGTHS[unit].format(1)), ("two", LENGTHS[unit].format(2)),
    ]  # fmt: skip


@makes("length")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, unit = draw.number(2, 99), draw.one(*LENGTHS)
    words = f"{written(draw, number)} {unit}s"
    return f"He was questioned for {words}.", [(words, LENGTHS[unit].format(number))]


@makes("one-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    unit = draw.one(*UNITS)
    words = f"another {unit}"
    return f"They stayed {words}.", [(words, f"P1{UNITS[unit]}")]


@makes("vague-length")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    unit = draw.one(*UNITS)
    return f"It was argued for {unit}s.", [(f"{unit}s", LENGTHS[unit].format("X"))]


# ---- counted from the article, or from the story


@makes("day-before-yesterday")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words, days = draw.random.choice(
        [("the day before yesterday", -2), ("the day after tomorrow", 2)]
    )
    return f"The vote is that of {words}.", [(words, str(draw.day + timedelta(days)))]


@makes("today")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words, days = draw.random.choice([("yesterday", -1), ("today", 0), ("tomorrow", 1)])
    part = draw.one("", "morning", "afternoon", "evening") if days else ""
    day = draw.day + timedelta(days)
    words = f"{words} {part}".strip()
    return f"The vote is {words}.", [(words, f"{day}T{PARTS[part]}" if part else str(day))]


@makes("tonight")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    words, days, part = draw.random.choice(
        [("tonight", 0, "NI"), ("last night", -1, "NI"), ("this morning", 0, "MO"),
         ("this afternoon", 0, "AF"), ("this evening", 0, "EV")]
    )  # fmt: skip
    return f"The vote is that of {words}.", [(words, f"{draw.day + timedelta(days)}T{part}")]


@makes("ago", "from-now")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, unit, back = draw.number(2, 30), draw.one(*UNITS), draw.number(0, 1)
    words = f"{written(draw, number)} {unit}s {'ago' if back else 'from now'}"
    day = moved(unit, draw.day, -number if back else number)
    return f"The vote is that of {words}.", [(words, at(unit, day))]


@makes("ago")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    first, unit = draw.number(2, 9), draw.one(*UNITS)
    one, two = str(first), f"{first + 1} {unit}s ago"
    return f"He left {one} or {two}.", [
        (one, at(unit, moved(unit, draw.day, -first))),
        (two, at(unit, moved(unit, draw.day, -first - 1))),
    ]


@makes("later")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day, number, back = draw.any_day(), draw.number(2, 28), draw.number(0, 1)
    named = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    words = f"{written(draw, number)} days {'earlier' if back else 'later'}"
    value = day + timedelta(-number if back else number)
    text = f"The ship sank on {named}. The search began {words}."
    return text, [(named, day.isoformat()), (words, value.isoformat())]


@makes("later")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    hour, number = draw.number(4, 11), draw.number(2, 3)
    words = draw.one(f"{in_words(number)} hours later", "an hour and a half earlier")
    minutes = 60 * hour + (60 * number if "later" in words else -90)
    text = f"The ship sank at {hour} a.m.; {words} the crew called."
    return text, [
        (f"{hour} a.m.", f"{draw.day}T{hour:02}:00"),
        (words, f"{draw.day}T{minutes // 60:02}:{minutes % 60:02}"),
    ]


@makes("end-of-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    unit, (which, count) = (
        draw.one("week", "month", "year"),
        draw.random.choice([("last", -1), ("next", 1), ("this", 0)]),
    )
    words = draw.one(f"the {draw.one('end', 'start')} of {which} {unit}", f"late {which} {unit}")
    return f"The vote is due {words}.", [(words, at(unit, moved(unit, draw.day, count)))]


@makes("unit-end")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    return "It will close by year-end.", [("year-end", str(draw.day.year))]


@makes("whole-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    nth, year = draw.number(1, 4), draw.year()
    named, words = f"the {NTH[nth - 1]} quarter of {year}", f"the {draw.one('full', 'entire')} year"
    text = f"It lost money in {named} and in {words}."
    return text, [(named, f"{year}-Q{nth}"), (words, str(year))]


@makes("weekend")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    saturday = draw.day + relativedelta(weekday=SA(1))
    if draw.day.isoweekday() > 5:  # said on a weekend it may be that one
        draw.day -= timedelta(3)
        saturday = draw.day + relativedelta(weekday=SA(1))
    words, back = draw.random.choice([("this weekend", 0), ("last weekend", 7)])
    verb = "met" if back else "will meet"
    value = (saturday - timedelta(back)).strftime("%G-W%V-WE")
    return f"They {verb} {words}.", [(words, value)]


@makes("relative-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    unit = draw.one("week", "month", "quarter", "year")
    which, count = draw.random.choice([("last", -1), ("next", 1), ("this", 0)])
    words = f"{which} {unit}"
    return f"The vote is that of {words}.", [(words, at(unit, moved(unit, draw.day, count)))]


@makes("relative-unit")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day = draw.any_day()
    named = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    words, count = draw.random.choice([("the next day", 1), ("the following day", 1),
                                       ("the previous day", -1)])  # fmt: skip
    text = f"The ship sank on {named}. The search began {words}."
    return text, [(named, day.isoformat()), (words, str(day + timedelta(count)))]


@makes("weekday")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number = draw.number(0, 6)
    if number == draw.day.weekday():
        number = (number + 1) % 7
    ahead = draw.number(0, 1)
    day = draw.day + relativedelta(weekday=TO_WEEKDAY[number](1 if ahead else -1))
    words = draw.one(WEEKDAYS[number], f"{WEEKDAYS[number]} morning")
    value = f"{day}TMO" if "morning" in words else str(day)
    return f"The council {'will meet' if ahead else 'met'} on {words}.", [(words, value)]


@makes("weekday")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number, (which, count) = draw.number(0, 6), draw.random.choice([("last", -1), ("next", 1)])
    monday = draw.day - timedelta(draw.day.weekday()) + timedelta(7 * count)
    words = f"{WEEKDAYS[number]} {draw.one('', 'of ')}{which} week"
    return f"The vote is that of {words}.", [(words, str(monday + timedelta(number)))]


@makes("week-from-weekday")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    number = draw.number(0, 6)
    day = draw.day + relativedelta(weekday=TO_WEEKDAY[number](1))
    words, weeks = draw.random.choice(
        [(f"on {WEEKDAYS[number]} week", 1), (f"a week on {WEEKDAYS[number]}", 1),
         (f"two weeks from {WEEKDAYS[number]}", 2), (f"a fortnight on {WEEKDAYS[number]}", 2)]
    )  # fmt: skip
    value = str(day + timedelta(7 * weeks))
    return f"The bill will be debated {words}.", [(words.removeprefix("on "), value)]


@makes("holiday")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    year = draw.year()
    words, day = draw.random.choice(
        [("Christmas Day", date(year, 12, 25)), ("New Year's Eve", date(year, 12, 31)),
         ("Easter Sunday", easter(year)), ("Easter Monday", easter(year) + timedelta(1)),
         ("Ash Wednesday", easter(year) - timedelta(46)),
         ("Mother's Day", date(year, 5, 1) + relativedelta(weekday=SU(2)))]
    )  # fmt: skip
    words = f"{words} {year}"
    return f"They met on {words}.", [(words, day.isoformat())]


@makes("part-of-day")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    day, part = draw.any_day(), draw.one(*PARTS)
    named = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    if abs((draw.day - day).days) > 50 or day > draw.day:
        day = draw.day - timedelta(draw.number(1, 6))
        named = WEEKDAYS[day.weekday()]
    words = f"the {part}"
    value = f"{day}T{PARTS[part]}"
    return f"On {named} it rained in {words}.", [(named, day.isoformat()), (words, value)]


# ---- now, then, once


@makes("present", "past", "future")
def _(draw: Draw) -> tuple[str, list[tuple[str, str | None]]]:
    return draw.random.choice(
        [("She is now in Rome.", [("now", "PRESENT_REF")]),
         ("He is currently abroad.", [("currently", "PRESENT_REF")]),
         ("He recently moved to Rome.", [("recently", "PAST_REF")]),
         ("She fears for the future.", [("the future", "FUTURE_REF")])]
    )  # fmt: skip
