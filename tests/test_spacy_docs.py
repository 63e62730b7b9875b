"""Records on spaCy's Doc, and the component of spaCy's own pipelines."""

from collections.abc import Callable

import pytest
import spacy
from newsclaims import Article, ArticleRecord, Pipeline, to_doc
from newsclaims.schema import LAYERS
from spacy import displacy
from spacy.tokens import Doc

TEXT = (
    "Ex-mayor Ada Holm (head of the Harbour Board) said on Tuesday that Oslo-born Jon Ek was out."
)


def spans(doc: Doc, key: str) -> set[tuple[int, int, str, str]]:
    return {(one.start_char, one.end_char, one.label_, one.id_) for one in doc.spans[key]}


def expected(record: ArticleRecord, name: str) -> set[tuple[int, int, str, str]]:
    layer = LAYERS[name]
    return {
        (span.start, span.end, layer.label(field), row.id)
        for row in getattr(record, name)
        for field, span in row.spans()
    }


def test_a_doc_has_all_spans_of_a_record_to_the_character(
    extract: Callable[..., ArticleRecord],
) -> None:
    record = extract(TEXT)
    doc = to_doc(record)
    assert doc.text == TEXT
    assert record.people
    assert record.roles
    for name in LAYERS:
        assert spans(doc, name) == expected(record, name)
    assert spans(doc, "sc") == set().union(*(expected(record, name) for name in LAYERS))
    assert "Ada" in displacy.render(doc, style="span", jupyter=False)


def test_a_doc_needs_the_text(extract: Callable[..., ArticleRecord]) -> None:
    read = ArticleRecord.model_validate_json(extract(TEXT).model_dump_json())
    with pytest.raises(ValueError, match="has no text"):
        to_doc(read)


def test_the_component_gives_what_the_pipeline_gives(pipeline: Pipeline) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("newsclaims")
    doc = nlp.make_doc("Mayor Ada Holm left Oslo on Tuesday.\n\nSaid Jon Ek.")
    doc._.newsclaims_article = {"id": "a", "published": "2025-06-18"}
    doc = nlp(doc)
    record: ArticleRecord = doc._.newsclaims
    assert record.article.id == "a"
    assert [row.value for row in record.dates] == ["2025-06-17"]
    assert record == pipeline.extract(Article(text=doc.text, **doc._.newsclaims_article))
    assert {span.text for span in doc.spans["people"]} == {"Ada Holm", "Jon Ek"}
