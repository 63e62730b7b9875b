"""What a run did, and how a person is told."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsclaims.articles import REASONS
from newsclaims.dataset import Form
from newsclaims.run.store import FILE as STORE
from newsclaims.schema import LAYERS
from newsclaims.wording import plural


class Outcome(NamedTuple):
    """What a run did: articles written, of them found in the store, problems and rows by kind.

    `undated` are the articles without a date of publication.
    """

    articles: int
    reused: int
    errors: Mapping[str, int]
    warnings: Mapping[str, int]
    rows: Mapping[str, int]
    undated: int = 0


def describe(outcome: Outcome, output: Path, form: Form | None = None) -> Iterator[str]:
    """What a run did, in lines for a person."""
    reused = f", {outcome.reused} of them done before" if outcome.reused else ""
    yield f"{plural(outcome.articles, 'article')}{reused}, written to {output}"
    yield "rows: " + ", ".join(f"{layer} {outcome.rows[layer]}" for layer in LAYERS)
    if outcome.undated:
        undated = plural(outcome.undated, "article")
        yield f"undated: {undated}, so that relative dates there ('on Tuesday') stay open"
    for name, counts in (("failed", outcome.errors), ("warned of", outcome.warnings)):
        for kind, number in sorted(counts.items()):
            yield f"{name}: {number} {REASONS[kind]} ({kind})"
    if outcome.errors or outcome.warnings:
        yield f"each is named in {output / 'errors.jsonl'}"
    if form is not None and not form.texts:
        yield f"the texts are still in {output / STORE}: leave it out of what you pass on"
