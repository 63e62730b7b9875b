"""The field or the place between a title and a name: "SSP Operations Doe"."""

from newsclaims.extract.roles import words
from newsclaims.extract.roles.units import Units

_LONGEST_CHARGE = 3


def charge_end(units: Units, unit: int) -> int | None:
    """Where the field or the place ends that stands at `unit` between a title and a name.

    South Asian English sets it there without "of": "Commissioner Peshawar Doe", "SSP Operations
    Doe". None where none stands there.
    """
    end = unit
    if unit >= len(units) or (
        units.body[unit] < 0 and units.low[unit] not in words.PORTFOLIOS
    ):  # most often
        return None
    if not units.same_sentence(unit - 1, unit) or units.person[unit] >= 0:
        return None
    if units.body[unit] >= 0 and units.body[unit] != units.body[unit - 1]:
        end = units.body_ranges[units.body[unit]][1]
        if not units.capital(unit) or units.heads.of(units.low[end - 1]):
            return None
    while end < len(units) and units.low[end] in words.PORTFOLIOS and end - unit < _LONGEST_CHARGE:
        end += 1
    after = end
    while after < len(units) and units.low[after] in words.HONORIFICS:
        after += 1
    named = after < len(units) and units.person[after] >= 0 and units.same_sentence(unit, after)
    return end if named and end > unit else None
