"""What stands before a title's head: its own words, organisation, status, qualifier, determiner."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.extract.finds import Kind
from pipeline.extract.roles import words
from pipeline.extract.roles.names_before import (
    DETERMINERS,
    NO_NAMES,
    is_demonym,
    is_surname,
    modifies_office,
    runs_on,
    whole_name,
)
from pipeline.extract.roles.noun_phrases import NOUNS, begins_title
from pipeline.extract.roles.units import Range, Units
from pipeline.extract.roles.words import Head, Sort
from pipeline.records import Status


class Modifiers(NamedTuple):
    """Where the phrase and the title in it start, and what else was found before the head.

    `determiner` is "the", "a", "possessive" or ""; `quoted` when a quotation mark opens the title.
    """

    start: int
    title_start: int
    organisation: Range | None
    status: Status
    cue: Range | None
    qualifier: Range | None
    determiner: str
    quoted: bool


_INDEFINITE = words.words("indefinite_determiners")
_NAMES = frozenset({"NNP", "NNPS"})
_ADJECTIVES = frozenset({"JJ", "JJR", "JJS"})
_AND = frozenset({"and", "&"})
# Adjectives of field and level that no list needs to hold ("cardiac", "mechanical").
_FIELD_ENDINGS = ("al", "ic", "ary", "ular", "ative", "utive", "ory")
_DESCRIBING_ENDINGS = tuple(sorted(words.words("describing_endings")))
_SELF_MADE = words.words("self_made")
_FIELDS = words.LEVELS | words.PORTFOLIOS
# "first secretary" is a title, "first president" is the first of a row.
_ORDINALS = frozenset({"first", "second", "third", "fourth"})
_ORDINAL_HEADS = words.words("ordinal_heads")
_CAMPAIGNERS = words.words("campaigner_heads")
_MINISTERS = words.words("minister_heads")
_OF_LANGUAGES = words.words("language_heads")
_TEAMS = words.words("team_possessors")
_DIPLOMATS = words.words("sent_abroad_heads") | {"diplomat"}
_NATIONAL = words.words("national_heads")
_NATIONAL_SORTS = frozenset({Sort.OFFICE, Sort.RANK, Sort.ATHLETE})
_RANKING = words.words("ranking_levels")
_NATION_PREFIXES = words.words("nation_prefixes")
_DROPPED = words.EVALUATIVE | words.PLAIN_CURRENT
_STATUSES: tuple[tuple[frozenset[str], Status], ...] = (
    (words.FORMER, "former"),
    (words.ACTING, "acting"),
    (words.INCOMING, "incoming"),
)
_FURTHEST = 14
_LONGEST_QUOTED = 6

# A sorter's answer: the next unit to look at, `_DONE` where the phrase begins, None to pass.
_DONE = -1


def read_modifiers(units: Units, at: int, end: int, head: Head) -> Modifiers:
    """Sort the words before a head, which stands from `at` to `end`, from right to left."""
    return _Reader(units, at, end, head).read()


class _Reader:
    """Walks left from a head; `closed` once the title's own words have ended."""

    def __init__(self, units: Units, at: int, end: int, head: Head) -> None:
        self.units = units
        self.head = head
        self.head_end = end
        self.capital_head = units.capital(at)
        self.start = self.title_start = at
        self.closed = self.quoted = False
        self.organisation: Range | None = None
        self.status: Status = "current"
        self.cue: Range | None = None
        self.qualifier: Range | None = None
        self.determiner = ""

    def read(self) -> Modifiers:
        unit = self.start - 1
        limit = max(self.units.first[self.start], self.start - _FURTHEST)
        while unit >= limit:
            unit = self._sort(unit)
        return Modifiers(
            self.start,
            self.title_start,
            self.organisation,
            self.status,
            self.cue,
            self.qualifier,
            self.determiner,
            self.quoted,
        )

    def _sort(self, unit: int) -> int:
        word = self.units.low[unit]
        if (
            unit + 1 == self.title_start
            and self.units.heads.of(word)
            and begins_title(self.units, unit + 1)
        ):
            return _DONE  # "Governor Prof. Doe": another title
        for sorter in _SORTERS:
            following = sorter(self, unit, word)
            if following is not None:
                return following
        return _DONE

    # What a word does to the phrase.

    def _skip(self, unit: int) -> int:
        """Take a word into the phrase and none of the title's."""
        self.start, self.closed = unit, True
        return unit - 1

    def _keep(self, unit: int) -> int:
        """Take a word into the title."""
        self.start = self.title_start = unit
        return unit - 1

    def _organise(self, first: int, unit: int, *, takes: bool = True) -> int:
        """Take the words from `first` to `unit` as the organisation, where there is none yet."""
        if takes and self.organisation is None:
            self.organisation = (first, unit + 1)
        return self._skip(first)

    # The sorters, in the order in which they are tried.

    def possessor(self, unit: int, word: str) -> int | None:
        """As in "Malaysia's …", "the municipality's …": whose office it is."""
        units, last = self.units, unit - 1
        if units.tag[unit] != "POS" or word not in {"'s", "'"}:
            return None
        self.start, self.determiner = unit, "possessive"
        if not units.same_sentence(last, unit):
            return _DONE
        if units.low[last] in words.MEMBERS and units.capital(last) and units.capital(unit + 1):
            self._possessive_name(unit)
        elif units.low[last] in _TEAMS and not units.capital(last):
            self.title_start = last
            self.start = last - (units.low[last - 1] in DETERMINERS)
        elif units.body[last] >= 0:
            self._named_possessor(unit)
        elif units.person[last] >= 0:
            self.start = units.person_ranges[units.person[last]][0]
        else:
            self._common_possessor(last)
        return _DONE

    def _possessive_name(self, unit: int) -> None:
        """As in "Pakistan People's Party chairman": the possessive is a part of the name."""
        first = unit - 1
        while first > self.units.first[unit] and runs_on(self.units, first - 1):
            first -= 1
        self.start = first
        stop = self.organisation[1] if self.organisation else self.title_start
        if stop > unit + 1:
            self.organisation = (first, stop)

    def _named_possessor(self, unit: int) -> None:
        units, number = self.units, self.units.body[unit - 1]
        first = units.body_ranges[number][0]
        named = (first + (units.low[first] == "the"), unit)
        self.start = first - (first > units.first[first] and units.low[first - 1] in DETERMINERS)
        sent = self.head.singular in _DIPLOMATS  # "Portugal's U.N. ambassador" is Portugal's
        takes = self._takes(units.bodies[number].kind) and not is_surname(units, named)
        if sent or (takes and self.organisation is None):
            self.organisation = named

    def _common_possessor(self, last: int) -> None:
        """As in "the ruling party's", and "the company's", which points back to one named."""
        units, first = self.units, last
        while first > units.first[last] and units.tag[first - 1] in NOUNS | {"JJ", "VBN", "VBG"}:
            first -= 1
        self.start = first - (first > units.first[last] and units.low[first - 1] in DETERMINERS)
        word = units.low[last]
        body = word in words.BODIES or (units.capital(last) and units.tag[last] in _NAMES)
        back = word in words.ANAPHORS or word in units.low[:first]
        bare = first == last and back and not units.capital(last)
        if body and not bare and self.organisation is None:
            while first < last and units.low[first] in _DROPPED:
                first += 1
            self.organisation = (first, last + 1)

    def person(self, unit: int, _word: str) -> int | None:
        """As in "Doe spokesman Tom Roe": a person's name before a title is no organisation."""
        units = self.units
        if units.person[unit] < 0:
            return None
        first, last = units.person_ranges[units.person[unit]]
        before = units.low[first - 1]
        if last != unit + 1 or self.organisation is not None or before == ",":
            return _DONE
        return _DONE if before in words.GIVING else self._skip(first)  # "named Doe chairwoman"

    def quotation(self, unit: int, word: str) -> int | None:
        """The quotation mark of 'the self-styled "governor" of …': a title put in doubt."""
        if word not in words.OPENING_QUOTES:
            return None
        after = self.units.low[self.head_end : self.head_end + _LONGEST_QUOTED]
        if unit + 1 != self.start or not words.CLOSING_QUOTES.intersection(after):
            return _DONE
        self.quoted = True
        return self._skip(unit)

    def acronym(self, unit: int, word: str) -> int | None:
        """The brackets in "Teachers' Union (TU) secretary"."""
        units = self.units
        if word != ")":
            return None
        bracketed = unit - 2 >= units.first[unit] and units.low[unit - 2] == "("
        return self._skip(unit - 2) if bracketed and units.capital(unit - 1) else _DONE

    def determining(self, unit: int, word: str) -> int | None:
        """An article, a demonstrative or a possessive pronoun: the phrase begins here."""
        if self.units.tag[unit] in {"PRP$", "WP$"}:
            self.determiner = "possessive"
            if word in {"its", "whose"}:
                self._antecedent_body(unit)
        elif word in DETERMINERS:
            self.determiner = "a" if word in _INDEFINITE else "the"
        else:
            return None
        self.start = unit
        return _DONE

    def _antecedent_body(self, its: int) -> None:
        """Take the organisation that "its" or "whose" stands for, named before in the sentence."""
        units = self.units
        furthest = its - 2 if units.low[its] == "whose" else units.first[its]
        for unit in range(its - 1, max(furthest, units.first[its]) - 1, -1):
            number = units.body[unit]
            if number >= 0 and units.bodies[number].kind is Kind.ORGANISATION:
                if self.organisation is None:
                    self.organisation = units.body_ranges[number]
                return

    def status_word(self, unit: int, word: str) -> int | None:
        """As in "former", "acting", "incoming"; of two, "former" says more."""
        if word == "past" and self.units.tag[unit] == "IN":
            return None
        for listed, status in _STATUSES:
            if word in listed:
                if self.status != "former":
                    self.status, self.cue = status, (unit, unit + 1)
                return self._skip(unit)
        return None

    def qualifying(self, unit: int, word: str) -> int | None:
        """As in "self-proclaimed", "Moscow-installed", "de facto"."""
        first = unit
        if word == "facto" and unit and self.units.low[unit - 1] == "de":
            first = unit - 1
        else:
            proclaimed = word.startswith("self-") and word.endswith("ed") and word not in _SELF_MADE
            imposed = word.endswith(words.QUALIFIER_ENDINGS) and self.units.capital(unit)
            if not (word in words.QUALIFIERS or proclaimed or imposed):
                return None
        self.qualifier = self.qualifier or (first, unit + 1)
        return self._skip(first)

    def body(self, unit: int, word: str) -> int | None:
        """A named body or place."""
        units, number = self.units, self.units.body[unit]
        if number < 0 or self._own_word(unit, word):
            return None
        first = units.body_ranges[number][0]
        while first < unit and units.low[first] in NO_NAMES:
            first += 1
        takes = self._takes(units.bodies[number].kind) and not is_surname(units, (first, unit + 1))
        return self._organise(whole_name(units, first), unit, takes=takes)

    def _own_word(self, unit: int, word: str) -> bool:
        """Whether a word marked as a body is the title's ("Foreign" of Foreign Minister)."""
        units = self.units
        if self.closed or unit + 1 != self.title_start or word not in _FIELDS:
            return False
        number = units.body[unit]
        first, last = units.body_ranges[number]
        if last > unit + 1:  # the mark covers the head too
            return word in words.LEVELS and modifies_office(self.units, unit)
        if last - first == 1:
            level = word in words.LEVELS and word not in words.PREMODIFYING_BODIES
            return level and (self.capital_head or units.at_start(unit))
        return self._marked_too_far(unit, word)

    def _marked_too_far(self, unit: int, word: str) -> bool:
        """Whether a name was marked into the title: "AP National Security" of "… Writer"."""
        units = self.units
        organisation = units.bodies[units.body[unit]].kind is Kind.ORGANISATION
        joined = units.low[unit - 1] in {"of", "and", "&", "for", "the"}
        if not organisation or joined or not self.capital_head:
            return False
        initials = units.word[units.body_ranges[units.body[unit]][0]].isupper()
        field = initials and word in words.LEVELS and word not in words.BODIES
        ranking = word in _RANKING or (field and self.head.sort is not Sort.POSITION)
        return ranking and modifies_office(self.units, unit)

    def _takes(self, kind: Kind) -> bool:
        """Whether such a post is held for a body of this kind."""
        if self.head.sort is not Sort.OCCUPATION or kind is not Kind.PLACE:
            return True
        # "Iceland's chief seismologist" holds an office, a "Malaysian actor" does not.
        return "chief" in self.units.low[self.title_start : self.head_end]

    def demonym(self, unit: int, _word: str) -> int | None:
        """As in "Indian", "South Korean", "Tory"."""
        units = self.units
        language = self.head.singular in _OF_LANGUAGES and unit + 1 == self.title_start
        if language or not is_demonym(units, unit):
            return None  # "Sanskrit teacher"
        prefixed = unit and units.low[unit - 1] in _NATION_PREFIXES and units.capital(unit - 1)
        national = self.head.sort in _NATIONAL_SORTS or self.head.singular in _NATIONAL
        return self._organise(unit - bool(prefixed), unit, takes=national)

    def describing(self, unit: int, word: str) -> int | None:
        """Words that value or describe: "top", "44th", "Toronto-based", "all-or-nothing"."""
        dropped = (
            word in _DROPPED
            or self.units.tag[unit] == "CD"
            or word[0].isdigit()
            or word.endswith(_DESCRIBING_ENDINGS)
            or (word in _ORDINALS and self.head.singular not in _ORDINAL_HEADS)
            or self._describing_chain(unit, word)
        )
        return self._skip(unit) if dropped else None

    def _describing_chain(self, unit: int, word: str) -> bool:
        """Whether a chain of words only describes: not "high-school", not "anti-drugs activist"."""
        if "-" not in word or self.units.capital(unit) or word in words.LEVELS:
            return False
        parts = word.split("-")
        if len(parts) == 2 and parts[1] in words.BODIES | words.LEVELS:
            return False
        return not (parts[0] in {"anti", "pro"} and self.head.singular in _CAMPAIGNERS)

    def coordination(self, unit: int, word: str) -> int | None:
        """As in "trade and industry minister": two modifiers of one head."""
        units, before = self.units, unit - 1
        if word not in _AND:
            return None
        if self.closed or unit + 1 != self.title_start or unit == units.first[unit]:
            return _DONE
        if units.low[before] not in _FIELDS or units.low[unit + 1] not in _FIELDS:
            return _DONE
        comma = self._keep(before)
        while comma > units.first[unit] and units.low[comma] == ",":
            if units.low[comma - 1] not in _FIELDS:
                break
            comma = self._keep(comma - 1)
        return comma

    def capitalised(self, unit: int, word: str) -> int | None:
        """A capitalised word: the title's, or of a body that nothing has marked."""
        units, tag = self.units, self.units.tag[unit]
        if not units.capital(unit) or tag not in NOUNS | {"JJ", "VBG", "VBN", "FW"}:
            return None
        if not self.closed and self._titular(unit, word):
            return self._keep(unit)
        if not self.closed and units.at_start(unit) and tag not in _NAMES:
            return None  # a common word that opens the sentence
        first = unit
        while first > units.first[unit] and runs_on(units, first - 1):
            first -= 1
        institution = words.BODIES.intersection(units.low[first : unit + 1])
        organised = self.head.sort is not Sort.OCCUPATION or bool(institution)
        return self._organise(first, unit, takes=organised)

    def _titular(self, unit: int, word: str) -> bool:
        """Whether a capitalised word belongs to a title ("Finance", before "Minister")."""
        language = self.head.singular in _OF_LANGUAGES and unit + 1 == self.title_start
        kind = self.units.doc[self.units.token[unit]].ent_type_
        if language and (word in words.DEMONYMS or kind in {"NORP", "LANGUAGE"}):
            return True
        known = word in _FIELDS or word in words.RELIGIONS
        minister = self.head.singular in _MINISTERS and word not in words.BODIES
        fits = self.capital_head or self.units.at_start(unit)
        if fits and (known or minister) and modifies_office(self.units, unit):
            return True
        inner = self.units.heads.of(word)
        return self.capital_head and inner is not None and not inner.plural

    def noun(self, unit: int, word: str) -> int | None:
        """A common noun: the title's ("fighter pilot"), or a body ("assembly leader")."""
        tag = self.units.tag[unit]
        if tag not in NOUNS:
            return None
        if self.closed:
            return self._skip(unit)
        if self.capital_head and self.units.heads.of(word) is not None and word not in words.LEVELS:
            return _DONE  # "spokesman Lt. Col. Doe": another title
        if tag == "NNS" and word not in _FIELDS and not self._opens(unit):
            return _DONE  # perhaps a verb: "insists coach Doe"
        legislature = word in words.PREMODIFYING_BODIES and self.head.singular in words.BODIED_HEADS
        if legislature or (word in words.BODIES and self.head.singular.startswith("spokes")):
            return self._lower_body(unit)
        return self._keep(unit)

    def _opens(self, unit: int) -> bool:
        """Whether a noun phrase plainly begins at `unit`: "a highways administrator"."""
        units, before = self.units, unit - 1
        if before < units.first[unit]:
            return False
        return units.low[before] in DETERMINERS | {","} or units.tag[before] in {"POS", "PRP$"}

    def _lower_body(self, unit: int) -> int:
        """As in "Southern region police spokesman": a body that is no name."""
        units, first = self.units, unit
        while (
            first > units.first[unit]
            and units.tag[first - 1] in NOUNS | {"JJ"}
            and units.person[first - 1] < 0
            and units.low[first - 1] not in words.EVALUATIVE | NO_NAMES
        ):
            first -= 1
        return self._organise(first, unit)

    def adjective(self, unit: int, word: str) -> int | None:
        """An adjective or participle: of field and level the title's, else dropped."""
        units, tag = self.units, self.units.tag[unit]
        if tag in _ADJECTIVES:
            field = word in words.LEVELS | words.RELIGIONS or word.endswith(_FIELD_ENDINGS)
            return self._keep(unit) if field and not self.closed else self._skip(unit)
        if tag in {"VBG", "VBN"} and word in words.LEVELS and not self.closed:
            return self._keep(unit)
        if tag == "VBN" and unit and units.low[unit - 1] in DETERMINERS | {"'s", "newly"}:
            return self._skip(unit)
        return None

    def adverb(self, unit: int, word: str) -> int | None:
        """As in "newly", "openly"; "once" and "formerly" say that the title is past."""
        once = word in words.FORMERLY
        adverbial = self.units.tag[unit] == "RB" and self.closed
        if not adverbial or not (once or word.endswith("ly")):
            return None
        if once and self.status == "current":
            self.status, self.cue = "former", (unit, unit + 1)
        return self._skip(unit)


_SORTERS: tuple[Callable[[_Reader, int, str], int | None], ...] = (
    _Reader.possessor,
    _Reader.person,
    _Reader.quotation,
    _Reader.acronym,
    _Reader.determining,
    _Reader.status_word,
    _Reader.qualifying,
    _Reader.body,
    _Reader.demonym,
    _Reader.describing,
    _Reader.coordination,
    _Reader.capitalised,
    _Reader.noun,
    _Reader.adjective,
    _Reader.adverb,
)
