"""How mentions of people are grouped: B-cubed and exact rows.

B-cubed is that of Bagga and Baldwin (1998): for each mention, the share of its row on one side that
is in its row on the other, averaged over mentions. ``b-cubed`` looks only at the mentions that both
sides have, so it measures grouping alone; in ``b-cubed-of-all`` a mention that the other side lacks
scores 0, so it measures finding and grouping together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from newsclaims.evaluate.matching import Pair, match_ranked, outcomes_of
from newsclaims.evaluate.mentions import bare, match_mentions
from newsclaims.evaluate.tally import (
    F1,
    RIGHT,
    WRONG_LINK,
    LayerScore,
    Outcome,
    Side,
    Tally,
    matches,
)
from newsclaims.gold import Annotations, Entity, Span

METRICS = {"b-cubed": F1, "b-cubed-of-all": F1, "rows": F1}

Row = frozenset[Span]


def score_people(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the grouping of mentions into people in one article. Disputed rows count nowhere."""
    wanted, finds, _ = match_mentions("people", gold, found)
    gold_rows = _rows(gold.people, {item.span for item in wanted})
    found_rows = _rows(found.people, {item.span for item in finds})
    return LayerScore(
        {
            "b-cubed": b_cubed(*_common(gold_rows, found_rows)),
            "b-cubed-of-all": b_cubed(gold_rows, found_rows),
            "rows": matches(len(gold_rows), len(found_rows), len(gold_rows & found_rows)),
        },
        _outcomes(gold_rows, found_rows),
    )


def _rows(people: Iterable[Entity], counted: set[Span]) -> set[Row]:
    """Rows as sets of the bare spans that count. A span in two rows stays in the first of them."""
    rows: set[Row] = set()
    taken: set[Span] = set()
    candidates = [
        {bare(mention.span) for mention in row.mentions} for row in people if not row.optional
    ]
    for spans in sorted(candidates, key=sorted):
        row = frozenset((spans & counted) - taken)
        taken |= row
        if row:
            rows.add(row)
    return rows


def _common(gold: set[Row], found: set[Row]) -> tuple[set[Row], set[Row]]:
    both = set().union(*gold) & set().union(*found)
    return {row & both for row in gold} - {frozenset()}, {row & both for row in found} - {
        frozenset()
    }


def b_cubed(gold: set[Row], found: set[Row]) -> Tally:
    """Sums over mentions for B-cubed precision and recall of two groupings."""
    gold_of = {span: row for row in gold for span in row}
    found_of = {span: row for row in found for span in row}
    return Tally(
        gold=len(gold_of),
        found=len(found_of),
        recalled=_overlap_sum(gold_of, found_of),
        precise=_overlap_sum(found_of, gold_of),
    )


def _overlap_sum(own: Mapping[Span, Row], other: Mapping[Span, Row]) -> float:
    """Sum over the mentions of `own` of the share of their row that the other row holds."""

    @cache  # two long rows meet in each of their mentions
    def share(row: Row, counterpart: Row) -> float:
        return len(row & counterpart) / len(row)

    return sum(share(own[span], other[span]) for span in sorted(own.keys() & other.keys()))


def _outcomes(gold: set[Row], found: set[Row]) -> list[Outcome]:
    """Rows paired by most shared mentions."""
    golds, finds = sorted(gold, key=sorted), sorted(found, key=sorted)
    found_of = {span: index for index, row in enumerate(finds) for span in row}
    common = Counter(
        Pair(index, found_of[span])
        for index, row in enumerate(golds)
        for span in row
        if span in found_of
    )
    gold_starts, starts = ([min(row).start for row in rows] for rows in (golds, finds))
    pairs = match_ranked(
        ((-count, gold_starts[pair.gold], starts[pair.found]), pair)
        for pair, count in common.items()
    )
    return outcomes_of(golds, finds, pairs, _outcome, _side)


def _outcome(one: Row, other: Row) -> Outcome:
    return Outcome(RIGHT if one == other else WRONG_LINK, _side(one), _side(other))


def _side(row: Row) -> Side:
    spans = sorted(row)
    return Side(spans[0], " = ".join(f"{span.text}@{span.start}" for span in spans))
