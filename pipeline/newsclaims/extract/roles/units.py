"""An article as units: the words that rules about titles think in.

spaCy splits "vice-president", "ex-minister" and "Lt." in the middle. A unit is a token, a chain of
tokens glued by hyphens ("vice-president"), or an abbreviation with its full stop ("Lt."); the
prefixes "ex-" and "then-" and the endings "-elect" and "-designate" are units of their own, because
they say when a title is held. White space is no unit. All offsets of this package count units,
half-open, until a find is made.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsclaims.extract.dates import TimeExpression
from newsclaims.extract.finds import Name, Offsets
from newsclaims.extract.roles.words import (
    DOTTED,
    HEADS,
    HONORIFICS,
    STATUS_ENDINGS,
    STATUS_PREFIXES,
    Heads,
)
from newsclaims.text.tokens import Tokens

_MARKS = frozenset(".-\u2010\u2011\u2013")
_HYPHENS = frozenset("-\u2010\u2011\u2013")

_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel lists, one entry a unit.

    `low` is the word in lower case with straight apostrophes; `token` its last token's index;
    `first` the index of the unit that opens its sentence; `person`, `body` and `dated` the indexes
    of the person, of the organisation or place, and of the time expression that it is a part of, or
    -1. `surnames` are the last words of the names of people, `heads` the nouns that make titles.
    """

    tokens: Tokens
    heads: Heads = HEADS
    word: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    token: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    dated: list[int] = field(default_factory=list)
    people: list[Name] = field(default_factory=list)
    bodies: list[Name] = field(default_factory=list)
    person_ranges: list[Range] = field(default_factory=list)
    body_ranges: list[Range] = field(default_factory=list)
    dates: list[Offsets] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)
    unit_of_token: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.word)

    def same_sentence(self, left: int, right: int) -> bool:
        """Whether two units, either of which may lie outside the text, share a sentence."""
        return left >= 0 and right < len(self.word) and self.first[left] == self.first[right]

    def offsets(self, units: Range) -> Offsets:
        """The characters of a range of units."""
        return Offsets(self.start[units[0]], self.end[units[1] - 1])

    def at_start(self, unit: int) -> bool:
        """Whether `unit` opens a sentence or follows a mark that opens a clause or quotation."""
        return self.first[unit] == unit or self.low[unit - 1] in _OPENERS

    def label(self, unit: int) -> str:
        """The label of the model's entity that the word's last token is a part of, or ""."""
        return self.tokens.labels[self.token[unit]]

    def capital(self, unit: int) -> bool:
        """Whether the word begins with a capital or a digit."""
        letter = self.word[unit][0]
        return letter.isupper() or letter.isdigit()


_OPENERS = frozenset({'"', "“", "‘", "'", "(", "[", ":", ";", "-", "–", "—", "•", "*", "|"})


def make_units(
    tokens: Tokens,
    people: Sequence[Name],
    bodies: Sequence[Name],
    dates: Sequence[TimeExpression] = (),
    heads: Heads = HEADS,
) -> Units:
    """The units of a text, with the mentions and time expressions that lie on them."""
    units = Units(tokens, heads, unit_of_token=[0] * len(tokens))
    _fill(units)
    count = len(units)
    units.person.extend([-1] * count)
    units.body.extend([-1] * count)
    units.dated.extend([-1] * count)
    units.dates.extend(Offsets(date.start, date.end) for date in dates)
    for number, date in enumerate(dates):
        for unit in range(bisect_left(units.start, date.start), bisect_left(units.start, date.end)):
            units.dated[unit] = number
    _lay(
        units,
        _real_names(tokens.text, people, heads),
        units.people,
        units.person,
        units.person_ranges,
    )
    units.surnames.update(units.low[end - 1] for _, end in units.person_ranges)
    _lay(units, bodies, units.bodies, units.body, units.body_ranges)
    return units


def _fill(units: Units) -> None:
    words, lows, tags = units.word, units.low, units.tag
    starts, ends, lasts, firsts = units.start, units.end, units.token, units.first
    texts, opening = units.tokens.texts, units.tokens.begins
    unit_of = units.unit_of_token
    previous_end, opens, glue = -1, True, False
    first = 0
    columns = zip(texts, units.tokens.tags, units.tokens.starts, units.tokens.ends, strict=True)
    for index, (word, tag, start, end) in enumerate(columns):
        if opening[index] and not _cut_inside(texts[index - 1], lows, glue):
            opens = True
        if word.isspace():
            glue = False
            continue
        unit = len(words) - 1
        glued = start == previous_end and not opens
        if glued and (glue or _joins(word, lows[unit])):
            low = word.lower()
            if glue and low in STATUS_ENDINGS and len(words[unit]) > 2:
                words[unit] = words[unit][:-1]
                lows[unit] = lows[unit][:-1]
                ends[unit] -= 1
                start, word, low = start - 1, "-" + word, "-" + low
                unit += 1
            else:
                words[unit] += word
                lows[unit] += low
                tags[unit] = tags[unit] if word in _MARKS else tag
                ends[unit], lasts[unit] = end, index
                unit_of[index] = unit
                previous_end = end
                glue = (
                    word in _HYPHENS and lows[unit] not in STATUS_PREFIXES and len(lows[unit]) > 1
                )
                continue
        else:
            unit += 1
            low = word.lower().replace("’", "'")
        if opens:
            first, opens = unit, False
        words.append(word)
        lows.append(low)
        tags.append(tag)
        starts.append(start)
        ends.append(end)
        lasts.append(index)
        firsts.append(first)
        unit_of[index] = unit
        previous_end, glue = end, False


def _cut_inside(previous: str, lows: list[str], glue: bool) -> bool:
    """Whether the parser cut a sentence inside: in a word, after "Lt.", "1st" or a comma."""
    if not lows or glue:
        return bool(lows)
    before = lows[-1]
    abbreviated = before.endswith(".") and before[:-1].rpartition("-")[2] in DOTTED
    ordinal = before[0].isdigit() and before.endswith(_ORDINAL_ENDINGS)
    return (abbreviated or ordinal or before == ",") and "\n" not in previous


def _joins(word: str, before: str) -> bool:
    """Whether a token that touches the one before is one word with it."""
    if word in _HYPHENS:
        return not (before.isdigit() and len(before) == 4)  # "2001-2004" is two years
    return word == "." and before.rpartition("-")[2] in DOTTED


# Last words of titles that are nobody's family name ("Chief | Legal Officer").
_NO_SURNAMES = (" officer", " secretary")


def _real_names(text: str, people: Sequence[Name], heads: Heads) -> list[Name]:
    """The names without titles marked as such ("Mayor" of "Mayor Jane Doe", "Legal Officer")."""
    names = sorted(people)
    return [
        name
        for name, following in zip(names, [*names[1:], None], strict=False)
        if following is None
        or following.start > name.end + 1
        or not _is_title(text[name.start : name.end].lower(), heads)
        if not text[name.start : name.end].lower().endswith(_NO_SURNAMES)
    ]


def _is_title(low: str, heads: Heads) -> bool:
    return low in HONORIFICS or low in heads.listed


def _lay(
    units: Units,
    names: Sequence[Name],
    kept: list[Name],
    marks: list[int],
    ranges: list[Range],
) -> None:
    """Mark the units that each name covers whole, in order, and keep those that cover any."""
    for name in sorted(names):
        first = bisect_left(units.start, name.start)
        last = bisect_left(units.end, name.end)
        if last == len(units.end) or units.start[last] >= name.end:
            last -= 1
        elif units.end[last] > name.end:
            last -= 1  # the name ends inside a unit ("Moscow" of "Moscow-installed")
        if first > last or any(mark >= 0 for mark in marks[first : last + 1]):
            continue
        number = len(kept)
        kept.append(name)
        ranges.append((first, last + 1))
        for unit in range(first, last + 1):
            marks[unit] = number
