"""The whole way from an article to its record: invariants for any text, and one passage to read."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims import Article, ArticleRecord, InputError, Pipeline, read_articles
from newsclaims.records import text_sha256
from pytest_regressions.data_regression import DataRegressionFixture

# What news is made of, thrown together in any order: most defects sit where two of these meet.
FRAGMENTS = st.sampled_from(
    [
        "Foreign Minister",
        "former mayor of Riga",
        "Ana Popescu",
        "Dr. Kofi van der Owusu Jr.",
        "O’Brien-Haddad",
        "the Ministry of Health (MoH)",
        "Accra, Ghana",
        "U.S.",
        "on May 8, 9, and 10",
        "last Tuesday",
        "two weeks earlier",
        "February 30, 2023",
        "24-year-old",
        "said",
        "who was appointed",
        "as",
        "“We will not go,”",
        "``no''",
        "’s",
        "and",
        ",",
        ".",
        ";",
        "(",
        ")",
        "—",
        "-\n",
        "\n",
        "\n\n",
        "\r\n",
        "\u00a0",
        "\u200f",
        "\U0001f6a2",
        "e\u0301",
        "ANA POPESCU",
        "|",
        "1,234",
    ]
)
NEWSLIKE = st.lists(FRAGMENTS, min_size=1, max_size=30).map(" ".join)
ANYTHING = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)
DATES = (
    st.none()
    | st.dates(datetime.date(1600, 1, 1)).map(str)
    | st.datetimes(datetime.datetime(1600, 1, 1)).map(lambda moment: moment.isoformat())
)


@given(text=NEWSLIKE | ANYTHING, published=DATES)
@settings(max_examples=150)
def test_any_text_gives_a_record_whose_spans_hold(
    pipeline: Pipeline, text: str, published: str | None
) -> None:
    record = pipeline.extract(Article(id="any", text=text, published=published))
    assert record.check_spans(text)
    assert record.article.text_sha256 == text_sha256(text)
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record
    ids = {row.id for row in record.rows()}
    assert len(ids) == len(list(record.rows()))
    for role in record.roles:
        assert role.person in ids
        assert {role.organisation_id, role.since, role.until} - {None} <= ids
    for date in record.dates:
        assert date.anchor in {"text", "published", None} | ids


@given(text=NEWSLIKE)
@settings(max_examples=30)
def test_the_same_text_gives_the_same_bytes(pipeline: Pipeline, text: str) -> None:
    article = Article(id="any", text=text, published="2024-02-29")
    first = pipeline.extract(article).model_dump_json()
    assert [record.model_dump_json() for record in pipeline.pipe([article] * 3)] == [first] * 3


def test_rows_are_numbered_by_first_mention(extract: Callable[..., ArticleRecord]) -> None:
    record = extract("Ion Rusu met Ana Popescu in Oslo. Popescu left Oslo for Riga.")
    assert [(row.id, row.name) for row in record.people] == [
        ("person-1", "Ion Rusu"),
        ("person-2", "Ana Popescu"),
    ]
    assert [(row.id, row.name, len(row.mentions)) for row in record.places] == [
        ("place-1", "Oslo", 2),
        ("place-2", "Riga", 1),
    ]


def test_every_row_says_which_rule_made_it(extract: Callable[..., ArticleRecord]) -> None:
    record = extract(PASSAGE, published="2024-03-14")
    for layer in ("dates", "roles", "statements"):
        assert getattr(record, layer)
        assert all(row.rule for row in getattr(record, layer))
    for layer in ("people", "organisations", "places"):
        assert getattr(record, layer)
        assert all(mention.rule for row in getattr(record, layer) for mention in row.mentions)


PASSAGE = """\
KISUMU, Kenya — Former Ghanaian Finance Minister Kofi Owusu, 61, arrived here on Tuesday.

Owusu, who has been chairman of the Volta Trade Council since 2019, will meet Kenya’s Health \
Minister Wanjiru Otieno and acting mayor Peter Kamau on March 15 and 16.

The delegation includes:
-
Ana Popescu, ambassador
-
Former foreign secretaries Mei Ling Chen and Omar Haddad

“We came to listen,” Owusu said in a statement two days earlier.
"""


@pytest.fixture
def shown() -> Callable[[ArticleRecord], dict[str, Any]]:
    """A record as few words as a person can review."""

    def compact(record: ArticleRecord) -> dict[str, Any]:
        names = {row.id: row.name for row in (*record.people, *record.organisations)}
        return {
            "people": [
                f"{row.name}: {', '.join(mention.text for mention in row.mentions)}"
                for row in record.people
            ],
            "organisations": [row.name for row in record.organisations],
            "places": [
                f"{row.name}: {row.kind} {row.country} {row.geonameid}" for row in record.places
            ],
            "dates": [
                f"{row.span.text}: {row.type} {row.value} {row.mod or ''} "
                f"{row.earliest}..{row.latest} by {row.anchor}, {row.rule}"
                for row in record.dates
            ],
            "roles": [
                f"{names[row.person]}: {row.title.text}"
                f" | {row.organisation.text if row.organisation else '-'} | {row.status}"
                f" | {row.since} {row.until} | {row.rule}"
                for row in record.roles
            ],
            "statements": [
                f"{row.source.text if row.source else '-'} | {row.cue.text if row.cue else '-'}"
                f" | {' … '.join(span.text for span in row.content)} | {row.kind}, {row.rule}"
                for row in record.statements
            ],
        }

    return compact


def test_a_passage_as_a_whole(
    extract: Callable[..., ArticleRecord],
    shown: Callable[[ArticleRecord], dict[str, Any]],
    data_regression: DataRegressionFixture,
) -> None:
    data_regression.check(shown(extract(PASSAGE, published="2024-03-14")))


def test_what_could_not_be_read_is_skipped_and_logged(
    pipeline: Pipeline, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(
        '{"id": "a", "text": "Mayor Ada Holm left Oslo."}\n'
        '{"id": "b"}\n'
        '{"id": "c", "text": "Mayor Jon Ek left Bergen.", "published": "soon"}\n',
        encoding="utf-8",
    )
    items = list(read_articles(path))
    assert [record.article.id for record in pipeline.pipe(items)] == ["a", "c"]
    assert [record.message.partition(": ")[2] for record in caplog.records] == [
        "there is no text",
        (
            "the publication date 'soon' is no date that can be read, such as 2025-06-01 or "
            "1 June 2025; read as undated"
        ),
    ]
    assert {(record.name, record.levelname) for record in caplog.records} == {
        ("newsclaims.assemble", "WARNING")
    }


def test_what_could_not_be_read_is_handed_to_the_caller(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    error = InputError(input="news.csv", line=3, kind="text", message="there is no text")
    errors: list[InputError] = []
    assert list(pipeline.pipe([error], on_error=errors.append)) == []
    assert (errors, caplog.records) == ([error], [])


def test_what_is_no_article_is_named(pipeline: Pipeline) -> None:
    with pytest.raises(TypeError, match="not an article but of type str"):
        next(pipeline.pipe(["Mayor Ada Holm left."]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="not an article but of type dict"):
        pipeline.extract({"id": "a", "text": "x"})  # type: ignore[arg-type]
