"""Fit ``pipeline/newsclaims/extract/names/weights.toml`` on annotated folders.

usage: python bench/fit_name_weights.py FOLDER[=WEIGHT[,apart]] ... > weights.toml

Each folder holds ``articles.jsonl`` and ``gold.jsonl`` in the project's form with people or
places annotated; WEIGHT says how much a candidate of it counts (default 1), ``apart`` that a third
of its articles (`is_apart`) is left for measuring. The model is a multinomial logistic regression
of person, place and neither over the features of `newsclaims.extract.names.kinds`, fitted by
Newton's method with an L2 penalty on the way from the weights that stand. Where only places are
annotated, a candidate that is none counts as person or neither as the model itself believes.

A fifth of each candidate's weight stands on a copy without the lists of given and family names, so
that the other evidence does not come to lean on them. The calibration table is not fitted here.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from newsclaims.extract.names.boundaries import bounded_candidates
from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.kinds import (
    Features,
    known_features,
    known_names,
    own_features,
    shared_features,
    string_key,
)
from newsclaims.extract.names.weights import WEIGHTS, Weight
from newsclaims.extract.names.words import Words
from newsclaims.parse.parser import Parser
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.text.tokens import Tokens

PENALTY = 40.0
LISTS = ("given-name", "family-name")
WITHOUT_LISTS = 0.2
# The model's label alone says little of these, and a single word of them no more.
LEFT_OUT = {f"single-{label}" for label in ("EVENT", "FAC", "LAW", "PRODUCT", "WORK_OF_ART")}
PERSON, PLACE, NEITHER, NO_PLACE = range(4)
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
Spans = set[tuple[int, int]]


class Sample(NamedTuple):
    """One article: features by candidate, what each candidate is (None: unclear), its weight."""

    keys: list[str]
    own: list[Features]
    shared: list[Features]
    classes: list[int | None]
    weight: float


def is_apart(article_id: str) -> bool:
    """Whether an article is of the third that a folder may leave for measuring."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 3 == 0


def read(
    folder: Path, weight: float, apart: bool, parser: Parser, gazetteer: Gazetteer
) -> Iterator[Sample]:
    """The samples of one folder."""
    gold = {line["article"]["id"]: line for line in _lines(folder / "gold.jsonl")}
    gold = {name: line for name, line in gold.items() if not (apart and is_apart(name))}
    articles = [line for line in _lines(folder / "articles.jsonl") if line["id"] in gold]
    parses = parser.parse(article["text"] for article in articles)
    for article, tokens in zip(articles, parses, strict=True):
        yield sample(tokens, gold[article["id"]], weight, gazetteer)


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def sample(tokens: Tokens, gold: dict, weight: float, gazetteer: Gazetteer) -> Sample:
    """One article's candidates with their features and what gold says of them."""
    words = Words(tokens)
    candidates = bounded_candidates(words, gazetteer)
    keys = [string_key(words, candidate) for candidate in candidates]
    own = own_features(words, candidates, keys, gazetteer)
    shared = shared_features(candidates, keys, own)
    layers = [_spans(gold, layer) for layer in ("people", "places")]
    only_places = not any(layer.startswith("people") for layer in gold["annotated"])
    classes = [
        _class(words, candidate, features, layers, only_places)
        for candidate, features in zip(candidates, own, strict=True)
    ]
    return Sample(keys, own, shared, classes, weight)


def _spans(gold: dict, layer: str) -> tuple[Spans, Spans]:
    """The bounds of a layer's mentions, as scored: the sure ones, the disputed ones."""
    found: tuple[Spans, Spans] = (set(), set())
    for row in gold.get(layer, []):
        for mention in row["mentions"]:
            article = _ARTICLE.match(mention["text"])
            possessive = _POSSESSIVE.search(mention["text"])
            start = mention["start"] + (article.end() if article else 0)
            end = mention["end"] - (len(possessive[0]) if possessive else 0)
            found[bool(row.get("optional"))].add((start, end))
    return found


def _class(
    words: Words,
    candidate: Candidate,
    features: Features,
    layers: list[tuple[Spans, Spans]],
    only_places: bool,
) -> int | None:
    """What gold says of a candidate; None where its bounds or its gold leave that open."""
    start, end = words.starts[candidate.start], words.end(candidate.end)
    for kind, (sure, _) in zip((PERSON, PLACE), layers, strict=True):
        if (start, end) in sure:
            return kind
    for kind, (sure, disputed) in zip((PERSON, PLACE), layers, strict=True):
        if _touches(start, end, disputed):
            return None
        if _touches(start, end, sure):
            return None if candidate.label == "ORG" or only_places else kind
    if ("title-before", 1.0) in features and candidate.label == "PERSON":
        return None  # some annotators left out people after titles
    if candidate.label == "FAC":
        return None  # folders differ in whether buildings are places
    return NO_PLACE if only_places else NEITHER


def _touches(start: int, end: int, spans: Spans) -> bool:
    return any(start < stop and begin < end for begin, stop in spans)


def fit(samples: list[Sample], weights: Mapping[str, Weight]) -> dict[str, Weight]:
    """New weights, with the articles' known names as the given weights find them."""
    rows: list[dict[str, float]] = []
    classes: list[int] = []
    counts: list[float] = []
    for article in samples:
        known = known_names(article.keys, article.own, article.shared, weights)
        for key, own, shared, kind in zip(*article[:4], strict=True):
            if kind is None:
                continue
            features = dict([*own, *shared, *(known_features(key, known) if weights else [])])
            bare = {name: value for name, value in features.items() if name not in LISTS}
            rows += [features, bare]
            classes += [kind, kind]
            counts += [article.weight * (1 - WITHOUT_LISTS), article.weight * WITHOUT_LISTS]
    names = sorted({name for row in rows for name in row} - LEFT_OUT)
    design = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    solution = _newton(design, np.array(classes), np.array(counts), names)
    return {
        name: Weight(round(float(person), 2), round(float(place), 2))
        for name, (person, place) in zip(names, solution, strict=True)
    }


def _newton(
    design: np.ndarray, classes: np.ndarray, counts: np.ndarray, names: list[str]
) -> np.ndarray:
    """The penalised maximum of the likelihood: a row of two log-odds for each feature."""
    size = len(names)
    expected = np.array([WEIGHTS.get(name, (0.0, 0.0)) for name in names])
    solution = expected.copy()
    for _ in range(12):
        scores = np.c_[design @ solution, np.zeros(len(design))]
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        errors = (chances - _targets(classes, chances))[:, :2] * counts[:, None]
        gradient = design.T @ errors + PENALTY * (solution - expected)
        hessian = PENALTY * np.eye(2 * size)
        for i in range(2):
            for j in range(2):
                curve = counts * chances[:, i] * ((i == j) - chances[:, j])
                hessian[i * size : (i + 1) * size, j * size : (j + 1) * size] += design.T @ (
                    design * curve[:, None]
                )
        step = np.linalg.solve(hessian, gradient.T.reshape(-1)).reshape(2, size).T
        solution -= step
        if abs(step).max() < 0.01:
            break
    return solution


def _targets(classes: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """What each row should be: its class, or for "no place" the model's own view of the rest."""
    targets = np.eye(4)[classes][:, :3]
    no_place = classes == NO_PLACE
    rest = chances[no_place][:, [PERSON, NEITHER]]
    targets[np.ix_(no_place, [PERSON, NEITHER])] = rest / rest.sum(axis=1, keepdims=True)
    return targets


def main() -> None:
    """Fit on the folders of the command line and print the weights."""
    parser, gazetteer = Parser(), Gazetteer()
    samples: list[Sample] = []
    for argument in sys.argv[1:]:
        folder, _, settings = argument.partition("=")
        weight, _, apart = settings.partition(",")
        samples += read(Path(folder), float(weight or 1), apart == "apart", parser, gazetteer)
    weights: dict[str, Weight] = {}
    for _ in range(2):
        weights = fit(samples, weights)
    print("[weights]")
    for name, (person, place) in sorted(weights.items()):
        print(f"{name} = [{person:.2f}, {place:.2f}]")


if __name__ == "__main__":
    main()
