"""What kind of thing each candidate names, decided jointly for all mentions of an article.

Three parts of evidence add up to the chances of person, place and neither (a multinomial logistic
model, ``weights.toml``): the candidate itself and its context, the other mentions of the same
string, and the full names of people that a first pass has found in the article. What is neither is
an organisation or no name by a second model over the same evidence.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsclaims.extract.finds import Kind, KnownPlaces
from newsclaims.extract.names import organisations
from newsclaims.extract.names.candidates import PLACE_LABELS, Candidate
from newsclaims.extract.names.evidence import RULES
from newsclaims.extract.names.shape import SHAPES
from newsclaims.extract.names.view import neighbour_labels, view
from newsclaims.extract.names.vocabulary import COMPASS
from newsclaims.extract.names.weights import Chances, Weight
from newsclaims.extract.names.words import Words

Features = list[tuple[str, float]]

# Evidence that stands for a kind wherever in the article the string occurs.
_PERSON_EVIDENCE = frozenset(
    "honorific-before title-before surname-after-title said-after said-before who-after age-after "
    "kin-around initial-inside position-after office-after shared-title-before".split()
)
_PLACE_EVIDENCE = frozenset(
    "in-before place-noun-before compass-before dateline place-preposition-before".split()
)
_BODY_EVIDENCE = frozenset(
    "kind-of-body-before kind-of-body-lists kind-of-body-after legal-form position-at "
    "belonging-before".split()
)
_ELSEWHERE = {
    "elsewhere-person": _PERSON_EVIDENCE,
    "elsewhere-place": _PLACE_EVIDENCE,
    "elsewhere-body": _BODY_EVIDENCE,
}
_LISTED = frozenset({"gazetteer"})
# Rules whose evidence is the article and not the sentence; the votes are one rule to users.
VOTES = dict.fromkeys(("votes-person", "votes-place", "votes-organisation"), "article-vote")
ARTICLE_RULES = (
    "article-vote",
    *_ELSEWHERE,
    "inside-organisation",
    "town-of-organisation",
    "known-full-name",
    "known-surname",
    "known-first-name",
    "gazetteer",
)
_NAMED_RULES = frozenset(RULES) | frozenset(ARTICLE_RULES)
_PLAIN_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "\u0131": "i", "ð": "d", "ß": "ss"})
# A full name counts as known from this chance on.
_KNOWN = 0.5


class Verdict(NamedTuple):
    """A candidate, the chances of what it names, and what speaks for them."""

    candidate: Candidate
    chances: Chances
    features: Features

    @property
    def kind(self) -> Kind | None:
        """The likeliest kind; what is neither person nor place may be an organisation."""
        person, place, organisation = self.chances
        neither = 1 - person - place
        if person >= max(place, neither):
            return Kind.PERSON
        if place >= neither:
            return Kind.PLACE
        return Kind.ORGANISATION if organisation >= neither / 2 else None

    def has(self, feature: str) -> bool:
        """Whether this evidence, of full value, is among what speaks of the candidate."""
        return (feature, 1.0) in self.features

    def strongest_rule(self, kind: Kind, weights: Mapping[str, Weight]) -> str | None:
        """The named rule that speaks most for a kind against what else it might be."""
        best, chosen = 0.0, None
        for name, value in self.features:
            rule = VOTES.get(name, name)
            if rule not in _NAMED_RULES or name not in weights:
                continue
            if (gain := _gain(weights[name], kind)) * value > best:
                best, chosen = gain * value, rule
        return chosen


def _gain(weight: Weight, kind: Kind) -> float:
    """How much more a piece of evidence says for a kind than for another."""
    person, place, organisation = weight
    if kind is Kind.ORGANISATION:
        return organisation - max(person, place, 0)
    return person - max(place, 0) if kind is Kind.PERSON else place - max(person, 0)


def plain(word: str) -> str:
    """A lower-case word without accents: "dačić" and "dacic" are one."""
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFKD", word.translate(_PLAIN_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@dataclass(slots=True)
class KnownNames:
    """The parts of the full names of people that an article has, lower case."""

    surnames: set[str] = field(default_factory=set)
    first_names: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)

    def add(self, parts: Sequence[str]) -> None:
        """Take the lower-case words of a full name, and the same without accents."""
        self.full.add(" ".join(parts))
        for written in (parts, [plain(part) for part in parts]):
            for cut in range(1, len(parts)):
                self.surnames.add(" ".join(written[cut:]))
                self.first_names.add(" ".join(written[:cut]))


def judge(
    words: Words,
    candidates: list[Candidate],
    places: KnownPlaces,
    weights: Mapping[str, Weight],
) -> list[Verdict]:
    """A verdict on each candidate, after a first pass that learns the article's full names."""
    keys = [string_key(words, candidate) for candidate in candidates]
    own = own_features(words, candidates, keys, places)
    shared = shared_features(words, candidates, keys, own)
    known = known_names(keys, own, shared, weights)
    verdicts = []
    for candidate, key, mine, common in zip(candidates, keys, own, shared, strict=True):
        features = [*mine, *common, *known_features(key, known)]
        verdicts.append(Verdict(candidate, chances(features, weights), features))
    return verdicts


def known_names(
    keys: list[str], own: list[Features], shared: list[Features], weights: Mapping[str, Weight]
) -> KnownNames:
    """The article's likely full names, and what stands behind an honorific once."""
    known = KnownNames()
    for key, mine, common in zip(keys, own, shared, strict=True):
        if " " in key:
            if chances([*mine, *common], weights).person > _KNOWN:
                known.add(key.split(" "))
        elif ("honorific-before", 1.0) in mine:
            known.surnames.add(key)
    return known


def string_key(words: Words, candidate: Candidate) -> str:
    """The words of a candidate, lower case, joined by single spaces."""
    return " ".join(
        word for word in words.lower[candidate.start : candidate.end] if not word.isspace()
    )


def own_features(
    words: Words, candidates: list[Candidate], keys: list[str], places: KnownPlaces
) -> list[Features]:
    """What each candidate and the words around it say."""
    prominence: dict[str, float] = {}
    neighbours = neighbour_labels(words, candidates)
    found = []
    for candidate, key, beside in zip(candidates, keys, neighbours, strict=True):
        if key not in prominence:
            text = words.written(candidate.start, candidate.end)
            prominence[key] = places.prominence(text) or _without_compass(key, places)
        label = candidate.label or "none"
        features: Features = [(f"label-{label}", 1.0)]
        seen = view(words, candidate, beside)
        if seen.size == 1:
            features.append((f"single-{label}", 1.0))
        features += [(name, 1.0) for name, holds in SHAPES.items() if holds(seen)]
        features += [(name, 1.0) for name, holds in RULES.items() if holds(seen)]
        features += [(name, 1.0) for name in organisations.evidence(words, candidate)]
        if candidate.evidence:
            features.append((candidate.evidence, 1.0))
        if known := prominence[key]:
            features += [("gazetteer", 1.0), ("gazetteer-size", known)]
            if seen.before == "miss":  # of a contest: "Miss Kenya"
                features = [feature for feature in features if feature[0] != "honorific-before"]
        found.append(features)
    return found


def _without_compass(key: str, places: KnownPlaces) -> float:
    """How well known the place is whose part a name like "South Xtown" means."""
    first, _, rest = key.partition(" ")
    return places.prominence(rest.title()) if rest and first in COMPASS else 0.0


def shared_features(
    words: Words, candidates: list[Candidate], keys: list[str], own: list[Features]
) -> list[Features]:
    """What the mentions of the same string say together: the model's votes, strong evidence."""
    groups: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        groups.setdefault(key, []).append(index)
    inside = {
        word
        for candidate, key in zip(candidates, keys, strict=True)
        if candidate.label == "ORG" and " " in key
        for word in key.split(" ")
    }
    found: list[Features] = [[] for _ in candidates]
    for key, members in groups.items():
        votes = _votes([candidates[index].label for index in members])
        if key in inside:
            votes.append(("inside-organisation", 1.0))
            if _has(own[members[0]], _LISTED):
                votes.append(("town-of-organisation", 1.0))
        for index in members:
            found[index] = list(votes)
            if key in inside and organisations.is_short_form(words, candidates[index], own[index]):
                found[index].append(("short-form", 1.0))
        for index, rule in _elsewhere(members, own):
            found[index].append((rule, 1.0))
    return found


def _elsewhere(members: list[int], own: list[Features]) -> Iterator[tuple[int, str]]:
    """Which of the mentions of one string have which strong evidence at another of them."""
    if len(members) == 1:
        return
    for rule, evidence in _ELSEWHERE.items():
        signs = [_has(own[index], evidence) for index in members]
        of_all = sum(signs)
        for sign, index in zip(signs, members, strict=True):
            if of_all > sign:
                yield index, rule


def _votes(labels: list[str]) -> Features:
    """The shares of the model's labels of one string."""
    size = len(labels)
    return [
        ("votes-person", labels.count("PERSON") / size),
        ("votes-place", sum(label in PLACE_LABELS for label in labels) / size),
        ("votes-organisation", labels.count("ORG") / size),
    ]


def _has(features: Features, rules: frozenset[str]) -> bool:
    return any(name in rules for name, _ in features)


def known_features(key: str, known: KnownNames) -> Features:
    """Whether the string is a full name that the article has, or a part of one."""
    found: Features = []
    if key in known.full:
        found.append(("known-full-name", 1.0))
    if key in known.surnames:
        found.append(("known-surname", 1.0))
    elif key in known.first_names:
        found.append(("known-first-name", 1.0))
    return found


def chances(features: Features, weights: Mapping[str, Weight]) -> Chances:
    """How likely each kind is by the evidence."""
    person = place = organisation = 0.0
    for name, value in features:
        weight = weights.get(name)
        if weight is not None:
            person += weight.person * value
            place += weight.place * value
            organisation += weight.organisation * value
    top = max(person, place, 0.0)
    e_person, e_place = math.exp(person - top), math.exp(place - top)
    e_neither = math.exp(-top)
    total = e_person + e_place + e_neither
    body = 1 / (1 + math.exp(-organisation))
    return Chances(e_person / total, e_place / total, e_neither / total * body)
