"""What follows a title's head: "of Education", "to the prime minister", "of the Lombardy region"."""

from typing import NamedTuple

from pipeline.extract.finds import Kind
from pipeline.extract.roles import words
from pipeline.extract.roles.units import Range, Units
from pipeline.extract.roles.words import Head, Sort, head_of


class Complements(NamedTuple):
    """Where the title and the whole phrase end, the organisation, and an "-elect"."""

    title_end: int
    end: int
    organisation: Range | None
    incoming: Range | None


_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "that"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INSIDE = _NOUNS | {"JJ", "VBG", "VBN", "CD", "JJR", "JJS", "FW"}
_MINISTERS = frozenset(
    {"minister", "secretary", "undersecretary", "under-secretary", "commissioner"}
)
# Posts that are named for what they look after ("director for grassroots sports").
_LOOKING_AFTER = _MINISTERS | {
    "director", "manager", "officer", "president", "vice-president", "chief", "head", "coordinator",
    "co-ordinator", "representative", "professor", "lecturer", "executive", "editor", "superintendent",
    "advisor", "adviser", "deputy", "dean", "envoy", "chancellor", "inspector", "assistant", "spokesman",
    "spokeswoman", "spokesperson", "teacher", "chair", "vice-chancellor", "secretary-general", "coach",
    "scientist", "analyst", "minister-president", "producer", "attorney-general", "commissioner-general",
}  # fmt: skip
_WITH_DETERMINER = frozenset({"interior", "treasury", "environment", "economy", "opposition", "exchequer",
                              "armed", "army", "navy", "cabinet", "house-majority"})  # fmt: skip
_LEGISLATORS = frozenset(
    {"senator", "congressman", "congresswoman", "mp", "mla", "mep", "lawmaker", "legislator", "representative",
     "member", "deputy", "councillor", "councilman", "councilwoman", "msp", "assemblyman", "assemblywoman", "sen.",
     "rep.", "parliamentarian", "td", "delegate"}
)  # fmt: skip
_SENT_ABROAD = frozenset(
    {"ambassador", "envoy", "consul", "commissioner", "representative", "emissary"}
)
_JOINS = frozenset({"of", "and", "&", "for", "the", "de", "del", "la", "on"})
_FURTHEST = 26


def read_complements(
    units: Units, end: int, head: Head, *, organised: bool, quoted: bool
) -> Complements:
    """Read on from `end`, just after a head.

    `organised` when its organisation stands before it, `quoted` when it is in quotation marks.
    """
    return _Reader(units, end, head, organised).read(quoted)


def read_body(units: Units, start: int) -> Range | None:
    """The body that is named at `start`, a determiner before it left out."""
    start += units.low[start] in _ARTICLES if start < len(units) else 0
    found = _Reader(units, start, Head("", Sort.POSITION, plural=False), True).body(start)
    return found[0] if found and found[1] else None


class _Reader:
    def __init__(self, units: Units, end: int, head: Head, organised: bool) -> None:
        self.units = units
        self.head = head
        self.title_end = self.end = end
        self.organised = organised
        self.organisation: Range | None = None
        self.incoming: Range | None = None
        sentence = units.first[end - 1]
        limit = min(len(units), end + _FURTHEST)
        self.limit = next((u for u in range(end, limit) if units.first[u] != sentence), limit)

    def read(self, quoted: bool) -> Complements:
        units = self.units
        if self.end < self.limit and units.low[self.end] in {
            "-elect",
            "-designate",
            "elect",
            "designate",
        }:
            self.incoming = (self.end, self.end + 1)
            self.end += 1
        elif self.end < self.limit and units.low[self.end] == "emeritus":
            self.end += 1
            self.title_end = self.end
        if (
            self.end + 1 < self.limit
            and units.low[self.end + 1] == "class"
            and units.capital(self.end)
        ):
            self.end += 2  # "Petty Officer First Class"
            self.title_end = self.end
        for _ in range(5):
            if quoted and self.end < self.limit and units.low[self.end] in words.CLOSING_QUOTES:
                quoted = False
                self.end += 1
            if not (self._preposition() or self._acronym() or self._after_comma()):
                break
        return Complements(self.title_end, self.end, self.organisation, self.incoming)

    def _needs_organisation(self) -> bool:
        return not self.organised and self.organisation is None

    def _preposition(self) -> bool:
        units, at = self.units, self.end
        if at + 1 >= self.limit:
            return False
        word = units.low[at]
        after = at + 1
        noun = after + (units.low[after] in _ARTICLES)
        if noun < self.limit and units.person[noun] >= 0:
            constituency = word == "for" and noun == after and self._constituency(noun)
            return constituency or self._someone(noun, word)
        if noun >= self.limit or units.low[noun] in words.HONORIFICS or units.dated[noun] >= 0:
            return False
        if word in {"of", "for"}:
            return self._portfolio(after, noun, word) or self._holder_body(after, noun, word)
        if word == "to":
            return self._attached(after, noun)
        if word in {"at", "with", "in", "from", "on"}:
            return self._placed(after, noun, word)
        return False

    def _constituency(self, noun: int) -> bool:
        """ "member for Kennedy": a constituency that is marked as a person."""
        if self.head.singular not in _LEGISLATORS or not self._needs_organisation():
            return False
        self.organisation = self.units.person_ranges[self.units.person[noun]]
        self.end = self.organisation[1]
        return True

    def _someone(self, noun: int, preposition: str) -> bool:
        """ "a lawyer for Jane Doe": the phrase goes on, the title does not."""
        end = self.units.person_ranges[self.units.person[noun]][1]
        if (
            preposition not in {"for", "of", "to"}
            or end >= self.limit
            or self.units.low[end] != ","
        ):
            return False
        self.end = end
        return True

    def _portfolio(self, after: int, noun: int, preposition: str) -> bool:
        """ "of Education", "for maritime security": a part of the title."""
        units = self.units
        if self.title_end != self.end or self.organisation is not None:
            return False
        if self.incoming is not None:
            return False
        first = units.low[noun]
        if noun > after:
            if not (units.low[after] == "the" and first in _WITH_DETERMINER):
                return False
            if self.head.singular not in _MINISTERS | {"leader", "chancellor"}:
                return False
            stop = noun + 1
            if stop < self.limit and units.tag[stop] in _NOUNS and units.person[stop] < 0:
                return False
        else:
            stop = self._portfolio_end(noun, preposition)
            if stop is None:
                return False
        self.title_end = self.end = stop
        return True

    def _portfolio_end(self, noun: int, preposition: str) -> int | None:
        units = self.units
        stop = self._run(noun)
        if stop == noun:
            return None
        first, last = units.low[noun], units.low[stop - 1]
        minister = self.head.singular in _MINISTERS
        known = first in words.PORTFOLIOS and (minister or last in words.PORTFOLIOS)
        if not known:
            marked = units.body[noun] >= 0
            lower = not units.capital(noun)
            if marked or self.head.singular not in _LOOKING_AFTER:
                return None
            if lower and (
                last in words.BODIES or (units.tag[stop - 1] == "NNS" and preposition == "for")
            ):
                if last not in words.PORTFOLIOS:
                    return None
            if not lower and not minister:
                return None
        while stop + 1 < self.limit:
            joined = units.low[stop] in {"and", "&"} or (
                minister and units.low[stop] == "," and self._list_goes_on(stop)
            )
            further = self._run(stop + 1) if joined else stop
            if not joined or further <= stop + 1 or head_of(units.low[further - 1]):
                break
            if units.capital(noun) != units.capital(stop + 1):
                break
            stop = further
        return stop

    def _list_goes_on(self, comma: int) -> bool:
        """Whether a comma joins portfolios: "Business, Enterprise and Cooperatives"."""
        units = self.units
        run = self._run(comma + 1)
        return (
            run > comma + 1
            and run < self.limit
            and units.low[run] in {"and", "&", ","}
            and units.low[comma + 1] not in words.HONORIFICS
            and not any(head_of(units.low[unit]) for unit in range(comma + 1, run))
        )

    def _run(self, start: int) -> int:
        """The end of a plain noun phrase without determiner that begins at `start`."""
        units, unit = self.units, start
        while (
            unit < self.limit
            and units.tag[unit] in _INSIDE
            and units.person[unit] < 0
            and units.dated[unit] < 0
            and units.low[unit] not in words.HONORIFICS
        ):
            unit += 1
        while unit > start and units.tag[unit - 1] not in _NOUNS:
            unit -= 1
        return unit

    def _holder_body(self, after: int, noun: int, preposition: str) -> bool:
        """ "of the Lombardy region", "for the health ministry", "of the company"."""
        found = self.body(noun)
        if found is None:
            return False
        body, is_body = found
        bare = noun > after and body[1] - body[0] == 1 and self.units.low[body[0]] in words.ANAPHORS
        if (
            is_body
            and not bare
            and self._needs_organisation()
            and self._takes_body(preposition, body)
        ):
            self.organisation = body
        elif not is_body and noun == after and preposition == "of" and self.title_end == self.end:
            if self.head.sort is not Sort.OCCUPATION and not self.units.capital(noun):
                self.title_end = body[1]  # "head of operations"
        self.end = body[1]
        return True

    def _takes_body(self, preposition: str, body: Range) -> bool:
        if self.head.sort is not Sort.OCCUPATION or preposition == "for":
            return self.head.singular not in {"star", "model", "author", "writer"}
        number = self.units.body[body[0]]
        return number >= 0 and self.units.bodies[number].kind is Kind.ORGANISATION

    def body(self, start: int) -> tuple[Range, bool] | None:
        """The noun phrase at `start`, without its determiner, and whether it names a body."""
        units = self.units
        if start >= self.limit or units.person[start] >= 0:
            return None
        opening = head_of(units.low[start])
        if opening is not None and opening.sort is Sort.OFFICE and units.body[start] < 0:
            return None  # "envoy of President Doe": another's title
        unit = start
        named = False
        while unit < self.limit and units.person[unit] < 0:
            if units.dated[unit] >= 0:
                break
            if units.body[unit] >= 0:
                named = True
                unit = units.body_ranges[units.body[unit]][1]
            elif units.tag[unit] == "POS" and self._possessive_name(unit):
                unit += 1
            elif units.tag[unit] in _INSIDE:
                named = named or (units.tag[unit] in {"NNP", "NNPS"})
                unit += 1
            elif units.tag[unit] == "POS":
                return self.body(unit + 1)
            elif self._joins(unit):
                unit += 1
            else:
                break
        if unit < self.limit and units.person[unit] >= 0 and head_of(units.low[unit - 1]):
            return None
        while (
            unit > start
            and units.tag[unit - 1] not in _NOUNS | {"CD", "JJ"}
            and units.body[unit - 1] < 0
        ):
            unit -= 1
        if unit == start:
            return None
        first = start
        while (
            first < unit - 1 and units.low[first] in words.EVALUATIVE and not units.capital(first)
        ):
            first += 1
        return (first, unit), named or units.low[unit - 1] in words.BODIES

    def _possessive_name(self, unit: int) -> bool:
        """Whether a possessive is inside a name: "Pakistan People's Party"."""
        units = self.units
        return (
            unit + 1 < self.limit
            and units.low[unit - 1] in words.MEMBERS
            and units.capital(unit - 1) == units.capital(unit + 1)
        )

    def _joins(self, unit: int) -> bool:
        """Whether "of", "and" or "for" inside a name goes on with it."""
        units = self.units
        if units.low[unit] not in _JOINS or unit + 1 >= self.limit:
            return False
        before, after = units.body[unit - 1], units.body[unit + 1]
        if before >= 0 and before == after:
            return True
        institution = units.low[unit - 1] in words.BODIES and units.capital(unit - 1)
        return units.low[unit] == "of" and institution and units.tag[unit + 1] in {"NNP", "NNPS"}

    def _attached(self, after: int, noun: int) -> bool:
        """ "to the prime minister" stays in the title; "to PM Jane Doe" and "to Russia" do not."""
        units = self.units
        stop = self._run(noun)
        if stop == noun:
            return False
        if stop < self.limit and units.person[stop] >= 0:
            return False
        last = units.low[stop - 1]
        body = units.capital(stop - 1) or (last in words.BODIES and noun > after)
        if self.head.singular in _SENT_ABROAD or (body and head_of(last) is None):
            found = self.body(noun)
            if found is None:
                return False
            self.end = found[0][1]
            sent = self.head.singular in _SENT_ABROAD
            if not sent and found[1] and self._needs_organisation():
                self.organisation = found[0]
            return True
        if noun > after and self.title_end == self.end:
            self.title_end = self.end = stop
            return True
        return False

    def _placed(self, after: int, noun: int, preposition: str) -> bool:
        units = self.units
        found = self.body(noun)
        if found is None:
            return False
        body, is_body = found
        number = units.body[body[0]]
        if number < 0:
            number = units.body[body[1] - 1]
        kind = units.bodies[number].kind if number >= 0 else None
        takes = (
            (preposition == "at" and is_body)
            or (preposition == "with" and kind is Kind.ORGANISATION)
            or (preposition == "in" and kind is Kind.ORGANISATION and not self._occupation())
            or (preposition == "from" and self.head.singular in _LEGISLATORS and number >= 0)
        )
        if preposition in {"with", "from", "on", "in"} and not takes:
            if (preposition == "in" and kind is Kind.PLACE) or (
                preposition == "on" and not units.capital(noun)
            ):
                self.end = body[1]
                return True
            return False
        bare = noun > after and body[1] - body[0] == 1 and units.low[body[0]] in words.ANAPHORS
        if takes and not bare and self._needs_organisation():
            self.organisation = body
        elif takes and preposition == "at" and self._of_place():
            # "head of Africa at Acme": the place is what the post looks after
            self.title_end, self.organisation = self.end, body
        if takes:
            self.end = body[1]
        return takes

    def _of_place(self) -> bool:
        if self.organisation is None or self.organisation[1] != self.end:
            return False
        number = self.units.body[self.organisation[0]]
        return number >= 0 and self.units.bodies[number].kind is Kind.PLACE

    def _occupation(self) -> bool:
        return self.head.sort is Sort.OCCUPATION

    def _acronym(self) -> bool:
        """ "the Niger Delta Development Commission (NDDC)"."""
        units, at = self.units, self.end
        if at + 2 >= self.limit or units.low[at] != "(" or self.end == self.title_end:
            return False
        close = next(
            (u for u in range(at + 2, min(at + 8, self.limit)) if units.low[u] == ")"), None
        )
        inside = range(at + 1, close) if close else range(0)
        if not inside or not all(
            units.person[unit] < 0 and (units.capital(unit) or units.low[unit] in _JOINS)
            for unit in inside
        ):
            return False
        self.end = inside.stop + 1
        return True

    def _after_comma(self) -> bool:
        """ "Managing Director, Acme Ltd": an organisation set off by a comma alone."""
        units, at = self.units, self.end
        if not self._needs_organisation() or at + 1 >= self.limit or units.low[at] != ",":
            return False
        if self._occupation() or not units.capital(at - 1):
            return False
        noun = at + 1 + (units.low[at + 1] == "the")
        run = self._run(noun)
        if noun == at + 1 and run > noun and units.low[run - 1] in words.PORTFOLIOS:
            if units.capital(noun) and self.end == self.title_end:
                self.title_end = self.end = run  # "Vice-President, Community Affairs"
                return True
        number = units.body[noun] if noun < self.limit else -1
        if number < 0 or units.bodies[number].kind is not Kind.ORGANISATION:
            return False
        body = (noun, units.body_ranges[number][1])
        if any(head_of(units.low[unit]) for unit in range(*body)):
            return False
        further = self._body_at(body[1] + 1) if self._single_field(body) else None
        if further is not None:
            # "General Manager, Exploration, Acme Ltd"
            self.title_end, body = body[1], further
        self.organisation, self.end = body, body[1]
        return True

    def _single_field(self, body: Range) -> bool:
        return body[1] - body[0] == 1 and body[1] < self.limit and self.units.low[body[1]] == ","

    def _body_at(self, unit: int) -> Range | None:
        units = self.units
        number = units.body[unit] if unit < self.limit else -1
        if number < 0 or units.bodies[number].kind is not Kind.ORGANISATION:
            return None
        return unit, units.body_ranges[number][1]
