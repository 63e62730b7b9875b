"""Matching is one-to-one, greatest overlap first, and does not depend on order."""

from hypothesis import given
from hypothesis import strategies as st
from newsclaims.evaluate.matching import Pair, match_spans, only_covered_by, overlapping, shared
from newsclaims.gold import Span

spans = st.lists(
    st.builds(
        lambda start, length: Span(start, start + length, "x" * length),
        st.integers(0, 40),
        st.integers(1, 12),
    ),
    unique=True,
    max_size=12,
)


def s(start: int, end: int) -> Span:
    return Span(start, end, "x" * (end - start))


def test_spans_that_touch_share_nothing() -> None:
    assert shared(s(0, 3), s(3, 5)) == 0
    assert shared(s(0, 4), s(3, 5)) == 1
    assert match_spans([s(0, 3)], [s(3, 5)]) == []


def test_greatest_overlap_comes_first() -> None:
    # the first find shares 2 characters with the gold, the second 5
    assert match_spans([s(0, 10)], [s(0, 2), s(5, 10)]) == [Pair(0, 1)]


def test_ties_go_to_the_earlier_start() -> None:
    assert match_spans([s(4, 8)], [s(6, 8), s(4, 6)]) == [Pair(0, 1)]


def test_each_span_is_matched_once() -> None:
    assert match_spans([s(0, 4), s(4, 8)], [s(0, 8)]) == [Pair(0, 0)]
    assert match_spans([s(0, 8)], [s(0, 4), s(4, 8)]) == [Pair(0, 0)]


def test_a_long_find_far_before_is_seen() -> None:
    finds = [s(0, 100), s(10, 11), s(20, 21)]
    assert set(overlapping([s(90, 95)], finds)) == {Pair(0, 0)}


def test_only_disputed_spans_cover() -> None:
    finds = [s(0, 5), s(10, 15), s(20, 25)]
    assert only_covered_by(finds, golds=[s(4, 6)], disputed=[s(0, 5), s(12, 13)]) == {1}


@given(spans, spans)
def test_overlapping_finds_all_pairs(golds: list[Span], finds: list[Span]) -> None:
    expected = {
        Pair(i, j)
        for i, gold in enumerate(golds)
        for j, find in enumerate(finds)
        if gold.start < find.end and find.start < gold.end
    }
    assert set(overlapping(golds, finds)) == expected


@given(spans, spans, st.randoms(use_true_random=False))
def test_order_makes_no_difference(golds: list[Span], finds: list[Span], random: object) -> None:
    matched = {(golds[p.gold], finds[p.found]) for p in match_spans(golds, finds)}
    random.shuffle(golds)  # type: ignore[attr-defined]
    random.shuffle(finds)  # type: ignore[attr-defined]
    assert {(golds[p.gold], finds[p.found]) for p in match_spans(golds, finds)} == matched


@given(spans)
def test_spans_match_themselves(golds: list[Span]) -> None:
    apart = [span for span in golds if not any(shared(span, o) for o in golds if o != span)]
    assert match_spans(apart, apart) == [Pair(index, index) for index in range(len(apart))]
