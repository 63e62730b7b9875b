import pytest
from newsclaims import Article, Pipeline, to_frames
from newsclaims.tables import COLUMNS, ArticleTables, Entry

ARTICLE = Article(
    id="a1",
    title="Two in Oslo",
    published="2024-05-09",
    source="The Courier",
    url="https://example.org/a1",
    text="Former mayor Ana Popescu,\nwho lives in Oslo, spoke on May 8. Popescu left. "
    "The Harbour Ministry said it rained. The end.",
)

# Those that are made of one article; the indexes are made of all.
TABLES = [table for table in COLUMNS if not table.endswith("_index")]


@pytest.fixture(scope="module")
def tables(pipeline: Pipeline) -> ArticleTables:
    found = next(pipeline.extractions([ARTICLE]))
    line = {"text": ARTICLE.text, "sentences": found.sentences}
    return ArticleTables(Entry(line, found.record.model_dump(mode="json")))


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_the_columns_of_their_table_and_no_others(
    tables: ArticleTables, table: str
) -> None:
    rows = list(tables.rows(table))
    assert rows
    for row in rows:
        assert set(row) == set(COLUMNS[table])
        assert row["article_title"] == "Two in Oslo"
        assert row["article_url"] == "https://example.org/a1"


def test_a_mention_is_a_row_with_the_full_name(tables: ArticleTables) -> None:
    people = [(row["name"], row["mention"], row["person_id"]) for row in tables.rows("people")]
    assert people == [
        ("Ana Popescu", "Ana Popescu", "person-1"),
        ("Ana Popescu", "Popescu", "person-1"),
    ]
    assert len({row["key"] for row in tables.rows("people")}) == 1


def test_a_role_names_person_title_and_status(tables: ArticleTables) -> None:
    (role,) = tables.rows("roles")
    assert (role["person"], role["title"], role["status"]) == ("Ana Popescu", "mayor", "former")
    assert ARTICLE.text[role["start"] : role["end"]] == "Former mayor Ana Popescu"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Oslo", "Former mayor Ana Popescu, who lives in Oslo, spoke on May 8."),
        ("Popescu left", "Popescu left."),
        (
            "8. Popescu",
            "Former mayor Ana Popescu, who lives in Oslo, spoke on May 8. Popescu left.",
        ),
        ("end.", "The end."),
    ],
)
def test_sentences_around_words(tables: ArticleTables, words: str, sentence: str) -> None:
    start = ARTICLE.text.index(words)
    assert tables.sentence(start, start + len(words)) == sentence


def test_frames_of_pandas(pipeline: Pipeline) -> None:
    frames = to_frames([ARTICLE], [pipeline.extract(ARTICLE)])
    assert list(frames) == list(TABLES)
    assert list(frames["roles"].columns) == list(COLUMNS["roles"])
    assert frames["places"].loc[0, "name"] == "Oslo"
    assert frames["dates"].loc[0, "value"] == "2024-05-08"


def test_frames_need_a_record_an_article() -> None:
    with pytest.raises(ValueError, match="shorter"):
        to_frames([ARTICLE], [])
