"""Time expressions as TempEval-3 scores them (UzZaman et al. 2013)."""

from collections.abc import Iterable

from newsclaims.evaluate.matching import match_spans, only_covered_by, outcomes_of
from newsclaims.evaluate.tally import (
    BOUNDARY,
    F1,
    KIND,
    RIGHT,
    SCALED_F1,
    WRONG_VALUE,
    LayerScore,
    Outcome,
    Side,
    matches,
)
from newsclaims.gold import Annotations, Span, TimeExpression

METRICS = {"strict": F1, "relaxed": F1, "type": SCALED_F1, "value": SCALED_F1}


def score_dates(gold: Annotations, found: Annotations) -> LayerScore:
    """Score the dates of one article; a null gold type or value is not compared."""
    wanted = _by_span(row for row in gold.dates if not row.optional)
    disputed = [row.span for row in gold.dates if row.optional]
    finds = _by_span(found.dates)
    spared = only_covered_by(_spans(finds), _spans(wanted), disputed)
    finds = [row for index, row in enumerate(finds) if index not in spared]
    matched = match_spans(_spans(wanted), _spans(finds))
    pairs = [(wanted[pair.gold], finds[pair.found]) for pair in matched]
    sizes = len(wanted), len(finds)
    strict = len(set(_spans(wanted)) & set(_spans(finds)))
    typed = [(one, other) for one, other in pairs if one.type is not None]
    valued = [(one, other) for one, other in pairs if _has_value(one)]
    same_type = sum(one.type == other.type for one, other in typed)
    same_value = sum(one.value == other.value for one, other in valued)
    return LayerScore(
        {
            "strict": matches(*sizes, strict),
            "relaxed": matches(*sizes, len(pairs)),
            "type": matches(*sizes, len(pairs), len(typed), same_type),
            "value": matches(*sizes, len(pairs), len(valued), same_value),
        },
        outcomes_of(wanted, finds, matched, _outcome, _side, lambda row: row.rule),
    )


def _by_span(rows: Iterable[TimeExpression]) -> list[TimeExpression]:
    """Rows by span; of several with one span the least by value, whatever the file's order."""
    ordered = sorted(rows, key=lambda row: (str(row.value), str(row.type)), reverse=True)
    by_span = {row.span: row for row in ordered}
    return [by_span[span] for span in sorted(by_span)]


def _spans(rows: Iterable[TimeExpression]) -> list[Span]:
    return [row.span for row in rows]


def _has_value(row: TimeExpression) -> bool:
    """Whether gold fixes a value; INVALID fixes that there is none."""
    return row.value is not None or row.mod == "INVALID"


def _outcome(gold: TimeExpression, found: TimeExpression) -> Outcome:
    if _has_value(gold) and gold.value != found.value:
        verdict = WRONG_VALUE
    elif gold.type is not None and gold.type != found.type:
        verdict = KIND
    else:
        verdict = RIGHT if gold.span == found.span else BOUNDARY
    return Outcome(verdict, _side(gold), _side(found), found.rule)


def _side(row: TimeExpression) -> Side:
    return Side(row.span, " ".join(filter(None, (row.type, row.value or "null", row.mod))))
