"""Title phrases: "the former Pakistani foreign minister and chairman of the party" taken apart.

An open class: a head noun ("minister") is known from the vocabulary or by its ending; what stands
before and after it is sorted into title, organisation, status and qualifier by structure.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.finds import Kind
from pipeline.extract.roles import words
from pipeline.extract.roles.complements import read_complements
from pipeline.extract.roles.units import Range, Units
from pipeline.extract.roles.words import Head, Sort, head_of
from pipeline.records import Status


class Post(NamedTuple):
    """One title phrase. All ranges count units.

    `start` and `end` bound the whole phrase, determiner and complements included; `bare_end` is
    where the title's own words end. `determiner` is "the", "a", "possessive" or "".
    """

    start: int
    end: int
    title: Range
    bare_end: int
    head: Head
    organisation: Range | None
    status: Status
    cue: Range | None
    qualifier: Range | None
    determiner: str
    plural: bool


_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
# Heads that the tagger often takes for adjectives or verbs.
_LOOSE_TAGS = _NOUNS | {"VBP", "VB", "UH", "FW", "PRP", "CD"}
_ADJECTIVAL = frozenset(
    {"general", "executive", "representative", "principal", "chief", "official", "head", "pm", "private", "academic",
     "military", "major", "senior", "counsel", "mp", "fellow"}
)  # fmt: skip
_DETERMINERS = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "every",
        "some",
        "any",
        "each",
        "another",
        "no",
        "these",
        "those",
    }
)
_INDEFINITE = frozenset({"a", "an", "some", "any", "another", "every", "each", "no"})
_FURTHEST_LEFT = 14

# Adjectives of field and level that no list needs to hold ("cardiac", "mechanical").
_FIELD_ENDINGS = ("al", "ic", "ary", "ical", "ular", "ative", "utive", "ory")
# Ranks that are common words unless a capital marks them.
_CAPITAL_ONLY = frozenset({"major", "private"})
# "first secretary" is a title, "first president" is the first of a row.
_ORDINALS = frozenset({"first", "second", "third", "fourth"})
_ORDINAL_HEADS = words.words("ordinal_heads")
_CAMPAIGNERS = words.words("campaigner_heads")
# Words that no name of a body contains where they stand before a title.
_NO_NAMES = words.FORMER | words.ACTING | words.INCOMING | words.PLAIN_CURRENT | _DETERMINERS
_SELF_MADE = frozenset({"self-employed", "self-educated", "self-published", "self-financed"})
_DESCRIBING_ENDINGS = (
    "-term",
    "-born", "-based", "-trained", "-educated", "-speaking", "-winning", "-old", "-year", "-turned",
    "-time", "-raised", "-language", "-ranked", "-nominated", "-selling", "-leaning", "-wing",
)  # fmt: skip
_NATION_PREFIXES = frozenset(
    {"south", "north", "northern", "saudi", "bosnian", "sri", "new", "west", "east"}
)
_JOINED = frozenset({"of", "and", "&", "for", "the"})
_RANKING = frozenset(
    {"deputy", "vice", "assistant", "associate", "senior", "chief", "executive", "managing", "acting", "interim", "press"}
)  # fmt: skip
# A word that makes a place of the name before it: "Sokoto State", "Laguna 2nd District".
_PLACE_TYPES = frozenset(
    {"state", "city", "county", "district", "town", "village", "province", "region", "township"}
)
_MINISTERS = words.words("minister_heads")
_DIPLOMATS = words.words("sent_abroad_heads") | {"diplomat"}
_NATIONAL = words.words("national_heads")


def find_posts(units: Units) -> list[Post]:
    """The title phrases of an article, in the order of their heads."""
    return [post for at, end, head in _heads(units) if (post := _read_post(units, at, end, head))]


def _heads(units: Units) -> Iterator[tuple[int, int, Head]]:
    """Each head noun that may carry a title: where its fixed part starts and ends, and its kind."""
    low, count = units.low, len(units)
    done = 0
    heads, starts = words.HEADS, words.COMPOUND_STARTS
    for unit, word in enumerate(low):
        if unit < done or (word not in heads and word not in starts and len(word) < 8):
            continue
        end, head = unit + 1, head_of(word)
        for parts in starts.get(word, ()):
            if tuple(low[unit : unit + len(parts)]) == parts and units.same_sentence(
                unit, unit + len(parts) - 1
            ):
                end = unit + len(parts)
                head = head_of(parts[-1]) if len(parts) == 2 else None
                head = head if head and parts[-1] not in {"general", "executive"} else head_of(word)
                head = head or Head(parts[-1], Sort.POSITION, plural=False)
                break
        if head is None or not _noun_like(units, end - 1):
            continue
        if (
            end < count
            and units.first[end] == units.first[unit]
            and _chain_goes_on(units, unit, end)
        ):
            continue
        done = end
        yield unit, end, head


def _noun_like(units: Units, unit: int) -> bool:
    tag, word = units.tag[unit], units.low[unit]
    if word in _CAPITAL_ONLY and not units.capital(unit):
        return False
    return tag in _LOOSE_TAGS or units.capital(unit) or word in _ADJECTIVAL


def _chain_goes_on(units: Units, unit: int, end: int) -> bool:
    """Whether the noun before `end` only modifies what follows ("minister position")."""
    word, tag = units.low[end], units.tag[end]
    if units.person[end] >= 0 and units.person[end] != units.person[unit]:
        return False
    following = head_of(word)
    if following is not None and tag in _LOOSE_TAGS:
        # "President Gen. Doe", "spokesman Inspector Doe": a title of its own begins.
        current = units.low[end - 1]
        dotted = word.endswith(".") and not current.endswith(".")
        turned = units.capital(end) and not units.capital(end - 1)
        return not (dotted or turned or (units.capital(end) and word in {"admiral", "marshal"}))
    if units.person[end] >= 0 or word in words.HONORIFICS or word in words.INCOMING:
        return False
    if tag == "POS":
        return True
    return tag in _NOUNS and word not in {"emeritus", "qc", "kc", "sc", "mr", "who", "-"}


class _Left(NamedTuple):
    start: int
    title_start: int
    organisation: Range | None
    status: Status
    cue: Range | None
    qualifier: Range | None
    determiner: str
    quoted: bool


def _read_post(units: Units, at: int, end: int, head: Head) -> Post | None:
    if units.person[at] >= 0 and not _inside_name(units, at, end):
        return None
    if head.singular == "candidate" and units.low[at - 1] in words.DEGREES:
        return None
    left = _read_left(units, at, end, head)
    right = read_complements(
        units, end, head, organised=left.organisation is not None, quoted=left.quoted
    )
    status, cue = left.status, left.cue
    if right.incoming is not None and status == "current":
        status, cue = "incoming", right.incoming
    if head.singular in words.CANDIDATE and status == "current":
        status, cue = "candidate", (end - 1, end)
    start, plural = left.start, head.plural
    if plural and _one_of(units, start) and units.low[start] not in {"those", "these"}:
        start, plural = start - 2, False
    return Post(
        start=start,
        end=right.end,
        title=(left.title_start, right.title_end),
        bare_end=right.title_end,
        head=head,
        organisation=left.organisation or right.organisation,
        status=status,
        cue=cue,
        qualifier=left.qualifier,
        determiner=left.determiner,
        plural=plural,
    )


def _inside_name(units: Units, at: int, end: int) -> bool:
    """Whether a title is the beginning of what is marked as a person ("President Jane Doe")."""
    first, last = units.person_ranges[units.person[at]]
    return end < last and all(
        unit < at or head_of(units.low[unit]) is not None or unit < end
        for unit in range(first, end)
    )


def _one_of(units: Units, start: int) -> bool:
    return start >= 2 and units.low[start - 1] == "of" and units.low[start - 2] == "one"


def _read_left(units: Units, at: int, end: int, head: Head) -> _Left:
    """Sort the words before a head, from right to left."""
    return _LeftReader(units, at, end, head).read()


class _LeftReader:
    """Walks left from a head noun; `closed` once the title's own words have ended."""

    def __init__(self, units: Units, at: int, end: int, head: Head) -> None:
        self.units = units
        self.head_end = end
        self.quoted = False
        self.head = head
        self.start = self.title_start = at
        self.closed = False
        self.organisation: Range | None = None
        self.status: Status = "current"
        self.cue: Range | None = None
        self.qualifier: Range | None = None
        self.determiner = ""
        self.capital_head = units.capital(at)

    def read(self) -> _Left:
        units, unit = self.units, self.start - 1
        limit = max(units.first[self.start], self.start - _FURTHEST_LEFT)
        while unit >= limit:
            following = self._take(unit)
            if following is None:
                break
            unit = following
        return _Left(
            self.start,
            self.title_start,
            self.organisation,
            self.status,
            self.cue,
            self.qualifier,
            self.determiner,
            self.quoted,
        )

    def _take(self, unit: int) -> int | None:
        """Sort one word and return the next to look at, or None where the phrase begins."""
        units = self.units
        word, tag = units.low[unit], units.tag[unit]
        if tag == "POS" and word in {"'s", "'", "’s"}:
            return self._possessor(unit)
        if units.person[unit] >= 0:
            return self._personal(unit)
        if word in words.OPENING_QUOTES:
            return self._quoted(unit)
        if word == ")":
            return self._bracketed(unit)
        if word in _DETERMINERS:
            self.start = unit
            self.determiner = "a" if word in _INDEFINITE else "the"
            return None
        if tag == "PRP$":
            self.start, self.determiner = unit, "possessive"
            return None
        if self._status_word(unit, word) or self._qualifying(unit, word):
            return self._skip(unit)
        if word == "facto" and unit and units.low[unit - 1] == "de":
            self.qualifier = self.qualifier or (unit - 1, unit + 1)
            self._skip(unit)
            return self._skip(unit - 1)
        if units.body[unit] >= 0 and not self._own_word(unit, word):
            return self._body(unit)
        if self._is_demonym(unit, word):
            return self._demonym(unit)
        if word in words.PLAIN_CURRENT or word in words.EVALUATIVE:
            return self._skip(unit)
        if word in {"and", "&"}:
            return self._coordination(unit)
        if tag == "CD" or word[0].isdigit() or word.endswith(_DESCRIBING_ENDINGS):
            return self._skip(unit)
        if word in _ORDINALS and self.head.singular not in _ORDINAL_HEADS:
            return self._skip(unit)
        if "-" in word and not units.capital(unit) and self._describes(unit, word):
            return self._skip(unit)
        if units.capital(unit) and (tag in _NOUNS or tag in {"JJ", "VBG", "VBN", "FW"}):
            return self._capitalised(unit, word)
        return self._lower_case(unit, word, tag)

    def _personal(self, unit: int) -> int | None:
        """As in "Doe spokesman Tom Roe": a person's name before a title is no organisation."""
        first, last = self.units.person_ranges[self.units.person[unit]]
        before = self.units.low[first - 1]
        if last != unit + 1 or self.organisation is not None or before == ",":
            return None
        if before in words.GIVING:
            return None  # "named Jane Doe chairwoman"
        self.start, self.closed = first, True
        return first - 1

    def _quoted(self, unit: int) -> int | None:
        """The quotation mark of 'the self-styled "governor" of …': a title put in doubt."""
        units = self.units
        after = range(self.head_end, min(self.head_end + 6, len(units)))
        if unit + 1 != self.title_start or not any(
            units.low[later] in words.CLOSING_QUOTES for later in after
        ):
            return None
        self.start, self.closed, self.quoted = unit, True, True
        return unit - 1

    def _bracketed(self, unit: int) -> int | None:
        """The acronym in "Teachers' Union (TU) secretary"."""
        units = self.units
        if (
            unit - 2 < units.first[unit]
            or units.low[unit - 2] != "("
            or not units.capital(unit - 1)
        ):
            return None
        self.start, self.closed = unit - 2, True
        return unit - 3

    def _skip(self, unit: int) -> int:
        self.start, self.closed = unit, True
        return unit - 1

    def _describes(self, unit: int, word: str) -> bool:
        """Whether a hyphenated modifier only describes ("all-or-nothing", not "high-school")."""
        parts = word.split("-")
        if word in words.LEVELS or (len(parts) == 2 and parts[1] in words.BODIES | words.LEVELS):
            return False
        return not (parts[0] in {"anti", "pro"} and self.head.singular in _CAMPAIGNERS)

    def _keep(self, unit: int) -> int:
        self.start = self.title_start = unit
        return unit - 1

    def _status_word(self, unit: int, word: str) -> bool:
        status: Status
        if word in words.FORMER:
            status = "former"
        elif word in words.ACTING:
            status = "acting"
        elif word in words.INCOMING:
            status = "incoming"
        else:
            return False
        if word == "past" and self.units.tag[unit] == "IN":
            return False
        if self.status != "former":
            self.status, self.cue = status, (unit, unit + 1)
        return True

    def _qualifying(self, unit: int, word: str) -> bool:
        proclaimed = word.startswith("self-") and word.endswith("ed") and word not in _SELF_MADE
        imposed = word.endswith(words.QUALIFIER_ENDINGS) and self.units.capital(unit)
        if word in words.QUALIFIERS or proclaimed or imposed:
            self.qualifier = self.qualifier or (unit, unit + 1)
            return True
        return False

    def _own_word(self, unit: int, word: str) -> bool:
        """Whether a word that is marked as a body is the title's own ("Foreign" of Foreign Minister)."""
        if self.closed or unit + 1 != self.title_start:
            return False
        first, last = self.units.body_ranges[self.units.body[unit]]
        if last > unit + 1:  # the mark covers the head too: only plain modifiers are the title's
            return word in words.LEVELS and self._modifies_office(unit)
        organisation = self.units.bodies[self.units.body[unit]].kind is Kind.ORGANISATION
        joined = self.units.low[unit - 1] in _JOINED
        if organisation and last - first > 1 and self.capital_head and not joined:
            # "AP National Security" of "AP National Security Writer" was marked too far
            ranking = word in _RANKING or (
                word in words.LEVELS
                and word not in words.BODIES
                and self.head.sort is not Sort.POSITION
            )
            return ranking and self._modifies_office(unit)
        capital = self.capital_head or self.units.at_start(unit)
        level = word in words.LEVELS and word not in words.PREMODIFYING_BODIES
        return last - first == 1 and level and capital

    def _modifies_office(self, unit: int) -> bool:
        previous = unit - 1
        if self.units.low[unit] not in _PLACE_TYPES or previous < self.units.first[unit]:
            return True
        return not self.units.capital(previous) or self.units.low[previous] in _NO_NAMES

    def _body(self, unit: int) -> int:
        units = self.units
        number = units.body[unit]
        first = units.body_ranges[number][0]
        while units.low[first] in {"the", "former", "then"} and first < unit:
            first += 1
        first = self._whole_name(first)
        place = units.bodies[number].kind is Kind.PLACE
        if self.organisation is None and not self._never_organised(place):
            self.organisation = (first, unit + 1)
        self.start, self.closed = first, True
        return first - 1

    def _whole_name(self, first: int) -> int:
        """Where a name begins that was marked from `first` on: "Emergency | Situations Ministry"."""
        units = self.units
        low, start = units.low, units.first[first]
        if first - 2 >= start and low[first - 1] == "of" and low[first - 2] in words.BODIES:
            first -= 2  # "Teachers' Union of | Malawi"
        while first > start and units.body[first - 1] < 0 and units.person[first - 1] < 0:
            possessive = units.tag[first - 1] == "POS" and low[first - 2] in words.MEMBERS
            name = units.tag[first - 1] in {"NNP", "NNPS"} and self._runs_on(first - 1)
            if not (possessive or name) or self._is_demonym(first - 1, low[first - 1]):
                break
            first -= 1 + possessive
        return first

    def _never_organised(self, place: bool) -> bool:
        if self.head.sort is not Sort.OCCUPATION or not place:
            return False
        # "Iceland's chief seismologist" holds an office, a "Malaysian actor" does not.
        return "chief" not in self.units.low[self.title_start : self.head_end]

    def _is_demonym(self, unit: int, word: str) -> bool:
        units = self.units
        if not units.capital(unit):
            return False
        if word in words.DEMONYMS:
            return word != "us" or units.word[unit] == "US"
        if word in words.RELIGIONS:
            return False
        if "-" in word and all(part in words.DEMONYMS for part in word.split("-")):
            return True
        return units.doc[units.token[unit]].ent_type_ == "NORP" and word not in words.LEVELS

    def _demonym(self, unit: int) -> int:
        units, first = self.units, unit
        if unit and units.low[unit - 1] in _NATION_PREFIXES and units.capital(unit - 1):
            first = unit - 1
        organised = self.head.sort in {Sort.OFFICE, Sort.RANK, Sort.ATHLETE}
        organised = organised or self.head.singular in _NATIONAL
        if organised and self.organisation is None:
            self.organisation = (first, unit + 1)
        self.start, self.closed = first, True
        return first - 1

    def _coordination(self, unit: int) -> int | None:
        """As in "trade and industry minister": two modifiers of one head."""
        units = self.units
        if self.closed or unit + 1 != self.title_start or unit == units.first[unit]:
            return None
        known = words.LEVELS | words.PORTFOLIOS
        before = unit - 1
        if units.low[before] in known and units.low[unit + 1] in known and units.person[before] < 0:
            taken = self._keep(before)
            while (
                taken - 1 > units.first[unit]
                and units.low[taken] == ","
                and units.low[taken - 1] in known
            ):
                taken = self._keep(taken - 1)
            return taken
        return None

    def _capitalised(self, unit: int, word: str) -> int:
        units = self.units
        if not self.closed:
            known = word in words.LEVELS or word in words.RELIGIONS or word in words.PORTFOLIOS
            minister = self.head.singular in _MINISTERS and word not in words.BODIES
            fits = self.capital_head or units.at_start(unit)
            if fits and (known or minister) and self._modifies_office(unit):
                return self._keep(unit)
            if head_of(word) is not None and self.capital_head:
                return self._keep(unit)
            if units.at_start(unit) and units.tag[unit] not in {"NNP", "NNPS"}:
                return self._lower_case(unit, word, units.tag[unit])
        first = unit
        while first > units.first[unit] and self._runs_on(first - 1):
            first -= 1
        institution = any(units.low[part] in words.BODIES for part in range(first, unit + 1))
        if self.organisation is None and (self.head.sort is not Sort.OCCUPATION or institution):
            self.organisation = (first, unit + 1)
        self.start, self.closed = first, True
        return first - 1

    def _runs_on(self, unit: int) -> bool:
        """Whether a capitalised name goes on to the left at `unit`."""
        units = self.units
        word = units.low[unit]
        if units.person[unit] >= 0 or word in _NO_NAMES:
            return False
        if word in {"of", "&", "for", "and"}:
            inside = units.body[unit] >= 0
            return inside or (word in {"of", "&"} and unit > 0 and units.tag[unit - 1] == "NNP")
        if word in words.EVALUATIVE and units.at_start(unit):
            return False
        return units.capital(unit) and units.tag[unit] in {"NNP", "NNPS", "JJ", "CD", "NN"}

    def _lower_case(self, unit: int, word: str, tag: str) -> int | None:
        if tag in _NOUNS:
            return self._noun(unit, word)
        if tag in {"JJ", "JJR", "JJS"}:
            field = word in words.LEVELS or word in words.RELIGIONS or word.endswith(_FIELD_ENDINGS)
            return self._keep(unit) if field and not self.closed else self._skip(unit)
        if tag in {"VBG", "VBN"}:
            if word in words.LEVELS and not self.closed:
                return self._keep(unit)
            return None if tag == "VBG" else self._skip_described(unit)
        if tag == "RB" and (word.endswith("ly") or word == "once") and self.closed:
            if word in {"once", "formerly", "previously"} and self.status == "current":
                self.status, self.cue = "former", (unit, unit + 1)
            return self._skip(unit)
        return None

    def _skip_described(self, unit: int) -> int | None:
        before = unit - 1
        if before >= 0 and self.units.low[before] in _DETERMINERS | {"'s", "newly"}:
            return self._skip(unit)
        return None

    def _noun(self, unit: int, word: str) -> int | None:
        if self.closed:
            return self._skip(unit)
        if self.capital_head and head_of(word) is not None and word not in words.LEVELS:
            return None  # "spokesman Lt. Col. Doe": another title
        if self.units.tag[unit] == "NNS" and word not in words.LEVELS | words.PORTFOLIOS:
            return None
        if (
            (word in words.PREMODIFYING_BODIES and self.head.singular in words.BODIED_HEADS)
            or (word == "police" and self.head.singular.startswith("spokes"))
        ) and (self.organisation is None):
            return self._lower_body(unit)
        return self._keep(unit)

    def _lower_body(self, unit: int) -> int:
        """As in "Southern region police spokesman", "assembly leader": a body in lower case."""
        units, first = self.units, unit
        while (
            first > units.first[unit]
            and units.tag[first - 1] in _NOUNS | {"JJ"}
            and units.person[first - 1] < 0
            and units.low[first - 1] not in words.EVALUATIVE | words.FORMER | words.PLAIN_CURRENT
        ):
            first -= 1
        self.organisation = (first, unit + 1)
        self.start, self.closed = first, True
        return first - 1

    def _possessor(self, unit: int) -> None:
        """As in "Malaysia's …", "the municipality's …": whose office it is."""
        units, last = self.units, unit - 1
        self.start, self.determiner = unit, "possessive"
        if last < 0 or not units.same_sentence(last, unit):
            return
        if units.low[last] in words.MEMBERS and units.capital(last) and units.capital(unit + 1):
            # "Pakistan People's Party chairman": the possessive is a part of the name
            first = last
            while first > units.first[last] and self._runs_on(first - 1):
                first -= 1
            self.start = first
            stop = self.organisation[1] if self.organisation else self.title_start
            if stop > unit + 1:
                self.organisation = (first, stop)
            return
        if units.body[last] >= 0:
            first = units.body_ranges[units.body[last]][0]
            place = units.bodies[units.body[last]].kind is Kind.PLACE
            named = (first + (units.low[first] == "the"), unit)
            self.start = first
            if self._diplomat() or (
                self.organisation is None and not (self._never_organised(place))
            ):
                self.organisation = named
            return
        if units.person[last] >= 0:
            self.start = units.person_ranges[units.person[last]][0]
            return
        self._common_possessor(last)

    def _common_possessor(self, last: int) -> None:
        units, first = self.units, last
        while first > units.first[last] and units.tag[first - 1] in _NOUNS | {"JJ", "VBN", "VBG"}:
            first -= 1
        self.start = first - (first > units.first[last] and units.low[first - 1] in _DETERMINERS)
        word = units.low[last]
        capital = units.capital(last) and units.tag[last] in {"NNP", "NNPS"}
        bare = first == last and word in words.ANAPHORS
        if self.organisation is None and not bare and (capital or word in words.BODIES):
            while first < last and units.low[first] in words.EVALUATIVE | words.PLAIN_CURRENT:
                first += 1
            self.organisation = (first, last + 1)

    def _diplomat(self) -> bool:
        return self.head.singular in _DIPLOMATS
