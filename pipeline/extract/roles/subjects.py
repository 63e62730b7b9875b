"""Whose predicate it is: the named person that is the subject of a verb."""

from spacy.tokens import Token

from pipeline.extract.roles.scene import Scene

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLIMBS = frozenset(
    {"conj", "xcomp", "advcl", "pcomp", "prep", "auxpass", "aux", "ccomp", "attr", "oprd"}
)
_PERSONAL = frozenset({"he", "she"})
_RELATIVES = frozenset({"who", "that", "which"})
_FURTHEST_BACK = 2  # sentences that a pronoun may reach back over


def subject_of(scene: Scene, unit: int) -> int | None:
    """The person that is the subject of the verb at `unit`, or None.

    The parser's subject is taken where there is one; a subject that is no person is an answer too.
    Where the parser gives none, the name right before the verb is taken.
    """
    token = scene.units.doc[scene.units.token[unit]]
    for _ in range(4):
        subject = next((child for child in token.lefts if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            return _person(scene, subject, token)
        if token.dep_ in {"acl", "relcl"}:
            return _person(scene, token.head, token)
        if token.dep_ not in _CLIMBS or token.head is token:
            break
        token = token.head
    return scene.name_until.get(unit)


def _person(scene: Scene, token: Token, verb: Token) -> int | None:
    units = scene.units
    unit = units.unit_of_token[token.i]
    if units.person[unit] >= 0:
        return units.person[unit]
    word = token.lower_
    if word in _RELATIVES and verb.head is not verb:
        noun = units.unit_of_token[verb.head.i]
        if units.person[noun] >= 0:
            return units.person[noun]
        return _in_apposition(scene, verb.head)
    if word in _PERSONAL:
        return antecedent(scene, unit)
    return _in_apposition(scene, token)


def _in_apposition(scene: Scene, noun: Token) -> int | None:
    """The name in "The lawyer, Jane Doe, was …", or the name that the noun is an apposition of."""
    units = scene.units
    for child in noun.rights:
        if child.dep_ == "appos":
            return _named(scene, child)
    if noun.dep_ == "appos":
        return _named(scene, noun.head)
    return None if units is None else None


def _named(scene: Scene, token: Token) -> int | None:
    number = scene.units.person[scene.units.unit_of_token[token.i]]
    return number if number >= 0 else None


def antecedent(scene: Scene, unit: int) -> int | None:
    """The one person that "he" or "she" at `unit` can refer to: the only one named shortly before.

    Where several are named, the first name of the sentence before, if that sentence opens with it.
    """
    units = scene.units
    first = units.first[unit]
    if sum(word in {'"', "“"} for word in units.low[first:unit]) % 2:
        return None
    start = first
    for _ in range(_FURTHEST_BACK):
        if start > 0:
            start = units.first[start - 1]
    near = [number for number, (begin, _) in enumerate(scene.names) if start <= begin < unit]
    if not near:
        return None
    surnames = {units.low[scene.names[number][1] - 1] for number in near}
    if len(surnames) == 1:
        return near[-1]
    previous = units.first[first - 1] if first else 0
    opening = [
        number
        for number in near
        if scene.names[number][0] <= previous + 1 and scene.names[number][0] >= previous
    ]
    if len(opening) == 1 and not any(first <= scene.names[number][0] for number in near):
        return opening[0]
    return None
