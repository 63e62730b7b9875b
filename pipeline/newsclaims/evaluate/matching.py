"""One-to-one matching of spans: what belongs to what, before anything is counted."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from newsclaims.evaluate.tally import INVENTED, MISSED, Outcome, Side
from newsclaims.gold import Span

_Item = TypeVar("_Item")


class Pair(NamedTuple):
    """Indices into the gold and the found items that were matched."""

    gold: int
    found: int


def shared(one: Span, other: Span) -> int:
    """Number of characters that two spans share; 0 when they touch or lie apart."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def overlapping(golds: Sequence[Span], finds: Sequence[Span]) -> Iterator[Pair]:
    """All pairs of spans that share a character."""
    if not finds:
        return
    by_start = sorted(range(len(finds)), key=lambda index: finds[index].start)
    starts = [finds[index].start for index in by_start]
    longest = max(find.end - find.start for find in finds)
    for number, gold in enumerate(golds):
        first = bisect_left(starts, gold.start - longest)
        for position in range(first, bisect_left(starts, gold.end)):
            if finds[by_start[position]].end > gold.start:
                yield Pair(number, by_start[position])


def match_spans(golds: Sequence[Span], finds: Sequence[Span]) -> list[Pair]:
    """Match spans that share a character, greatest overlap first, ties by start."""
    ranked = sorted(
        overlapping(golds, finds),
        key=lambda pair: (
            -shared(golds[pair.gold], finds[pair.found]),
            *_place(pair, golds, finds),
        ),
    )
    return one_to_one(ranked)


def _place(pair: Pair, golds: Sequence[Span], finds: Sequence[Span]) -> tuple[int, ...]:
    gold, found = golds[pair.gold], finds[pair.found]
    return gold.start, found.start, gold.end, found.end


def match_ranked(candidates: Iterable[tuple[tuple[float, ...], Pair]]) -> list[Pair]:
    """Match the candidate pairs of any items, the least rank first."""
    return one_to_one(pair for _, pair in sorted(candidates))


def one_to_one(ranked: Iterable[Pair]) -> list[Pair]:
    """Take pairs in the order given, each item once; the result is sorted by the gold item."""
    golds: set[int] = set()
    finds: set[int] = set()
    chosen: list[Pair] = []
    for pair in ranked:
        if pair.gold not in golds and pair.found not in finds:
            golds.add(pair.gold)
            finds.add(pair.found)
            chosen.append(pair)
    return sorted(chosen)


def left_over(count: int, matched: Iterable[int]) -> list[int]:
    """The indices under `count` that are not among the matched ones."""
    return sorted(set(range(count)) - set(matched))


def outcomes_of(
    wanted: Sequence[_Item],
    finds: Sequence[_Item],
    pairs: Sequence[Pair],
    of_pair: Callable[[_Item, _Item], Outcome],
    side: Callable[[_Item], Side],
    rule: Callable[[_Item], str | None] = lambda _: None,
) -> list[Outcome]:
    """What became of items: of the matched pairs, then of those missed and those invented."""
    lost = left_over(len(wanted), (pair.gold for pair in pairs))
    made = left_over(len(finds), (pair.found for pair in pairs))
    return [
        *(of_pair(wanted[pair.gold], finds[pair.found]) for pair in pairs),
        *(Outcome(MISSED, side(wanted[index])) for index in lost),
        *(Outcome(INVENTED, None, side(finds[index]), rule(finds[index])) for index in made),
    ]


def only_covered_by(
    finds: Sequence[Span], golds: Sequence[Span], disputed: Sequence[Span]
) -> set[int]:
    """Indices of the finds that share a character with a disputed span and with no gold span."""
    with_disputed = {pair.found for pair in overlapping(disputed, finds)}
    return with_disputed - {pair.found for pair in overlapping(golds, finds)}
