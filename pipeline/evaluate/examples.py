"""What went wrong, in context: missed, invented and wrong items with the words around them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.evaluate.scoring import Scores
from pipeline.evaluate.tally import RIGHT, Outcome
from pipeline.gold import Span, read_annotations, read_metadata

AROUND = 60  # characters of context on each side


def texts_for(gold_path: Path, records_path: Path) -> dict[str, str]:
    """Article texts by id: from the gold file, else from an ``articles.jsonl`` beside either."""
    texts: dict[str, str] = {}
    for folder in dict.fromkeys((records_path.parent, gold_path.parent)):
        if (path := folder / "articles.jsonl").exists():
            columns = read_metadata(path)
            texts |= {name: row["text"] for name, row in columns.items() if row.get("text")}
    for name, article in read_annotations(gold_path).items():
        if article.text is not None:
            texts[name] = article.text
    return texts


def error_lines(scores: Scores, layer: str, texts: Mapping[str, str]) -> Iterator[str]:
    """One line for each error of a layer, in the order of articles and of the text."""
    result = scores.layers[layer]
    for article, outcomes in zip(result.articles, result.outcomes, strict=True):
        wrong = [outcome for outcome in outcomes if outcome.verdict != RIGHT]
        for outcome in sorted(wrong, key=_position):
            yield _line(article, outcome, texts.get(article, ""))


def _position(outcome: Outcome) -> tuple[Span, str]:
    side = outcome.gold or outcome.found
    assert side is not None
    return side.span, outcome.verdict


def _line(article: str, outcome: Outcome, text: str) -> str:
    sides = []
    for name, side in (("gold", outcome.gold), ("found", outcome.found)):
        if side:
            says = f" = {side.says}" if side.says else ""
            sides.append(f"{name} [{side.span.text}]{says}")
    rule = f" <{outcome.rule}>" if outcome.rule else ""
    detail = f" ({outcome.detail})" if outcome.detail else ""
    shown = outcome.gold or outcome.found
    assert shown is not None
    head = f"{outcome.verdict.upper()}{detail}{rule} {article}@{shown.span.start}"
    return "\n    ".join((head, *sides, context(text, shown.span)))


def context(text: str, span: Span) -> str:
    """The span in brackets with the words around it, on one line."""
    before = text[max(0, span.start - AROUND) : span.start]
    after = text[span.end : span.end + AROUND]
    return " ".join(f"…{before}[{span.text}]{after}…".split())
