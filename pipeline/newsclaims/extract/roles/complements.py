"""What follows a title's head: "of Education", "to the prime minister", "of the region"."""

from typing import NamedTuple

from newsclaims.extract.finds import Kind
from newsclaims.extract.roles import words
from newsclaims.extract.roles.charges import charge_end
from newsclaims.extract.roles.noun_phrases import (
    ARTICLES,
    NOUNS,
    kind_of,
    read_body,
    run_end,
    sentence_end,
)
from newsclaims.extract.roles.units import Range, Units
from newsclaims.extract.roles.words import Head, Sort


class Complements(NamedTuple):
    """Where the title and the whole phrase end, the organisation, "-elect" and "at the time"."""

    title_end: int
    end: int
    organisation: Range | None
    incoming: Range | None
    former: Range | None


_MINISTERS = words.words("minister_heads")
# Posts that are named for what they look after ("director for grassroots sports").
_LOOKING_AFTER = _MINISTERS | words.words("looking_after_heads")
_LEGISLATORS = words.words("legislator_heads")
_SENT_ABROAD = words.words("sent_abroad_heads")
# "Minister of the Interior", "leader of the opposition": portfolios with an article.
_WITH_ARTICLE = words.words("portfolios_with_article")
_WITH_ARTICLE_HEADS = _MINISTERS | {"leader", "chancellor"}
_SCHOLARS = words.words("heads_in_fields")
_OF_PEOPLE = words.words("heads_of_people")
# Works and fictions are no bodies: "the author of the report", "the star of the show".
_OF_WORKS = frozenset({"star", "model", "author", "writer"})
_HELD_IN_BODIES = words.words("held_together_heads")
_SEATED = words.words("seated_heads")
_NO_BODIES = words.words("no_bodies")
# A status, which is no field: "Maj. Gen. (ret.) Doe".
_IN_BRACKETS = words.RETIRED | words.ACTING_IN_BRACKETS | {"r"}
_CHARGED = frozenset({Sort.OFFICE, Sort.RANK, Sort.POSITION})
_FURTHEST = 26
_MOST_COMPLEMENTS = 5


def read_complements(
    units: Units, end: int, head: Head, *, organised: bool, quoted: bool
) -> Complements:
    """Read on from `end`, just after a head.

    `organised` when its organisation stands before it, `quoted` when it is in quotation marks.
    """
    return _Reader(units, end, head, organised=organised).read(quoted=quoted)


class _Complement(NamedTuple):
    """A preposition, where its phrase begins, and where its noun does, articles skipped."""

    preposition: str
    after: int
    noun: int


class _Reader:
    def __init__(self, units: Units, end: int, head: Head, *, organised: bool) -> None:
        self.units = units
        self.head = head
        self.title_end = self.end = end
        self.organised = organised
        self.organisation: Range | None = None
        self.incoming: Range | None = None
        self.former: Range | None = None
        self.limit = sentence_end(units, end, _FURTHEST)

    def read(self, *, quoted: bool) -> Complements:
        self._suffix()
        for _ in range(_MOST_COMPLEMENTS):
            if quoted and self._low(self.end) in words.CLOSING_QUOTES:
                quoted = False
                self.end += 1
            if not (
                self._prepositional()
                or self._acronym()
                or self._after_comma()
                or self._named_at_last()
            ):
                break
        if [self._low(self.end + ahead) for ahead in range(3)] == ["at", "the", "time"]:
            self.former = (self.end, self.end + 3)
            self.end += 3
        return Complements(self.title_end, self.end, self.organisation, self.incoming, self.former)

    def _low(self, unit: int) -> str:
        return self.units.low[unit] if unit < self.limit else ""

    def _suffix(self) -> None:
        """As in "-elect", "emeritus", "First Class"."""
        word = self._low(self.end)
        charge = charge_end(self.units, self.end)
        if charge is not None and self.head.sort in _CHARGED:
            if self.units.body[self.end] >= 0 and self._needs_organisation():
                self.organisation = (self.end, charge)
            else:
                self.title_end = charge
            self.end = charge
        elif word in {"emeritus", "emerita", "laureate"}:
            self.title_end = self.end = self.end + 1
        elif word == "-emeritus":
            self.former = (self.end, self.end + 1)
            self.end += 1
        elif word.lstrip("-") in words.STATUS_ENDINGS:
            self.incoming = (self.end, self.end + 1)
            self.end += 1
        elif self._low(self.end + 1) == "class" and self.units.capital(self.end):
            self.title_end = self.end = self.end + 2

    def _needs_organisation(self) -> bool:
        return not self.organised and self.organisation is None

    def _prepositional(self) -> bool:
        units, after = self.units, self.end + 1
        if after >= self.limit:
            return False
        word = units.low[self.end]
        noun = after + (units.low[after] in ARTICLES)
        found = _Complement(word, after, noun)
        if noun < self.limit and units.person[noun] >= 0:
            return self._constituency(found) or self._someone(found)
        if noun >= self.limit or units.low[noun] in words.HONORIFICS or units.dated[noun] >= 0:
            return False
        if word in {"of", "for"}:
            return self._portfolio(found) or self._of_body(found)
        if word == "to":
            return self._attached(found)
        if word == "in" and self._in_field(found):
            return True
        return word in {"at", "with", "in", "from", "on"} and self._placed(found)

    def _constituency(self, found: _Complement) -> bool:
        """As in "member for Kennedy": a constituency that is marked as a person."""
        if found.preposition != "for" or found.noun > found.after:
            return False
        if self.head.singular not in _LEGISLATORS or not self._needs_organisation():
            return False
        self.organisation = self.units.person_ranges[self.units.person[found.noun]]
        self.end = self.organisation[1]
        return True

    def _someone(self, found: _Complement) -> bool:
        """As in "a lawyer for Jane Doe": the phrase goes on, the title does not."""
        first, end = self.units.person_ranges[self.units.person[found.noun]]
        company = found == ("of", found.noun, found.noun) and self.head.sort is Sort.POSITION
        if company and self.head.singular not in _OF_PEOPLE and self._needs_organisation():
            self.organisation, self.end = (first, end), end
            return True
        if found.preposition not in {"for", "of", "to"} or self._low(end) != ",":
            return False
        self.end = end
        return True

    def _portfolio(self, found: _Complement) -> bool:
        """As in "of Education", "for maritime security": a part of the title."""
        if self.title_end != self.end or self.organisation is not None:
            return False
        if self.head.singular in words.CANDIDATE and found.noun == found.after:
            office = run_end(self.units, found.noun, self.limit)
            if office > found.noun and self.units.heads.of(self.units.low[office - 1]):
                self.title_end = self.end = office  # "candidate for governor"
                return True
        if found.noun > found.after:
            stop = self._portfolio_with_article(found)
        else:
            stop = self._portfolio_end(found)
        if stop is None:
            return False
        self.title_end = self.end = stop
        return True

    def _portfolio_with_article(self, found: _Complement) -> int | None:
        """As in "of the Interior"."""
        units, stop = self.units, found.noun + 1
        if units.low[found.after] != "the" or units.low[found.noun] not in _WITH_ARTICLE:
            return None
        if self.head.singular not in _WITH_ARTICLE_HEADS:
            return None
        goes_on = stop < self.limit and units.tag[stop] in NOUNS and units.person[stop] < 0
        return None if goes_on else stop

    def _portfolio_end(self, found: _Complement) -> int | None:
        units, noun = self.units, found.noun
        stop = run_end(units, noun, self.limit)
        if stop == noun or not (self._known_field(noun, stop) or self._looked_after(found, stop)):
            return None
        while stop + 1 < self.limit:
            start = self._next_field(stop)
            further = run_end(units, start, self.limit) if start else start
            if start == further or units.heads.of(units.low[further - 1]):
                break
            if units.capital(noun) != units.capital(start):
                break
            stop = further
        return stop

    def _next_field(self, joint: int) -> int:
        """Where the next of several portfolios begins, joined at `joint`, or 0."""
        low = self.units.low
        if low[joint] in {"and", "&"}:
            return joint + 1
        if low[joint] != "," or self.head.singular not in _MINISTERS:
            return 0
        if low[joint + 1] in {"and", "&"}:  # "Environment, Water, and Agriculture"
            stop = run_end(self.units, joint + 2, self.limit)
            return joint + 2 if words.FIELDS.issuperset(low[joint + 2 : stop]) else 0
        return joint + 1 if self._list_goes_on(joint) else 0

    def _known_field(self, noun: int, stop: int) -> bool:
        low = self.units.low
        minister = self.head.singular in _MINISTERS
        fields = self.units.capital(noun) and words.FIELDS.issuperset(low[noun:stop])
        if low[stop - 1] in words.BODIES and stop - noun > 1 and not minister:
            return False
        if self.head.singular in _SCHOLARS and low[stop - 1] in words.PORTFOLIOS:
            return True  # "professor of South Asian studies"
        if fields and self.head.singular in _LOOKING_AFTER:
            return True  # "Director of Clinical Development"
        return low[noun] in words.PORTFOLIOS and (minister or low[stop - 1] in words.PORTFOLIOS)

    def _looked_after(self, found: _Complement, stop: int) -> bool:
        """Whether an unknown field is what such a post looks after, and no body or people."""
        units, noun = self.units, found.noun
        if self.head.singular not in _LOOKING_AFTER:
            return False
        if units.body[noun] >= 0:  # "head of Africa research"
            return units.low[stop - 1] in words.PORTFOLIOS and not units.capital(stop - 1)
        if units.capital(noun):
            return self.head.singular in _MINISTERS
        last = units.low[stop - 1]
        if units.capital(stop - 1) and last not in words.FIELDS:
            return False  # "head of drone firm Acme"
        people = units.tag[stop - 1] == "NNS" and found.preposition == "for"
        return last in words.PORTFOLIOS or not (people or last in words.BODIES)

    def _in_field(self, found: _Complement) -> bool:
        """As in "researcher in gender and popular culture": the field of a scholar."""
        units, noun = self.units, found.noun
        if self.head.singular not in _SCHOLARS or self.title_end != self.end or noun > found.after:
            return False
        stop = run_end(units, noun, self.limit)
        known = stop > noun and units.low[stop - 1] in words.FIELDS
        if stop == noun or units.body[noun] >= 0 or (units.capital(noun) and not known):
            return False
        while self._low(stop) in {",", "and"}:
            start = stop + 1 + (self._low(stop + 1) == "and")
            further = run_end(units, start, self.limit)
            last = units.low[further - 1]
            if further == start or units.capital(start) or units.heads.of(last) is not None:
                break
            if units.low[stop] == "," and self._low(further) not in {",", "and", "at"}:
                break
            stop = further
        self.title_end = self.end = stop
        return True

    def _list_goes_on(self, comma: int) -> bool:
        """Whether a comma joins portfolios: "Business, Enterprise and Cooperatives"."""
        units = self.units
        stop = run_end(units, comma + 1, self.limit)
        fields = words.FIELDS.issuperset(units.low[comma + 1 : stop])
        return (
            stop > comma + 1
            and self._low(stop) in ({"and", "&", ","} if fields else {"and", "&"})
            and not any(units.heads.of(units.low[unit]) for unit in range(comma + 1, stop))
        )

    def _of_body(self, found: _Complement) -> bool:
        """As in "of the Lombardy region", "for the health ministry", "of the company"."""
        body = read_body(self.units, found.noun, self.limit)
        if body is None:
            return False
        if body.named or self._held_in(found, body.range):
            if self._takes(found, body.range) and self._needs_organisation():
                self.organisation = body.range
        elif found == ("of", found.noun, found.noun) and self._names_field(found.noun):
            self.title_end = body.range[1]  # "head of operations"
        self.end = self._places_end(body.range[1])
        return True

    def _places_end(self, end: int) -> int:
        """Where the places end that are strung after one: "for Kenya, Uganda and Rwanda"."""
        units, last = self.units, end
        while self._low(last) in {",", "and"} and last + 1 < self.limit:
            number = units.body[last + 1]
            if number < 0 or units.bodies[number].kind is not Kind.PLACE:
                break
            joint, last = units.low[last], units.body_ranges[number][1]
            if joint == "and":
                return last if units.body[end - 1] >= 0 else end
        return end

    def _held_in(self, found: _Complement, body: Range) -> bool:
        """Whether a common noun with its article may be what a post is held in ("the mill")."""
        last = self.units.low[body[1] - 1]
        post = self.head.sort in {Sort.OFFICE, Sort.POSITION}
        article = found.noun > found.after and found.preposition == "of"
        return post and article and last not in _NO_BODIES

    def _names_field(self, noun: int) -> bool:
        occupation = self.head.sort is Sort.OCCUPATION
        return self.title_end == self.end and not occupation and not self.units.capital(noun)

    def _takes(self, found: _Complement, body: Range) -> bool:
        """Whether a body after "of" or "for" is the one that the position is held in."""
        if self.head.singular in _OF_WORKS and found.preposition == "of":
            return False
        if self.head.sort is not Sort.OCCUPATION or found.preposition == "for":
            return self.head.singular not in _OF_WORKS
        return kind_of(self.units, body) is Kind.ORGANISATION

    def _organise(self, found: _Complement, body: Range) -> None:
        """Take a body as the organisation, unless it only points back ("of the group")."""
        single = found.noun > found.after and body[1] - body[0] == 1
        anaphor = single and self.units.low[body[0]] in words.ANAPHORS
        if self._needs_organisation() and not anaphor:
            self.organisation = body

    def _attached(self, found: _Complement) -> bool:
        """As in "to the prime minister", the title's, and "to Russia", "to the White House"."""
        units, noun = self.units, found.noun
        stop = run_end(units, noun, self.limit)
        if stop == noun or (stop < self.limit and units.person[stop] >= 0):
            return False
        abroad = self.head.singular in _SENT_ABROAD
        last = units.low[stop - 1]
        bodily = units.capital(stop - 1) or (last in words.BODIES and noun > found.after)
        if abroad or (bodily and units.heads.of(last) is None):
            body = read_body(units, noun, self.limit)
            if body is None:
                return False
            self.end = body.range[1]
            if body.named and not abroad:
                self._organise(found, body.range)
            return True
        if noun == found.after or self.title_end != self.end:
            return False
        self.title_end = self.end = stop
        return True

    def _placed(self, found: _Complement) -> bool:
        """As in "at Yale", "with the ministry", "from Ohio", "in public law"."""
        units = self.units
        body = read_body(units, found.noun, self.limit)
        if body is None:
            return False
        kind = kind_of(units, body.range)
        occupation = self.head.sort is Sort.OCCUPATION
        # "a soprano with the opera", "a colonel in the border guard"
        common = kind is None and body.named and not units.capital(body.range[0])
        serves = {
            "at": body.named or units.capital(body.range[0]),
            "with": kind is Kind.ORGANISATION or (body.named and self.head.sort is not Sort.OFFICE),
            "in": (kind is Kind.ORGANISATION and not occupation)
            or self._seated(kind)
            or (kind is Kind.PLACE and self._is_division(body.range))
            or (common and self.head.sort is Sort.RANK),
            "from": kind is not None and self.head.singular in _LEGISLATORS,
            "on": kind is Kind.ORGANISATION,
        }[found.preposition]
        if serves:
            if found.preposition == "at" and self._of_place():
                # "head of Africa at Acme": the place is what the post looks after
                self.title_end, self.organisation = self.end, None
            self._organise(found, body.range)
        elif not self._goes_on(found, kind):
            return False
        self.end = body.range[1]
        return True

    def _seated(self, kind: Kind | None) -> bool:
        """As in "judge in Springfield": the town stands for the court, see or police."""
        police = self.head.singular == "chief" and self._low(self.end - 2) == "police"
        return kind is Kind.PLACE and (police or self.head.singular in _SEATED)

    def _is_division(self, body: Range) -> bool:
        """As in "director in the Wilaya of El Oued": where a post of the place is held."""
        occupation = self.head.sort is Sort.OCCUPATION
        return not occupation and self.units.low[body[0]] in words.BODIES

    def _goes_on(self, found: _Complement, kind: Kind | None) -> bool:
        """Whether a phrase that names no organisation still belongs to the noun phrase."""
        if found.preposition in {"in", "from"} and kind is Kind.PLACE:
            return True
        return found.preposition in {"in", "on"} and not self.units.capital(found.noun)

    def _of_place(self) -> bool:
        organisation = self.organisation
        if organisation is None or organisation[1] != self.end:
            return False
        return kind_of(self.units, organisation) is Kind.PLACE

    def _acronym(self) -> bool:
        """As in "the Niger Delta Development Commission (NDDC)"."""
        units, at = self.units, self.end
        if self._low(at) != "(":
            return False
        close = next((unit for unit in range(at + 2, at + 8) if self._low(unit) == ")"), None)
        if close is None:
            return False
        for unit in range(at + 1, close):
            if units.person[unit] >= 0 or not (
                units.capital(unit) or units.tag[unit] in {"IN", "CC"}
            ):
                return False
        if at == self.title_end:  # "Inspector General of Police (Crime Wing) Doe"
            after = close + 1
            while self._low(after) in words.HONORIFICS:
                after += 1
            named = after < len(units) and units.person[after] >= 0
            if not named or units.low[at + 1] in _IN_BRACKETS:
                return False
            if self._needs_organisation() and units.low[close - 1] in words.BODIES:
                self.organisation = (at + 1, close)
        self.end = close + 1
        return True

    def _after_comma(self) -> bool:
        """As in "Managing Director, Acme Ltd" and "Vice-President, Community Affairs"."""
        units, at = self.units, self.end
        if self._low(at) != "," or at + 1 >= self.limit or not self._needs_organisation():
            return False
        signed = units.capital(at - 1) or self._in_list(at)
        if self.head.sort is Sort.OCCUPATION or not signed:
            return False
        noun = at + 1 + (units.low[at + 1] == "the")
        stop = run_end(units, noun, self.limit)
        field = noun < stop and units.capital(noun) and units.low[stop - 1] in words.PORTFOLIOS
        if field and at == self.title_end:
            self.title_end = self.end = stop
            return True
        body = self._organisation_at(noun)
        if body is None:
            return False
        further = self._organisation_at(body[1] + 1) if self._low(body[1]) == "," else None
        if further is not None and body[1] - body[0] == 1:
            self.title_end, body = body[1], further  # "General Manager, Exploration, Acme Ltd"
        self.organisation, self.end = body, body[1]
        return True

    def _in_list(self, comma: int) -> bool:
        """As in "president, Acme Corp., Leeds", in lower case."""
        body = self._organisation_at(comma + 1)
        closes = body is not None and self._low(body[1]) in {",", "(", ";"}
        held = self.head.sort is Sort.POSITION or self.head.singular in _HELD_IN_BODIES
        return closes and held and comma == self.title_end

    def _named_at_last(self) -> bool:
        """As in "editor for the town's paper, the Springfield Gazette": a body, then its name."""
        units, at = self.units, self.end
        described = at > self.title_end and not units.capital(at - 1)
        if not described or self._low(at) != "," or not self._needs_organisation():
            return False
        body = self._organisation_at(at + 1 + (self._low(at + 1) == "the"))
        if body is None:
            return False
        self.organisation, self.end = body, body[1]
        return True

    def _organisation_at(self, unit: int) -> Range | None:
        """The organisation that is named at `unit`, no title among its words."""
        units = self.units
        number = units.body[unit] if unit < self.limit else -1
        if number < 0 or units.bodies[number].kind is not Kind.ORGANISATION:
            return None
        body = (unit, units.body_ranges[number][1])
        return None if any(units.heads.of(units.low[each]) for each in range(*body)) else body
