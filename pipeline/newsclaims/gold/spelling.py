"""The one spelling of each TIMEX3 value, and the modifiers."""

import re

TIMEX_MODS = frozenset(
    # TIMEX3 (TimeML 1.2.1), and INVALID for a date that no calendar has
    "BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE "
    "START MID END APPROX INVALID".split()
)

_YEAR = r"(?:\d{4}|XXXX|FY\d{4}|BC\d{1,4})"
_DATE = rf"""
    \d{{2,3}}                                           # century, decade
  | {_YEAR}
  | {_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?  # month, day
  | XXXX-XX-(?:0[1-9]|[12]\d|3[01]|XX)                  # a day of an unknown month
  | \d{{4}}-XX-XX
  | {_YEAR}-W(?:0[1-9]|[1-4]\d|5[0-3]|XX)(?:-(?:[1-7]|WE))?
  | {_YEAR}-(?:SP|SU|FA|WI|Q[1-4X]|H[12X])
"""
_CLOCK = r"(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?"
_PARTS_OF_DAY = "MO|MI|AF|EV|NI|DT|PM|AM"
_AMOUNT = r"(?:\d+(?:\.\d+)?|X)"
_DURATION = rf"P(?:{_AMOUNT}(?:Y|M|W|D|DE|CE|Q|H|WE|L))*(?:T(?:{_AMOUNT}(?:H|M|S|NI|MO|AF|EV))+)?"
_REFERENCES = "PRESENT_REF|PAST_REF|FUTURE_REF"

_DATE_VALUE = re.compile(rf"(?:{_DATE}|{_REFERENCES})", re.VERBOSE)
_TIME_VALUE = re.compile(rf"(?:(?:{_DATE})T(?:{_CLOCK}|{_PARTS_OF_DAY})|{_REFERENCES})", re.VERBOSE)
_DURATION_VALUE = re.compile(rf"(?:{_DURATION}|{_REFERENCES})")
_SET_VALUE = re.compile(
    rf"(?:{_DURATION}|{_DATE}|(?:{_DATE})T(?:{_CLOCK}|{_PARTS_OF_DAY}))", re.VERBOSE
)
_VALUES = {
    "DATE": _DATE_VALUE,
    "TIME": _TIME_VALUE,
    "DURATION": _DURATION_VALUE,
    "SET": _SET_VALUE,
}


def is_value(timex_type: str | None, value: str) -> bool:
    """Whether `value` is spelled as a value of its type is, e.g. ``1994`` and not ``1994-XX``.

    >>> is_value("DATE", "2000-W08"), is_value("DATE", "2000-W8"), is_value("DURATION", "P")
    (True, False, False)
    """
    pattern = _VALUES.get(timex_type or "")
    return value not in ("P", "PT") and pattern is not None and bool(pattern.fullmatch(value))
