"""Mentions of people, organisations and places: strict and overlap, wherever they are grouped."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsclaims.evaluate.matching import Pair, left_over, match_spans, only_covered_by, overlapping
from newsclaims.evaluate.tally import (
    BOUNDARY,
    F1,
    INVENTED,
    KIND,
    MISSED,
    RIGHT,
    LayerScore,
    Outcome,
    Side,
    matches,
)
from newsclaims.gold import Annotations, Entity, Span
from newsclaims.schema import MENTIONED

METRICS = {"strict": F1, "overlap": F1}

_THE = re.compile(r"the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])$", re.IGNORECASE)


def bare(span: Span) -> Span:
    """The span without a leading "the" and a final possessive, unless nothing would remain."""
    start, end = span.start, span.end
    if the := _THE.match(span.text):
        start += the.end()
    if possessive := _POSSESSIVE.search(span.text):
        end -= len(possessive[0])
    if start >= end:
        return span
    return Span(start, end, span.text[start - span.start : end - span.start])


class Marked(NamedTuple):
    """A mention's bare span, the row it belongs to, and the rule that found it."""

    span: Span
    row: Entity
    rule: str | None


def marked(rows: Iterable[Entity], *, optional: bool = False) -> list[Marked]:
    """The mentions of the rows that are (not) optional, by start; a span given twice once."""
    mentions = {
        (span := bare(mention.span)): Marked(span, row, mention.rule)
        for row in sorted(rows, key=_stable, reverse=True)
        if row.optional is optional
        for mention in row.mentions
    }
    return [mentions[span] for span in sorted(mentions)]


def _stable(row: Entity) -> tuple[object, ...]:
    """An order of rows, whatever the file's: of two with one span the same one always wins."""
    spans = sorted(mention.span for mention in row.mentions)
    return spans, row.name, str(row.latitude), str(row.longitude)


def spans_of(items: Sequence[Marked]) -> list[Span]:
    """The bare spans of the mentions."""
    return [item.span for item in items]


class Matched(NamedTuple):
    """The mentions of one kind in one article that count, and which overlap one-to-one."""

    wanted: list[Marked]
    finds: list[Marked]
    pairs: list[Pair]


def match_mentions(kind: str, gold: Annotations, found: Annotations) -> Matched:
    """Match mentions by overlap; disputed ones and the finds that only they cover are left out."""
    wanted = marked(getattr(gold, kind))
    disputed = marked(getattr(gold, kind), optional=True)
    finds = marked(getattr(found, kind))
    spared = only_covered_by(spans_of(finds), spans_of(wanted), spans_of(disputed))
    finds = [item for index, item in enumerate(finds) if index not in spared]
    return Matched(wanted, finds, match_spans(spans_of(wanted), spans_of(finds)))


def score_mentions(kind: str, gold: Annotations, found: Annotations) -> LayerScore:
    """Score the mentions of `kind` ("people", "organisations", "places") in one article."""
    wanted, finds, pairs = match_mentions(kind, gold, found)
    strict = set(spans_of(wanted)) & set(spans_of(finds))
    return LayerScore(
        {
            "strict": matches(len(wanted), len(finds), len(strict)),
            "overlap": matches(len(wanted), len(finds), len(pairs)),
        },
        list(_outcomes(kind, gold, found, Matched(wanted, finds, pairs))),
    )


def _outcomes(
    kind: str, gold: Annotations, found: Annotations, matched: Matched
) -> Iterator[Outcome]:
    """What became of each mention. An equal span is right even where overlap matched another."""
    right = set(spans_of(matched.wanted)) & set(spans_of(matched.finds))
    wanted = [item for item in matched.wanted if item.span not in right]
    finds = [item for item in matched.finds if item.span not in right]
    for item in matched.finds:
        if item.span in right:
            yield Outcome(RIGHT, Side(item.span), Side(item.span), item.rule)
    pairs = match_spans(spans_of(wanted), spans_of(finds))
    for pair in pairs:
        find = finds[pair.found]
        yield Outcome(BOUNDARY, Side(wanted[pair.gold].span), Side(find.span), find.rule)
    lost = left_over(len(wanted), (pair.gold for pair in pairs))
    elsewhere = _other_kinds(kind, [wanted[index].span for index in lost], found)
    for index, other in zip(lost, elsewhere, strict=True):
        span = wanted[index].span
        detail = f"found among {other}" if other else ""
        yield Outcome(KIND if other else MISSED, Side(span), detail=detail)
    made = left_over(len(finds), (pair.found for pair in pairs))
    elsewhere = _other_kinds(kind, [finds[index].span for index in made], gold)
    for index, other in zip(made, elsewhere, strict=True):
        find = finds[index]
        detail = f"gold has it among {other}" if other else ""
        yield Outcome(KIND if other else INVENTED, None, Side(find.span), find.rule, detail)


def _other_kinds(kind: str, spans: Sequence[Span], article: Annotations) -> list[str | None]:
    """For each span the first kind of entity, not `kind`, that has a mention there."""
    found: list[str | None] = [None] * len(spans)
    for other in MENTIONED:
        rows = getattr(article, other) if other != kind else ()
        mentions = [mention.span for row in rows for mention in row.mentions]
        for index, _ in overlapping(spans, mentions):
            found[index] = found[index] or other
    return found
