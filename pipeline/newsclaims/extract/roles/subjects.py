"""Whose predicate it is: the named person that is the subject of a verb."""

from newsclaims.extract.roles.scene import Scene
from newsclaims.extract.roles.words import KIN

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLIMBS = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "auxpass", "aux", "attr", "oprd"})
_PERSONAL = frozenset({"he", "she"})
_RELATIVES = frozenset({"who", "that", "which"})
# A verb, a clause mark or an adverb before a name: a clause begins with it.
_BEFORE_SUBJECT = frozenset({"VBD", "VBZ", "VBP", ":", "``", "''", "WRB", "RB", "."})
_CLAUSE_MARKS = frozenset({"that", "-", "\u2013", "—"})
_FURTHEST_BACK = 2  # sentences that a pronoun may reach back over


def subject_of(scene: Scene, unit: int, start: int | None = None) -> int | None:
    """The person that is the subject of the verb at `unit`, or None.

    `start` is where its verb group starts, if before it. A name right before the group, which is
    part of no longer phrase, is the subject; else the parser's subject is taken where there is one,
    and one that is no person is an answer too.
    """
    first = unit if start is None else start
    adjacent = scene.name_until.get(first)
    if scene.low(first - 1) == "who":
        relative = scene.name_until.get(first - 1 - (scene.low(first - 2) == ","))
        if relative is not None:
            return relative
    if adjacent is not None and _free(scene, adjacent):
        return adjacent
    tokens, token = scene.units.tokens, scene.units.token[unit]
    for _ in range(4):
        dep, head = tokens.deps[token], tokens.heads[token]
        subject = next((at for at in tokens.lefts(token) if tokens.deps[at] in _SUBJECTS), None)
        if subject is not None:
            return _person(scene, subject, token)
        if dep in {"acl", "relcl"}:
            return _person(scene, head, token)
        if dep not in _CLIMBS or head == token:
            break
        token = head
    return adjacent


def _free(scene: Scene, person: int) -> bool:
    """Whether a name opens its noun phrase: not "the wife of Doe", not "Roe and Doe"."""
    units, first = scene.units, scene.before_honorifics(scene.names[person][0])
    if first == units.first[first]:
        return True
    before = units.low[first - 1]
    # "whose father John Roe was mayor": the relation is in apposition to the name
    apart = before in KIN or before in _CLAUSE_MARKS
    return apart or units.tag[first - 1] in _BEFORE_SUBJECT


def _person(scene: Scene, token: int, verb: int) -> int | None:
    if (named := _named(scene, token)) is not None:
        return named
    word, noun = scene.units.tokens.lower[token], scene.units.tokens.heads[verb]
    if word in _RELATIVES and noun != verb:
        named = _named(scene, noun)
        return _in_apposition(scene, noun) if named is None else named
    if word in _PERSONAL:
        return antecedent(scene, scene.units.unit_of_token[token])
    return _in_apposition(scene, token)


def _in_apposition(scene: Scene, noun: int) -> int | None:
    """The name in "The lawyer, Jane Doe, was …", or the name that the noun is an apposition of."""
    tokens = scene.units.tokens
    for child in tokens.children[noun]:
        if child > noun and tokens.deps[child] == "appos":
            return _named(scene, child)
    if tokens.deps[noun] == "appos":
        return _named(scene, tokens.heads[noun])
    return None


def _named(scene: Scene, token: int) -> int | None:
    number = scene.units.person[scene.units.unit_of_token[token]]
    return number if number >= 0 else None


def antecedent(scene: Scene, unit: int, depth: int = 6) -> int | None:
    """The one person that "he" or "she" at `unit` can refer to, or None.

    The only person named before it in its sentence; else whom the same pronoun meant shortly
    before; else the only one, or the first, named in the sentences before. Inside a quotation only
    what is named in it counts.
    """
    units = scene.units
    first = units.first[unit]
    start = _quotation_start(scene, unit)
    inside = start is not None
    near = _named_between(scene, first if start is None else max(first, start), unit)
    if near:
        return near[-1] if _one_person(scene, near) else None
    for _ in range(_FURTHEST_BACK):
        if first == 0:
            break
        last, first = first, units.first[first - 1]
        begin = first if start is None else max(first, start)
        near = _named_between(scene, begin, last)
        same = [at for at in range(begin, last) if units.low[at] == units.low[unit]]
        if same and not inside and (not near or same[0] < scene.names[near[0]][0]):
            return antecedent(scene, same[0], depth - 1) if depth else None
        if near:
            opening = scene.names[near[0]][0] <= begin + 2
            return near[0] if opening or _one_person(scene, near) else None
    return None


def _named_between(scene: Scene, start: int, end: int) -> list[int]:
    return [number for number, (begin, _) in enumerate(scene.names) if start <= begin < end]


def _one_person(scene: Scene, numbers: list[int]) -> bool:
    """Whether the names end alike, as those of one person do."""
    return len({scene.units.low[scene.names[number][1] - 1] for number in numbers}) == 1


def _quotation_start(scene: Scene, unit: int) -> int | None:
    """The unit that opens the quotation around `unit`, or None where nothing is quoted."""
    units, tokens = scene.units, scene.units.tokens
    number = tokens.quoted[units.token[unit]]
    return units.unit_of_token[tokens.quotations[number].start] if number >= 0 else None
