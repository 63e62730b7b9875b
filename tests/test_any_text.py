"""No text and no parse brings rooms or resolvers down, and all that they find lies in the text."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims import Article, ArticleRecord, Pipeline
from newsclaims.assemble import assemble
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.text.tokens import Tokens

from tests.any_tokens import any_text, any_tokens

MIXES = os.environ.get("NEWSCLAIMS_MIXES")  # make soak: 20,000
PUBLISHED = st.sampled_from(["2025-06-02", "1600-01-01", "9999-12-31", None])


def check(record: ArticleRecord) -> None:
    """Spans were held to the text by `assemble`; ids must lead to rows, and content be in order."""
    rows = [
        *record.people,
        *record.organisations,
        *record.places,
        *record.dates,
        *record.roles,
        *record.statements,
    ]
    ids = {row.id for row in rows}
    assert len(ids) == len(rows)
    for role in record.roles:
        links = {role.person, role.organisation_id, role.since, role.until, role.asserted_in}
        assert links - {None} <= ids
    for said in record.statements:
        assert {said.speaker, *said.about} - {None} <= ids
        assert [part.start for part in said.content] == sorted(part.start for part in said.content)
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record


@given(any_text(), PUBLISHED)
@settings(max_examples=int(MIXES or 50))
def test_any_text_makes_a_record(pipeline: Pipeline, text: str, published: str | None) -> None:
    check(pipeline.extract(Article(id="a", text=text, published=published)))


@given(any_tokens(), PUBLISHED)
@settings(max_examples=int(MIXES or 200))
def test_any_parse_makes_a_record(
    gazetteer: Gazetteer, tokens: Tokens, published: str | None
) -> None:
    article = Article(id="a", text=tokens.text, published=published)
    check(assemble(article, tokens, gazetteer))
