"""What went wrong, in context: missed, invented and wrong items with the words around them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclaims.evaluate.scoring import Scores, file_in
from newsclaims.evaluate.tally import RIGHT, Outcome, Side
from newsclaims.gold import Annotations, Span, texts_beside

AROUND = 60  # characters of context on each side


class Example(NamedTuple):
    """One error. `gold` or `found` is null where there is none; `context` brackets the words."""

    article: str
    start: int
    error: str
    gold: str | None
    found: str | None
    rule: str | None
    detail: str
    context: str


def texts_for(articles: Mapping[str, Annotations], gold: Path, records: Path) -> dict[str, str]:
    """Texts by id: those that gold carries along, else of an ``articles.jsonl`` beside either."""
    beside = texts_beside(file_in(gold, "gold.jsonl"))
    beside |= texts_beside(file_in(records, "records.jsonl"))
    return beside | {name: one.text for name, one in articles.items() if one.text is not None}


def examples(scores: Scores, texts: Mapping[str, str]) -> dict[str, Sequence[Example]]:
    """All errors by layer, in the order of articles and of their text."""
    return {layer: list(_examples(scores, layer, texts)) for layer in scores.layers}


def _examples(scores: Scores, layer: str, texts: Mapping[str, str]) -> Iterator[Example]:
    result = scores.layers[layer]
    for article, outcomes in zip(result.articles, result.outcomes, strict=True):
        wrong = [outcome for outcome in outcomes if outcome.verdict != RIGHT]
        for outcome in sorted(wrong, key=_position):
            shown = _shown(outcome).span
            yield Example(
                article,
                shown.start,
                outcome.verdict,
                _say(outcome.gold),
                _say(outcome.found),
                outcome.rule,
                outcome.detail,
                context(texts.get(article, ""), shown),
            )


def _shown(outcome: Outcome) -> Side:
    side = outcome.gold or outcome.found
    assert side is not None  # an outcome is of something
    return side


def _position(outcome: Outcome) -> tuple[Span, str]:
    return _shown(outcome).span, outcome.verdict


def _say(side: Side | None) -> str | None:
    if side is None:
        return None
    return f"[{side.span.text}]" + (f" = {side.says}" if side.says else "")


def context(text: str, span: Span) -> str:
    """The span in brackets with the words around it, on one line; just the words without text."""
    before = text[max(0, span.start - AROUND) : span.start]
    after = text[span.end : span.end + AROUND]
    return " ".join(f"…{before}[{span.text}]{after}…".split())


def example_lines(items: Sequence[Example]) -> Iterator[str]:
    """Each example on a few lines, for reading."""
    for item in items:
        detail = f" ({item.detail})" if item.detail else ""
        rule = f" <{item.rule}>" if item.rule else ""
        yield f"{item.error.upper()}{detail}{rule} {item.article}@{item.start}"
        yield from (
            f"    {side} {words}"
            for side, words in (("gold ", item.gold), ("found", item.found))
            if words
        )
        yield f"    {item.context}"
