"""A text and the same text spoiled give the same records but for offsets."""

import os
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from newsclaims import Article, Pipeline, read_articles
from newsclaims.text.offsets import IDENTITY, OffsetMap
from newsclaims.text.view import CleanView

from tests.text.spoiling import LAID_OUT_ANEW, SPOILS

CORPUS = Path(__file__).parent.parent.parent / "corpus" / "articles"
EXTRACTED = 46 if os.environ.get("NEWSCLAIMS_MIXES") else 1  # articles a kind; make soak: all
HASHES = {"key", "text_sha256"}
_STRAIGHT = re.compile(r'(?<![\w"])"([^"\n]*[^"\s])"(?![\w"])')


@cache
def articles() -> list[Article]:
    """The articles of the corpus as their views read, quotations in curly marks."""
    curly = [
        article.model_copy(update={"text": _STRAIGHT.sub(r"“\1”", article.text)})
        for article in read_articles(CORPUS)
    ]
    return [article.model_copy(update={"text": CleanView(article.text).text}) for article in curly]


def plain(article: Article, kind: str) -> Article:
    """The article as it reads before it is spoiled: paragraphs apart where layout makes them so."""
    if kind not in LAID_OUT_ANEW:
        return article
    return article.model_copy(update={"text": re.sub(r"\s*\n\s*", "\n\n", article.text).strip()})


def spoiled(article: Article, kind: str) -> Article:
    text = SPOILS[kind](article.text, Random(article.id))
    return article.model_copy(update={"text": text})


@pytest.mark.parametrize("kind", SPOILS)
def test_the_view_of_a_spoiled_text_is_the_text(kind: str) -> None:
    changed = 0
    for article in articles():
        before = plain(article, kind)
        after = spoiled(before, kind)
        changed += before.text != after.text
        assert CleanView(after.text).text == before.text, article.id
    assert changed


def moved(value: Any, offsets: OffsetMap, raw: str) -> Any:
    """What a record holds with its spans moved from a view to the raw text; keys and hash go."""
    if isinstance(value, list):
        return [moved(item, offsets, raw) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {name: moved(item, offsets, raw) for name, item in value.items() if name not in HASHES}
    if "start" in kept:
        start, end = offsets.raw(kept["start"], kept["end"])
        kept |= {"start": start, "end": end, "text": raw[start:end]}
    return kept


@pytest.mark.parametrize("kind", SPOILS)
def test_a_spoiled_text_gives_the_same_records(kind: str, pipeline: Pipeline) -> None:
    drawn = Random(kind).sample(articles(), EXTRACTED)
    before = [plain(article, kind) for article in drawn]
    after = [spoiled(article, kind) for article in before]
    for article, clean, found in zip(
        after, pipeline.pipe(before), pipeline.pipe(after), strict=True
    ):
        expected = moved(
            clean.model_dump(mode="json"), CleanView(article.text).offsets, article.text
        )
        assert moved(found.model_dump(mode="json"), IDENTITY, article.text) == expected
        assert expected["people"]
