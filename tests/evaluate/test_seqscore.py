"""Our strict scores of mentions held against an independent scorer, where nothing overlaps.

SeqScore counts labels of tokens, so the spans of an article are spelled as BIO labels: of words in
random cases, of characters where they come from real text.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from annotated import Line, line, score
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims import Article, Pipeline
from newsclaims.evaluate.mentions import marked
from newsclaims.evaluate.scoring import Scores
from newsclaims.gold import annotations_of
from seqscore.scoring import score_label_sequences

LABELS = ("people", "organisations", "places")


@given(
    st.lists(st.lists(st.sampled_from("PpOL_"), min_size=1, max_size=8), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
@settings(max_examples=50)
def test_strict_scores_equal_seqscore(gold_codes: list[list[str]], random: Any) -> None:
    """P and p start and go on with a person, O and L are one-word bodies and places."""
    found_codes = [
        [random.choice([code, code, "_", "P"]) for code in codes] for codes in gold_codes
    ]
    sides = [[_bio(codes) for codes in side] for side in (found_codes, gold_codes)]
    lines = [[_line_of(labels, f"a{n}") for n, labels in enumerate(side)] for side in sides]
    ours = score(lines[1], lines[0])
    for kind in LABELS:
        _assert_equal(ours, kind, *sides)


def _bio(codes: list[str]) -> list[str]:
    """Valid BIO labels of the codes: a p that follows no person is a new one."""
    names = {"P": "B-people", "O": "B-organisations", "L": "B-places", "_": "O"}
    labels: list[str] = []
    for code in codes:
        inside = bool(labels) and labels[-1].endswith("people")
        labels.append(("I-people" if inside else "B-people") if code == "p" else names[code])
    return labels


def _line_of(labels: list[str], article: str) -> Line:
    """An article of three-letter words, one a label, with the mentions that the labels say."""
    words = " ".join(["Abc"] * len(labels))
    built = line(words, id=article)
    for index, label in enumerate(labels):
        start, end = 4 * index, 4 * index + 3
        if label.startswith("B-"):
            rows = built[label[2:]]
            span = {"start": start, "end": end, "text": words[start:end]}
            rows.append({"id": f"{label}-{index}", "name": "Abc", "mentions": [span]})
        elif label.startswith("I-"):
            span = built[label[2:]][-1]["mentions"][0]
            span["end"], span["text"] = end, words[span["start"] : end]
    return built


FOLDERS = ("entities-gum_news", "entities-ieer", "entities-pud_news", "entities-wikigold")
ARTICLES = 6


@pytest.mark.parametrize("folder", FOLDERS)
def test_strict_scores_of_human_annotated_news_equal_seqscore(
    folder: str, shared: Path, pipeline: Pipeline
) -> None:
    """What the pipeline finds in a few articles, in each kind that was annotated there."""
    corpus = shared / "corpora" / folder
    golds = [_undisputed(one) for one in islice(_lines(corpus / "gold.jsonl"), ARTICLES)]
    texts = {one["id"]: one["text"] for one in _lines(corpus / "articles.jsonl")}
    finds = [
        pipeline.extract(Article(id=name, text=texts[name])).model_dump(mode="json")
        for name in (one["article"]["id"] for one in golds)
    ]
    for kind in (layer.removesuffix(".mentions") for layer in golds[0]["annotated"]):
        pairs = [
            (gold, found, labels)
            for gold, found in zip(golds, finds, strict=True)
            if all(labels := [_of_text(side, kind, texts) for side in (found, gold)])
        ]
        assert pairs, "every article has mentions that overlap"
        ours = score([gold for gold, _, _ in pairs], [found for _, found, _ in pairs])
        _assert_equal(ours, kind, *([labels[side] for _, _, labels in pairs] for side in (0, 1)))


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _undisputed(gold: Line) -> Line:
    """The line without the rows that SeqScore has no word for."""
    rows = {
        kind: [row for row in gold.get(kind) or () if not row.get("optional")] for kind in LABELS
    }
    return {**gold, **rows}


def _of_text(side: Line, kind: str, texts: dict[str, str]) -> list[str]:
    """A BIO label a character of the text; none where mentions of the kind overlap."""
    spans = [mention.span for mention in marked(getattr(annotations_of(side), kind))]
    if any(one.end > other.start for one, other in pairwise(spans)):
        return []
    labels = ["O"] * len(texts[side["article"]["id"]])
    for span in spans:
        labels[span.start : span.end] = [f"I-{kind}"] * (span.end - span.start)
        labels[span.start] = f"B-{kind}"
    return labels


def _assert_equal(
    ours: Scores, kind: str, found: Sequence[list[str]], gold: Sequence[list[str]]
) -> None:
    theirs, _ = score_label_sequences(found, gold, "BIO", repair=None)
    expected, strict = theirs.type_scores[kind], ours[f"{kind}.mentions.strict"]
    assert strict.tally.precise == expected.true_pos
    assert strict.tally.found == expected.total_pos
    assert strict.tally.gold == expected.total_ref
    assert np.nan_to_num(strict.value) == pytest.approx(expected.f1)
