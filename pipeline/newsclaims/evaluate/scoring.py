"""Every layer's scorer in one table, and the way from two files to scores."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from newsclaims.dataset import check_file
from newsclaims.evaluate import dates, events, mentions, people, places, roles, statements
from newsclaims.evaluate.statistics import (
    Floats,
    design_counts,
    figures,
    interval,
    resample_counts,
    tally_array,
)
from newsclaims.evaluate.tally import LayerScore, Outcome, Tally
from newsclaims.gold import Annotations, GoldError, Sample, check_gold, read_annotations, refuse
from newsclaims.publishing import MANIFEST, PUBLISHED

Scorer = Callable[[Annotations, Annotations], LayerScore]


class Layer(NamedTuple):
    """How a layer, or a part of one, is scored.

    Attributes:
        metrics: the kind of each metric, by its name.
        part_of: layers that contain it, so that gold which annotates them annotates it.
        main: the metric that says most of it, and a word for it as the head of a column.
        agreed: the metric by which two annotators agree; the first where none is named.
    """

    metrics: Mapping[str, str]
    score: Scorer
    part_of: tuple[str, ...] = ()
    main: tuple[str, str] | None = None
    agreed: str = ""


def _mentions(layer: str, named: str, part_of: tuple[str, ...] = ()) -> Layer:
    score = partial(mentions.score_mentions, layer)
    return Layer(mentions.METRICS, score, part_of, ("strict", named))


LAYERS: Mapping[str, Layer] = {
    "people.mentions": _mentions("people", "people", ("people",)),
    "people": Layer(people.METRICS, people.score_people, agreed="b-cubed"),
    "organisations.mentions": _mentions("organisations", "bodies"),
    "places.mentions": _mentions("places", "places"),
    "places.resolution": Layer(places.METRICS, places.score_places, main=("of-all", "located")),
    "dates": Layer(dates.METRICS, dates.score_dates, main=("value", "dates"), agreed="relaxed"),
    "roles": Layer(roles.METRICS, roles.score_roles, main=("all-four", "roles")),
    "statements": Layer(
        statements.METRICS,
        statements.score_statements,
        main=("whole", "statements"),
        agreed="content",
    ),
    "events.triggers": Layer(
        events.WORDS, events.score_triggers, ("events",), ("overlap", "events")
    ),
    "events.participants": Layer(events.WORDS, events.score_participants, ("events",)),
    "events.place": Layer(events.WORDS, events.score_place, ("events",)),
    "events.date": Layer(events.WORDS, events.score_date, ("events",)),
    "events.status": Layer(events.STATUS, events.score_status, ("events",)),
    "events": Layer(events.WHOLE, events.score_events),
}
"""In the order in which they are shown."""


class Score(NamedTuple):
    """One metric over all articles, with its 95 % interval. NaN where there is nothing to count."""

    layer: str
    metric: str
    kind: str
    tally: Tally
    precision: float
    recall: float
    value: float
    low: float
    high: float
    articles: int

    @property
    def name(self) -> str:
        return f"{self.layer}.{self.metric}"


@dataclass(frozen=True, slots=True)
class LayerResult:
    """One layer, article by article: ids, tallies by metric (a row an article), and outcomes.

    Where gold is a sample of a dataset, `samples` tells how each article was drawn, and tallies are
    weighed by it, so that their sums estimate those of the dataset.
    """

    articles: Sequence[str]
    tallies: Mapping[str, Floats]
    outcomes: Sequence[Sequence[Outcome]]
    samples: Sequence[Sample] = ()

    def resample_counts(self) -> Floats:
        """How often each article counts in each resample that intervals are made of."""
        if self.samples:
            return design_counts(tuple(self.samples))
        return resample_counts(len(self.articles))


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that an evaluation found out.

    `missing` articles are in gold and not in the records, and count as empty; `extra` ones are in
    the records alone, and are ignored.
    """

    figures: Sequence[Score]
    layers: Mapping[str, LayerResult]
    missing: Sequence[str]
    extra: Sequence[str]

    def __getitem__(self, name: str) -> Score:
        """The score of a metric by its name, such as ``dates.value``."""
        for score in self.figures:
            if score.name == name:
                return score
        raise KeyError(name)


def evaluate(gold_path: Path, records_path: Path) -> Scores:
    """Score written records against gold; a folder stands for the file of that name in it.

    Raises `GoldError` for a file that cannot be scored, a different text of one article included.
    """
    return score_articles(read_gold(gold_path), read_records(records_path))


def read_gold(path: Path) -> dict[str, Annotations]:
    """The articles of a gold file, or of a folder's. Raises `GoldError` if it breaks scoring."""
    path = file_in(path, "gold.jsonl")
    refuse(check_gold(path), path)
    return read_annotations(path)


def read_records(path: Path) -> dict[str, Annotations]:
    """The articles of a file of records, or of a folder's. Raises `GoldError` if malformed."""
    return read_annotations(records_file(path))


def records_file(path: Path) -> Path:
    """The file of records that `path` is, or that of the dataset whose folder it is.

    Raises `DatasetError` where it is not the file that the dataset's manifest names.
    """
    if (path / MANIFEST).exists() or (path / PUBLISHED).exists():
        return check_file(path, "records.jsonl")
    return file_in(path, "records.jsonl")


def file_in(path: Path, name: str) -> Path:
    """The path itself, or the file of this name where it is a folder."""
    return path / name if path.is_dir() else path


def score_articles(gold: Mapping[str, Annotations], found: Mapping[str, Annotations]) -> Scores:
    """Score articles by id; see `evaluate`."""
    ids = sorted(gold)
    if len({one.sample is None for one in gold.values()}) > 1:
        raise GoldError("some articles of the gold are drawn samples and others are not")
    pairs = [(gold[article], _counterpart(gold[article], found)) for article in ids]
    layers = {
        name: result
        for name, layer in LAYERS.items()
        if (result := _score_layer(name, layer, pairs)).articles
    }
    return Scores(
        figures=summarise(layers),
        layers=layers,
        missing=[article for article in ids if article not in found],
        extra=sorted(found.keys() - gold.keys()),
    )


def _counterpart(gold: Annotations, found: Mapping[str, Annotations]) -> Annotations:
    records = found.get(gold.id)
    if records is None:
        return Annotations(gold.id, gold.text_sha256)
    if records.text_sha256 != gold.text_sha256:
        raise GoldError(
            f"article {gold.id}: gold and records count the offsets of different texts "
            f"(SHA-256 {gold.text_sha256[:12]}… and {records.text_sha256[:12]}…)"
        )
    return records


def _score_layer(
    name: str, layer: Layer, pairs: Sequence[tuple[Annotations, Annotations]]
) -> LayerResult:
    chosen = [(gold, found) for gold, found in pairs if gold.annotated & {name, *layer.part_of}]
    scored = [layer.score(gold, found) for gold, found in chosen]
    samples = [gold.sample for gold, _ in chosen if gold.sample]
    weights = np.array([[sample.weight] for sample in samples] or 1.0)
    return LayerResult(
        articles=[gold.id for gold, _ in chosen],
        tallies={
            metric: tally_array([one.tallies[metric] for one in scored]) * weights
            for metric in layer.metrics
        },
        outcomes=[one.outcomes for one in scored],
        samples=samples,
    )


def summarise(layers: Mapping[str, LayerResult]) -> list[Score]:
    """The score of every metric over the articles of each layer."""
    scores = []
    for name, result in layers.items():
        counts = result.resample_counts()
        for metric, kind in LAYERS[name].metrics.items():
            scores.append(_summary(name, metric, kind, result.tallies[metric], counts))
    return scores


def _summary(layer: str, metric: str, kind: str, tallies: Floats, counts: Floats) -> Score:
    total = tallies.sum(axis=0)
    precision, recall, value = (float(figure) for figure in figures(kind, total))
    low, high = interval(kind, tallies, counts)
    return Score(
        layer,
        metric,
        kind,
        Tally(*total.tolist()),
        precision,
        recall,
        value,
        low,
        high,
        len(tallies),
    )
