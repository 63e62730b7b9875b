"""Gold and the evaluation against it, added to what the page shows."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsclaims.evaluate import ERROR_CLASSES, RIGHT, Evaluation, Outcome, Side, assess
from newsclaims.gold import check_gold, json_lines, read_annotations, refuse
from newsclaims.report.offsets import browser_offsets
from newsclaims.report.rows import PageRows
from newsclaims.schema import HEAD, LAYERS

# A letter for each class of error, so that colour is never all that tells them apart.
LETTERS: Mapping[str, str] = {
    "missed": "M",
    "invented": "I",
    "boundary": "B",
    "kind": "K",
    "wrong value": "V",
    "wrong slot": "S",
    "wrong link": "L",
}


def add_gold(data: dict[str, Any], folder: Path, gold: Path) -> None:
    """Add gold rows to the articles, and scores and errors to the page.

    An article that gold alone has is shown where gold carries its text. Raises `GoldError` for
    files that cannot be scored.
    """
    gold = _file(gold)
    evaluation = assess(gold, folder)
    by_id = {article["id"]: article for article in data["articles"]}
    for _, line in json_lines(gold):
        article_id = line["article"]["id"]
        if article_id not in by_id and line.get("text"):
            head = {name: line["article"].get(name) for name in HEAD}
            by_id[article_id] = {**head, "text": line["text"], "rows": [], "missing": True}
            data["articles"].append(by_id[article_id])
        if article_id in by_id:
            article = by_id[article_id]
            chosen = _annotated(line)
            rows = PageRows(chosen, article["text"], _lines(article["text"]))
            article["gold"] = list(rows.rows())
            article["annotated"] = line["annotated"]
    numbers = {article["id"]: number for number, article in enumerate(data["articles"])}
    errors = [
        error
        for name, result in evaluation.scores.layers.items()
        for article, outcomes in zip(result.articles, result.outcomes, strict=True)
        if article in numbers
        for error in _errors(name, numbers[article], data["articles"], outcomes)
    ]
    data["gold"] = {
        "name": gold.name,
        "classes": [[name, LETTERS[name]] for name in ERROR_CLASSES],
        "scores": _scores(evaluation),
        "rules": [_finite(rule._asdict()) for rule in evaluation.rules],
        "missing": list(evaluation.scores.missing),
        "errors": sorted(errors, key=_place),
    }


def read_gold_ids(gold: Path) -> set[str]:
    """The ids of the articles that gold has. Raises `GoldError` if it cannot be scored."""
    path = _file(gold)
    refuse(check_gold(path), path)
    return set(read_annotations(path))


def _file(gold: Path) -> Path:
    return gold / "gold.jsonl" if gold.is_dir() else gold


def _annotated(line: Mapping[str, Any]) -> dict[str, Any]:
    """The record with those layers that gold annotates."""
    kinds = {layer.partition(".")[0] for layer in line["annotated"]}
    return {layer: line.get(layer) for layer in LAYERS if layer in kinds}


def _lines(text: str) -> list[int]:
    return [0, *(offset + 1 for offset, character in enumerate(text) if character == "\n")]


def _scores(evaluation: Evaluation) -> list[dict[str, Any]]:
    figures = []
    for score in evaluation.scores.figures:
        figure = score._asdict()
        tally = figure.pop("tally")
        figures.append(_finite({**figure, "gold": tally.gold, "found": tally.found}))
    return figures


def _finite(values: Mapping[str, Any]) -> dict[str, Any]:
    """Figures with 4 digits; null for what there is no figure of."""
    return {
        name: (round(value, 4) if math.isfinite(value) else None)
        if isinstance(value, float)
        else value
        for name, value in values.items()
    }


def _errors(
    layer: str,
    number: int,
    articles: Sequence[Mapping[str, Any]],
    outcomes: Iterable[Outcome],
) -> list[dict[str, Any]]:
    """The errors of one layer in one article."""
    article = articles[number]
    kind = list(LAYERS).index(layer.partition(".")[0])
    offset = browser_offsets(article["text"])

    def side(value: Side | None, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
        if value is None:
            return None
        start, end = offset(value.span.start), offset(value.span.end)
        return {
            "says": value.says[:_SAYS],
            "span": [start, end],
            "row": _row_at(kind, start, end, rows),
        }

    return [
        {
            "layer": layer,
            "kind": kind,
            "class": outcome.verdict,
            "article": number,
            "gold": side(outcome.gold, article.get("gold", ())),
            "found": side(outcome.found, article["rows"]),
            "rule": outcome.rule or "",
            "detail": outcome.detail,
        }
        for outcome in outcomes
        if outcome.verdict != RIGHT
    ]


def _place(error: Mapping[str, Any]) -> tuple[int, list[int]]:
    """Errors in the order of articles and of their text."""
    return error["article"], (error["gold"] or error["found"])["span"]


_SAYS = 160  # characters of what an error says, in the list


def _row_at(kind: int, start: int, end: int, rows: Sequence[Mapping[str, Any]]) -> int | None:
    """The number of the row of this kind with a span that shares most with these characters."""
    best: tuple[int, int | None] = (0, None)
    for number, row in enumerate(rows):
        if row["layer"] == kind:
            for _, first, last in row["spans"]:
                shared = min(end, last) - max(start, first)
                if (first, last) == (start, end):
                    shared += 1  # of two that cover the words, the one that is no longer
                if shared > best[0]:
                    best = (shared, number)
    return best[1]
