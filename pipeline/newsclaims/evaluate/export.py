"""An evaluation as data for other programs: one JSON document, or one CSV table."""

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newsclaims.evaluate.evaluation import Evaluation
from newsclaims.evaluate.judged import Precision
from newsclaims.evaluate.scoring import Score
from newsclaims.evaluate.tally import SCALED_F1, SHARE

EXAMPLES = 3  # of each class of error in JSON


def to_json(evaluation: Evaluation) -> str:
    """All of it as indented JSON; figures have 4 digits, one that cannot be made is null."""
    scores = evaluation.scores
    data: dict[str, Any] = {
        "layers": _layers_json(scores.figures),
        "missing_articles": list(scores.missing),
        "extra_articles": list(scores.extra),
        "errors": _errors_json(evaluation),
        "rules": [_rounded(rule._asdict()) for rule in evaluation.rules],
    }
    if evaluation.slices:
        data["slices"] = [
            {"column": part.column, "value": part.value, "layers": _layers_json(part.figures)}
            for part in evaluation.slices
        ]
    if evaluation.differences:
        data["differences"] = [_rounded(item._asdict()) for item in evaluation.differences]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def precisions_to_json(found: Iterable[Precision]) -> str:
    """Precisions of judged rows as an indented JSON list."""
    rows = [_rounded(one._asdict()) for one in found]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def precisions_to_csv(found: Iterable[Precision]) -> str:
    """Precisions of judged rows as a CSV table."""
    return _csv(Precision._fields, (one._asdict() for one in found))


def _layers_json(figures: Sequence[Score]) -> dict[str, Any]:
    layers: dict[str, Any] = {}
    for score in figures:
        layer = layers.setdefault(score.layer, {"articles": score.articles, "metrics": {}})
        layer["metrics"][score.metric] = _score_json(score)
    return layers


def _score_json(score: Score) -> dict[str, Any]:
    tally = score.tally
    spread = {"low": score.low, "high": score.high}
    compared = {"compared": tally.compared, "agreed": tally.agreed}
    if score.kind == SHARE:
        return {**_rounded({"share": score.value, **spread}), **_counts(compared)}
    counts = {"gold": tally.gold, "found": tally.found}
    counts |= {"recalled": tally.recalled, "precise": tally.precise}
    if score.kind == SCALED_F1:
        counts |= compared
    prf = {"precision": score.precision, "recall": score.recall, "f1": score.value}
    return {**_rounded({**prf, **spread}), **_counts(counts)}


def _counts(values: Mapping[str, float]) -> dict[str, float]:
    """Counts as whole numbers where they are; those of B-cubed are sums of shares."""
    return {
        name: int(value) if float(value).is_integer() else round(value, 4)
        for name, value in values.items()
    }


def _errors_json(evaluation: Evaluation) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for item in evaluation.errors:
        found = [one for one in evaluation.examples[item.layer] if one.error == item.error]
        errors.setdefault(item.layer, {})[item.error] = {
            "count": item.number,
            "examples": [example._asdict() for example in found[:EXAMPLES]],
        }
    return errors


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _round(value) for name, value in values.items()}


def _round(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if math.isnan(value) else round(value, 4)


_CSV_FIELDS = (
    "part",  # scores, slice, difference, errors or rules
    "slice",
    "layer",
    "name",  # of the metric, class of error, or rule
    *("precision", "recall", "value", "low", "high"),
    *("right", "gold", "found", "articles"),
    *("other", "difference", "p"),
)


def to_csv(evaluation: Evaluation) -> str:
    """All of it as one CSV table; cells that do not apply are empty."""
    return _csv(_CSV_FIELDS, _csv_rows(evaluation))


def _csv(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        rounded = _rounded(row)
        writer.writerow({name: value for name, value in rounded.items() if value is not None})
    return out.getvalue()


def _csv_rows(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    yield from (_csv_score("scores", "", score) for score in evaluation.scores.figures)
    for part in evaluation.slices:
        where = f"{part.column}={part.value}"
        yield from (_csv_score("slice", where, score) for score in part.figures)
    for d in evaluation.differences:
        yield {
            "part": "difference",
            "layer": d.layer,
            "name": d.metric,
            "value": d.ours,
            "other": d.theirs,
            "difference": d.difference,
            "low": d.low,
            "high": d.high,
            "p": d.p,
        }
    for e in evaluation.errors:
        yield {"part": "errors", "layer": e.layer, "name": e.error, "value": e.number}
    for r in evaluation.rules:
        yield {
            "part": "rules",
            "layer": r.layer,
            "name": r.rule,
            "precision": r.precision,
            "low": r.low,
            "high": r.high,
            "right": r.right,
            "found": r.finds,
        }


def _csv_score(part: str, where: str, score: Score) -> dict[str, Any]:
    """A score as a row; of a share, `gold` holds what it is a share of."""
    tally = score.tally
    right = tally.precise if score.kind not in (SHARE, SCALED_F1) else tally.agreed
    counts = {"right": right, "gold": tally.gold, "found": tally.found}
    if score.kind == SHARE:
        counts = {"right": right, "gold": tally.compared}
    return {
        "part": part,
        "slice": where,
        "layer": score.layer,
        "name": score.metric,
        "precision": score.precision,
        "recall": score.recall,
        "value": score.value,
        "low": score.low,
        "high": score.high,
        "articles": score.articles,
        **_counts(counts),
    }
