"""Statements: content by intersection over union, then source and speaker given the content.

Beside all statements, speech alone and each kind are scored: recall over the gold rows of the kind,
precision over the finds that say they are of it, whatever kind the other side of a pair is of.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from newsclaims.evaluate.matching import Pair, match_ranked, outcomes_of, overlapping, shared
from newsclaims.evaluate.mentions import bare
from newsclaims.evaluate.tally import (
    BOUNDARY,
    F1,
    RIGHT,
    SHARE,
    WRONG_LINK,
    WRONG_SLOT,
    LayerScore,
    Outcome,
    Side,
    Tally,
    matches,
    share,
)
from newsclaims.gold import Annotations, Span, Statement

METRICS = {
    "content-strict": F1,
    "content": F1,
    "source-given-content": SHARE,
    "whole": F1,
    "speaker-given-content": SHARE,
    "speaker-given-content-of-pronouns": SHARE,
    "speaker-given-content-of-speech": SHARE,
    **{
        f"{part}-{metric}": F1
        for part in ("speech", "direct", "mixed", "indirect")
        for metric in ("content", "whole")
    },
}

SAME_CONTENT = 0.5  # least intersection over union


def score_statements(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the statements of one article."""
    wanted = _unique(row for row in gold.statements if not row.optional)
    disputed = [row for row in gold.statements if row.optional and row.content]
    finds = _unique(found.statements)
    only_disputed = {pair.found for pair in _sharing(disputed, finds)}
    only_disputed -= {pair.found for pair in _sharing(wanted, finds)}
    finds = [row for index, row in enumerate(finds) if index not in only_disputed]
    candidates = _candidates(wanted, finds)
    close = [(rank, pair) for rank, pair in candidates if -rank[0] >= SAME_CONTENT]
    pairs = [(wanted[pair.gold], finds[pair.found]) for pair in match_ranked(close)]
    equal = [
        (rank, pair) for rank, pair in close if _same_content(wanted[pair.gold], finds[pair.found])
    ]
    sourced = [pair for pair in pairs if same_source(*pair)]
    speakers = [
        (pair[0], same) for pair in pairs if (same := _same_speaker(gold, found, *pair)) is not None
    ]
    sizes = len(wanted), len(finds)
    return LayerScore(
        {
            "content-strict": matches(*sizes, len(match_ranked(equal))),
            "content": matches(*sizes, len(pairs)),
            "source-given-content": share(len(pairs), len(sourced)),
            "whole": matches(*sizes, len(sourced)),
            "speaker-given-content": _share_of(speakers, lambda _: True),
            "speaker-given-content-of-pronouns": _share_of(speakers, _is_pronoun),
            "speaker-given-content-of-speech": _share_of(speakers, _is_speech),
            **_tallies_of_parts(wanted, finds, {"content": pairs, "whole": sourced}),
        },
        _outcomes(wanted, finds, match_ranked(candidates), gold, found),
    )


_Pairs = Sequence[tuple[Statement, Statement]]
_PRONOUNS = frozenset({"he", "him", "she", "her", "it", "they", "them"})
_SINGLE = "'‘’"
_DOUBLE = ('"', "“", "”", "„", "«", "»", "''", "``")


def _share_of(
    speakers: Sequence[tuple[Statement, bool]], belongs: Callable[[Statement], bool]
) -> Tally:
    """How many of the gold statements that belong have the right speaker."""
    right = [same for row, same in speakers if belongs(row)]
    return share(len(right), sum(right))


def _is_pronoun(row: Statement) -> bool:
    return row.source is not None and row.source.text.lower() in _PRONOUNS


def _is_speech(row: Statement) -> bool:
    return row.sort == "speech"


def _tallies_of_parts(
    wanted: Sequence[Statement], finds: Sequence[Statement], pairs: Mapping[str, _Pairs]
) -> dict[str, Tally]:
    """Speech, where the gold sorts its statements, and each kind."""
    parts = {kind: _is_of_kind(kind) for kind in ("direct", "mixed", "indirect")}
    parts["speech"] = _is_speech if all(row.sort for row in wanted) else lambda _: False
    return {
        f"{part}-{metric}": _tally_of(wanted, finds, same, belongs)
        for part, belongs in parts.items()
        for metric, same in pairs.items()
    }


def _tally_of(
    wanted: Sequence[Statement],
    finds: Sequence[Statement],
    pairs: _Pairs,
    belongs: Callable[[Statement], bool],
) -> Tally:
    return Tally(
        gold=sum(map(belongs, wanted)),
        found=sum(map(belongs, finds)),
        recalled=sum(belongs(one) for one, _ in pairs),
        precise=sum(belongs(other) for _, other in pairs),
    )


def _is_of_kind(kind: str) -> Callable[[Statement], bool]:
    return lambda row: (row.kind or _kind_by_marks(row)) == kind


def _kind_by_marks(row: Statement) -> str:
    """The kind that the quotation marks of the content tell."""
    texts = [span.text for span in row.content]
    marks = (*_DOUBLE, *_SINGLE)
    if all(text.startswith(marks) and text.endswith(marks) for text in texts):
        return "direct"
    quoted = any(mark in text for text in texts for mark in _DOUBLE)
    return (
        "mixed" if quoted or any(text.startswith(tuple(_SINGLE)) for text in texts) else "indirect"
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


def _sharing(golds: Sequence[Statement], finds: Sequence[Statement]) -> set[Pair]:
    """All pairs of statements whose contents share a character."""
    owned = [(span, index) for index, row in enumerate(golds) for span in row.content]
    taken = [(span, index) for index, row in enumerate(finds) for span in row.content]
    pairs = overlapping([span for span, _ in owned], [span for span, _ in taken])
    return {Pair(owned[pair.gold][1], taken[pair.found][1]) for pair in pairs}


def _candidates(
    golds: Sequence[Statement], finds: Sequence[Statement]
) -> list[tuple[tuple[float, ...], Pair]]:
    """Pairs that may be matched: greatest intersection over union first, ties by start."""
    return [
        (
            (
                -intersection_over_union(golds[pair.gold], finds[pair.found]),
                golds[pair.gold].content[0].start,
                finds[pair.found].content[0].start,
                not same_source(golds[pair.gold], finds[pair.found]),
            ),
            pair,
        )
        for pair in _sharing(golds, finds)
    ]


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
    wanted: list[Statement],
    finds: list[Statement],
    pairs: list[Pair],
    gold: Annotations,
    found: Annotations,
) -> list[Outcome]:
    """What became of each statement; `pairs` share any character of content."""

    def of_pair(one: Statement, other: Statement) -> Outcome:
        verdict = _verdict(one, other, gold, found)
        return Outcome(verdict, _side(one), _side(other), other.rule)

    return outcomes_of(wanted, finds, pairs, of_pair, _side, lambda row: row.rule)


def _verdict(one: Statement, other: Statement, gold: Annotations, found: Annotations) -> str:
    if intersection_over_union(one, other) < SAME_CONTENT:
        return BOUNDARY
    if not same_source(one, other):
        return WRONG_SLOT
    if _same_speaker(gold, found, one, other) is False:
        return WRONG_LINK
    return RIGHT if _same_content(one, other) else BOUNDARY


def _same_content(one: Statement, other: Statement) -> bool:
    """Whether the bounds are the same: a dataset written without texts has no words of content."""
    return [span[:2] for span in one.content] == [span[:2] for span in other.content]


def _side(row: Statement) -> Side:
    source = row.source.text if row.source else "-"
    return Side(row.content[0], f"{source}: {' … '.join(span.text for span in row.content)}")
