"""What kind of thing each candidate names, decided jointly for all mentions of an article."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.finds import Kind, KnownPlaces
from pipeline.extract.names.candidates import PLACE_LABELS, Candidate
from pipeline.extract.names.evidence import evidence, neighbour_labels, view
from pipeline.extract.names.vocabulary import COMPASS, TITLE_MODIFIERS, TITLES
from pipeline.extract.names.weights import Weight
from pipeline.extract.names.words import Words

Features = list[tuple[str, float]]

# Evidence that stands for a kind wherever in the article the string occurs.
_PERSON_EVIDENCE = frozenset(
    "honorific-before title-before said-after said-before who-after age-after kin-around "
    "initial-inside position-after office-after title-apart-before".split()
)
_PLACE_EVIDENCE = frozenset(
    "in-before age-of-before place-noun-before compass-before based-after dateline region-after "
    "place-preposition-before".split()
)
_PERSON, _PLACE = 0, 1


class Judged(NamedTuple):
    """A candidate with the chances that it names a person, a place, or neither."""

    candidate: Candidate
    person: float
    place: float
    features: Features


@dataclass(slots=True)
class KnownNames:
    """What full names of people an article has: their last and first parts, lower case."""

    surnames: set[str] = field(default_factory=set)
    first_names: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)

    def add(self, parts: Sequence[str]) -> None:
        """Take the lower-case words of a full name."""
        self.full.add(" ".join(parts))
        for cut in range(1, len(parts)):
            self.surnames.add(" ".join(parts[cut:]))
            self.first_names.add(" ".join(parts[:cut]))


def string_key(words: Words, candidate: Candidate) -> str:
    """The words of a candidate, lower case, joined by single spaces."""
    return " ".join(
        word for word in words.lower[candidate.start : candidate.end] if not word.isspace()
    )


def judge(
    words: Words,
    candidates: list[Candidate],
    places: KnownPlaces,
    weights: Mapping[str, Weight],
) -> list[Judged]:
    """Each candidate with its chances, after a first pass that learns the article's full names."""
    keys = [string_key(words, candidate) for candidate in candidates]
    own = own_features(words, candidates, keys, places)
    shared = shared_features(candidates, keys, own)
    known = KnownNames()
    for candidate, key, mine, common in zip(candidates, keys, own, shared, strict=True):
        if " " in key and candidate.end - candidate.start > 1:
            person, place = chances([*mine, *common], weights)
            if person > 0.5:
                known.add(key.split(" "))
    judged = []
    for candidate, key, mine, common in zip(candidates, keys, own, shared, strict=True):
        features = [*mine, *common, *known_features(key, known)]
        person, place = chances(features, weights)
        judged.append(Judged(candidate, person, place, features))
    return judged


def own_features(
    words: Words, candidates: list[Candidate], keys: list[str], places: KnownPlaces
) -> list[Features]:
    """What each candidate and the words around it say."""
    prominence: dict[str, float] = {}
    found = []
    for candidate, key, beside in zip(
        candidates, keys, neighbour_labels(words, candidates), strict=True
    ):
        if key not in prominence:
            text = words.text[words.starts[candidate.start] : words.end(candidate.end)]
            prominence[key] = places.prominence(text) or _without_compass(key, places)
        features: Features = [(f"label-{candidate.label or 'none'}", 1.0)]
        features += [(rule, 1.0) for rule in evidence(view(words, candidate, beside))]
        known = prominence[key]
        if known > 0:
            features.append(("gazetteer", 1.0))
            features.append(("gazetteer-size", known))
        if candidate.end - candidate.start == 1:
            features.append((f"single-{candidate.label or 'none'}", 1.0))
        found.append(features)
    return found


def _without_compass(key: str, places: KnownPlaces) -> float:
    """How well known the place is whose part a name like "South Xtown" means."""
    first, _, rest = key.partition(" ")
    return places.prominence(rest.title()) if rest and first in COMPASS else 0.0


def shared_features(
    candidates: list[Candidate], keys: list[str], own: list[Features]
) -> list[Features]:
    """What the other mentions of the same string say: the model's votes and strong evidence."""
    groups: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        groups.setdefault(key, []).append(index)
    inside: set[str] = set()
    for candidate, key in zip(candidates, keys, strict=True):
        if candidate.label == "ORG" and " " in key:
            inside.update(key.split(" "))
    found: list[Features] = [[] for _ in candidates]
    for key, members in groups.items():
        labels = [candidates[index].label for index in members]
        size = len(members)
        people = [any(name in _PERSON_EVIDENCE for name, _ in own[index]) for index in members]
        sites = [any(name in _PLACE_EVIDENCE for name, _ in own[index]) for index in members]
        votes: Features = [
            ("votes-person", labels.count("PERSON") / size),
            ("votes-place", sum(label in PLACE_LABELS for label in labels) / size),
            ("votes-organisation", labels.count("ORG") / size),
        ]
        if key in inside:
            votes.append(("inside-organisation", 1.0))
        if size > 1:
            votes.append(("repeated", 1.0))
        for position, index in enumerate(members):
            mine = list(votes)
            if size > 1:
                others = sum(people) - people[position]
                if others:
                    mine.append(("elsewhere-person", 1.0))
                others = sum(sites) - sites[position]
                if others:
                    mine.append(("elsewhere-place", 1.0))
            found[index] = mine
    return found


def known_features(key: str, known: KnownNames) -> Features:
    """Whether the string is part of a full name that the article has."""
    found: Features = []
    if key in known.full:
        found.append(("known-full-name", 1.0))
    if key in known.surnames:
        found.append(("known-surname", 1.0))
    elif key in known.first_names:
        found.append(("known-first-name", 1.0))
    return found


def chances(features: Features, weights: Mapping[str, Weight]) -> tuple[float, float]:
    """The chances of person and of place: a multinomial logistic model over the features."""
    person = place = 0.0
    for name, value in features:
        weight = weights.get(name)
        if weight is not None:
            person += weight[_PERSON] * value
            place += weight[_PLACE] * value
    top = max(person, place, 0.0)
    e_person, e_place = math.exp(person - top), math.exp(place - top)
    total = e_person + e_place + math.exp(-top)
    return e_person / total, e_place / total


def kind_of(judged: Judged) -> Kind | None:
    """The kind decided for a candidate, or None for no name."""
    neither = 1 - judged.person - judged.place
    if judged.person >= max(judged.place, neither):
        return Kind.PERSON
    if judged.place >= neither:
        return Kind.PLACE
    return Kind.ORGANISATION if judged.candidate.label == "ORG" else None


def is_part_of_title(words: Words, candidate: Candidate) -> bool:
    """Whether an organisation's name is but the portfolio of a title ("Defence Minister")."""
    after = words.after(candidate.end)
    return (
        after >= 0
        and words.lower[after] in TITLES
        and words.is_capital(after)
        and all(word in TITLE_MODIFIERS for word in words.lower[candidate.start : candidate.end])
    )
