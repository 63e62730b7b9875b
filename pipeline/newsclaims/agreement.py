"""How far two annotators agree: F1 by layer, and Krippendorff's alpha, which takes off chance.

Alpha (Krippendorff 2018, nominal) is counted over the words of the articles that both annotated:
each word's label says which row's span, of which kind, it begins or goes on with. Of spans that
both marked alike, the values are compared in rows of their own.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsclaims.errors import UsageError
from newsclaims.evaluate import Scores, score_articles
from newsclaims.evaluate.scoring import LAYERS as SCORED
from newsclaims.evaluate.scoring import read_gold
from newsclaims.gold import Annotations, Entity, Span, texts_beside

_WORD = re.compile(r"\w+|[^\w\s]")
_OUTSIDE = ""

Labelled = Mapping[Span, str]


class Agreement(NamedTuple):
    """Two annotators on one layer. `units` are the words, or spans, that alpha is counted over.

    `f1` takes the first as gold, which makes no difference to it; NaN where a layer has no figure.
    """

    layer: str
    articles: int
    f1: float
    alpha: float
    units: int


def agreement(one: Path, other: Path) -> list[Agreement]:
    """Compare two gold files on the articles and layers that both annotate.

    Raises `newsclaims.gold.GoldError` for a file that cannot be scored or another text of an
    article, `UsageError` when nothing is annotated by both.
    """
    first, second = read_gold(one), read_gold(other)
    texts = texts_beside(one) | texts_beside(other)
    pairs = [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]
    if not any(_layers(*pair) for pair in pairs):
        raise UsageError(f"no layer of an article is annotated in both {one} and {other}")
    found: list[Agreement] = []
    for layer in _ALPHAS:
        chosen = [pair for pair in pairs if layer in _layers(*pair)]
        if chosen:
            found += _compare(layer, chosen, texts)
    return found


def _layers(one: Annotations, other: Annotations) -> list[str]:
    return [
        name
        for name, layer in SCORED.items()
        if all(side.annotated & {name, *layer.part_of} for side in (one, other))
    ]


def _compare(
    layer: str, pairs: Sequence[tuple[Annotations, Annotations]], texts: Mapping[str, str]
) -> Iterator[Agreement]:
    scores = score_articles({a.id: a for a, _ in pairs}, {b.id: b for _, b in pairs})
    by_words, by_spans = _ALPHAS.get(layer, (None, {}))
    if not by_words and not by_spans:
        yield Agreement(layer, len(pairs), _f1(scores, layer), math.nan, 0)
    if by_words:
        labels: list[tuple[str, str]] = []
        for a, b in pairs:
            text = a.text or b.text or texts.get(a.id)
            if text is None:
                raise UsageError(f"article {a.id} has no text, over whose words alpha is counted")
            labels += zip(_by_word(text, by_words(a)), _by_word(text, by_words(b)), strict=True)
        yield Agreement(layer, len(pairs), _f1(scores, layer), alpha(labels), len(labels))
    for name, labelled in by_spans.items():
        both = [
            (mine[span], theirs[span])
            for a, b in pairs
            for mine, theirs in [(labelled(a), labelled(b))]
            for span in sorted(mine.keys() & theirs.keys())
        ]
        f1 = math.nan if by_words else _f1(scores, layer)
        yield Agreement(f"{layer} {name}", len(pairs), f1, alpha(both), len(both))


def _f1(scores: Scores, layer: str) -> float:
    figures = [score for score in scores.figures if score.layer == layer]
    agreed = SCORED[layer].agreed or figures[0].metric
    return next(score.value for score in figures if score.metric == agreed)


def alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Nominal alpha of two annotators' labels of the same units; NaN where all labels are one.

    One less the disagreement observed over that expected if the same labels were dealt out by
    chance (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", B).
    """
    _, labels = np.unique(np.array(pairs).ravel(), return_inverse=True)
    values = np.bincount(labels)  # how often each label was given
    if len(values) < 2:
        return math.nan
    one, other = labels.reshape(-1, 2).T
    observed = float((one != other).mean())
    total = float(values.sum())
    expected = (total**2 - float((values.astype(float) ** 2).sum())) / (total * (total - 1))
    return 1 - observed / expected


def _by_word(text: str, spans: Sequence[tuple[Span, str]]) -> list[str]:
    """The label of each word: that of the longest span over it, and whether it begins there."""
    words = list(_WORD.finditer(text))
    labels = [_OUTSIDE] * len(words)
    starts = [word.start() for word in words]
    for span, label in sorted(spans, key=lambda item: (item[0].start - item[0].end, item)):
        inside = np.searchsorted(starts, [span.start, span.end])
        for place, index in enumerate(range(*inside)):
            if labels[index] == _OUTSIDE:
                labels[index] = f"{'I' if place else 'B'}-{label}"
    return labels


def _mentions(layer: str) -> Callable[[Annotations], list[tuple[Span, str]]]:
    return lambda article: [
        (mention.span, layer) for row in _rows(article, layer) for mention in row.mentions
    ]


def _rows(article: Annotations, layer: str) -> Sequence[Entity]:
    rows: Sequence[Entity] = getattr(article, layer)
    return rows


def _who(article: Annotations) -> Labelled:
    """Each mention of a person -> the first mention of the row, which names the person."""
    return {
        mention.span: f"{article.id} {min(other.span for other in row.mentions).start}"
        for row in article.people
        for mention in row.mentions
    }


def _where(article: Annotations) -> Labelled:
    """Each mention of a place -> its coordinates to a tenth of a degree, or none."""
    return {
        mention.span: "none"
        if row.latitude is None or row.longitude is None
        else f"{row.latitude:.1f} {row.longitude:.1f}"
        for row in article.places
        for mention in row.mentions
    }


def _dates(article: Annotations) -> list[tuple[Span, str]]:
    return [(row.span, str(row.type)) for row in article.dates]


def _values(article: Annotations) -> Labelled:
    return {row.span: f"{row.value} {row.mod or ''}" for row in article.dates}


def _roles(article: Annotations) -> list[tuple[Span, str]]:
    titles = [(row.title, "title") for row in article.roles]
    bodies = [(row.organisation, "organisation") for row in article.roles if row.organisation]
    return [*titles, *bodies]


def _statuses(article: Annotations) -> Labelled:
    return {row.title: row.status for row in article.roles}


def _statements(article: Annotations) -> list[tuple[Span, str]]:
    contents = [(span, "content") for row in article.statements for span in row.content]
    return [*contents, *((row.source, "source") for row in article.statements if row.source)]


_ALPHAS: Mapping[str, tuple[Any, Mapping[str, Callable[[Annotations], Labelled]]]] = {
    "people.mentions": (_mentions("people"), {}),
    "people": (None, {"same row": _who}),
    "organisations.mentions": (_mentions("organisations"), {}),
    "places.mentions": (_mentions("places"), {}),
    "places.resolution": (None, {"coordinates": _where}),
    "dates": (_dates, {"value": _values}),
    "roles": (_roles, {"status": _statuses}),
    "statements": (_statements, {}),
}
"""Of each layer: the spans whose labels words take, and values compared where spans are equal.

Of other layers F1 alone tells how far two annotators agree.
"""


def describe(found: Sequence[Agreement]) -> Iterator[str]:
    """The agreement as lines of a table."""
    yield f"{'layer':<28}{'F1':>7}{'alpha':>9}{'units':>9}{'articles':>10}"
    for one in found:
        f1 = "" if math.isnan(one.f1) else f"{100 * one.f1:.1f}"
        value = "" if math.isnan(one.alpha) else f"{one.alpha:.3f}"
        yield f"{one.layer:<28}{f1:>7}{value:>9}{one.units:>9}{one.articles:>10}"
