"""Statements: content by intersection over union, then source and speaker given the content."""

from collections.abc import Iterable

from pipeline.evaluate.matching import match_best, shared
from pipeline.evaluate.mentions import bare
from pipeline.evaluate.tally import (
    BOUNDARY,
    F1,
    INVENTED,
    MISSED,
    RIGHT,
    SHARE,
    WRONG_LINK,
    WRONG_SLOT,
    LayerScore,
    Outcome,
    Side,
    matches,
    share,
)
from pipeline.gold import Annotations, Span, Statement

METRICS = {
    "content-strict": F1,
    "content": F1,
    "source-given-content": SHARE,
    "whole": F1,
    "speaker-given-content": SHARE,
}

SAME_CONTENT = 0.5  # least intersection over union


def score_statements(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the statements of one article."""
    wanted = _unique(row for row in gold.statements if not row.optional)
    disputed = [row for row in gold.statements if row.optional]
    finds = [
        row
        for row in _unique(found.statements)
        if not any(_overlap(row, other) for other in disputed)
        or any(_overlap(row, other) for other in wanted)
    ]
    matched = match_best(wanted, finds, _rank)
    pairs = [(wanted[pair.gold], finds[pair.found]) for pair in matched]
    sourced = [pair for pair in pairs if same_source(*pair)]
    speakers = [_same_speaker(gold, found, *pair) for pair in pairs]
    sizes = len(wanted), len(finds)
    strict = match_best(wanted, finds, _rank_strict)
    return LayerScore(
        {
            "content-strict": matches(*sizes, len(strict)),
            "content": matches(*sizes, len(pairs)),
            "source-given-content": share(len(pairs), len(sourced)),
            "whole": matches(*sizes, len(sourced)),
            "speaker-given-content": share(
                sum(same is not None for same in speakers), sum(same is True for same in speakers)
            ),
        },
        _outcomes(wanted, finds, gold, found),
    )


def _unique(rows: Iterable[Statement]) -> list[Statement]:
    """Rows in text order; content with the same source given twice is there once."""
    ordered = sorted(
        (row for row in rows if row.content),
        key=lambda row: (row.content, row.source or (), str(row.speaker)),
    )
    return list({(row.content, row.source): row for row in reversed(ordered)}.values())[::-1]


def intersection_over_union(one: Statement, other: Statement) -> float:
    """Characters that both contents hold, over those that either holds."""
    common = sum(shared(a, b) for a in one.content for b in other.content)
    union = sum(span.end - span.start for span in (*one.content, *other.content)) - common
    return common / union if union else 0.0


def _overlap(one: Statement, other: Statement) -> bool:
    return any(shared(a, b) for a in one.content for b in other.content)


def _rank_any(gold: Statement, found: Statement) -> tuple[float, ...] | None:
    """Order of candidates for matching: greatest intersection over union, then by start."""
    overlap = intersection_over_union(gold, found)
    if not overlap:
        return None
    return (-overlap, -same_source(gold, found), gold.content[0].start, found.content[0].start)


def _rank(gold: Statement, found: Statement) -> tuple[float, ...] | None:
    rank = _rank_any(gold, found)
    return rank if rank and -rank[0] >= SAME_CONTENT else None


def _rank_strict(gold: Statement, found: Statement) -> tuple[float, ...] | None:
    return _rank(gold, found) if gold.content == found.content else None


def same_source(gold: Statement, found: Statement) -> bool:
    """Whether the sources share a character; null matches only null."""
    if gold.source is None or found.source is None:
        return gold.source is found.source
    return shared(gold.source, found.source) > 0


def _same_speaker(
    gold: Annotations, found: Annotations, one: Statement, other: Statement
) -> bool | None:
    """Whether the speakers' rows share a mention; None where gold names no speaker."""
    if one.speaker is None:
        return None
    return bool(_mentions(gold, one.speaker) & _mentions(found, other.speaker))


def _mentions(article: Annotations, row_id: str | None) -> set[Span]:
    row = article.entity(row_id)
    return {bare(mention.span) for mention in row.mentions} if row else set()


def _outcomes(
    wanted: list[Statement], finds: list[Statement], gold: Annotations, found: Annotations
) -> list[Outcome]:
    """Pairs by any common character; under half of the union is a matter of boundary."""
    pairs = match_best(wanted, finds, _rank_any)
    outcomes = [
        Outcome(
            _verdict(wanted[pair.gold], finds[pair.found], gold, found),
            _side(wanted[pair.gold]),
            _side(finds[pair.found]),
            finds[pair.found].rule,
        )
        for pair in pairs
    ]
    lost = set(range(len(wanted))) - {pair.gold for pair in pairs}
    made = set(range(len(finds))) - {pair.found for pair in pairs}
    outcomes += [Outcome(MISSED, _side(wanted[index])) for index in sorted(lost)]
    outcomes += [
        Outcome(INVENTED, None, _side(finds[index]), finds[index].rule) for index in sorted(made)
    ]
    return outcomes


def _verdict(one: Statement, other: Statement, gold: Annotations, found: Annotations) -> str:
    if intersection_over_union(one, other) < SAME_CONTENT:
        return BOUNDARY
    if not same_source(one, other):
        return WRONG_SLOT
    if _same_speaker(gold, found, one, other) is False:
        return WRONG_LINK
    return RIGHT if one.content == other.content else BOUNDARY


def _side(row: Statement) -> Side:
    source = row.source.text if row.source else "-"
    return Side(row.content[0], f"{source}: {' … '.join(span.text for span in row.content)}")
