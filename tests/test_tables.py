import pytest
from newsclaims import Article, Pipeline
from newsclaims.schema import INDEXES, TABLES
from newsclaims.tables import LONGEST_SENTENCE, ArticleTables, Entry, shown_part

ARTICLE = Article(
    id="a1",
    title="Two in Oslo",
    published="2024-05-09",
    source="The Courier",
    url="https://example.org/a1",
    text="Former mayor Ana Popescu,\nwho lives in Oslo, spoke on May 8. Popescu left. "
    "The Harbour Ministry said it rained. The end.",
)


@pytest.fixture(scope="module")
def tables(pipeline: Pipeline) -> ArticleTables:
    found = next(pipeline.extractions([ARTICLE]))
    line = {"text": ARTICLE.text, "sentences": found.sentences}
    return ArticleTables(Entry(line, found.record.model_dump(mode="json")))


def rows_of(tables: ArticleTables, table: str) -> list[dict[str, object]]:
    names = [column.name for column in TABLES[table]]
    return [dict(zip(names, cells, strict=True)) for cells in tables.rows(table)]


@pytest.mark.parametrize("table", [table for table in TABLES if table not in INDEXES])
def test_each_row_has_a_cell_for_each_column_and_names_its_article(
    tables: ArticleTables, table: str
) -> None:
    rows = rows_of(tables, table)
    assert rows or table.startswith("event"), "no extractor finds events yet"
    for row in rows:
        assert row["article_title"] == "Two in Oslo"
        assert row["article_url"] == "https://example.org/a1"


def test_a_mention_is_a_row_with_the_full_name(tables: ArticleTables) -> None:
    people = [(row["name"], row["mention"], row["person_id"]) for row in rows_of(tables, "people")]
    assert people == [
        ("Ana Popescu", "Ana Popescu", "person-1"),
        ("Ana Popescu", "Popescu", "person-1"),
    ]
    assert len({row["key"] for row in rows_of(tables, "people")}) == 1


def test_a_role_names_person_title_and_status(tables: ArticleTables) -> None:
    (role,) = rows_of(tables, "roles")
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


def test_a_row_shows_the_part_of_a_huge_sentence_that_is_around_it(pipeline: Pipeline) -> None:
    years = ", ".join(str(1900 + i % 120) for i in range(2000))
    article = Article(id="list", text=f"It rained in {years}, said Mayor Ana Popescu of Oslo.")
    found = next(pipeline.extractions([article]))
    line = {"text": article.text, "sentences": [0]}
    tables = ArticleTables(Entry(line, found.record.model_dump(mode="json")))
    dates = rows_of(tables, "dates")
    assert len(dates) > 500
    assert all(len(str(row["sentence"])) <= LONGEST_SENTENCE + 2 for row in dates)
    first, *_, last = (str(row["sentence"]) for row in dates)
    assert first.startswith("It rained in 1900")
    assert first.endswith("…")
    assert last.startswith("…")
    assert last.endswith("Popescu of Oslo.")


@pytest.mark.parametrize(("start", "end"), [(0, 1), (9_000, 9_010), (17_999, 18_000), (50, 17_000)])
def test_the_part_shown_holds_the_words_as_far_as_they_go(start: int, end: int) -> None:
    part = shown_part([0], 18_000, start, end)
    assert part.begin <= start < part.stop <= 18_000
    assert part.stop - part.begin == LONGEST_SENTENCE
    assert end <= part.stop or end - start > LONGEST_SENTENCE
    assert (part.is_cut_before, part.is_cut_after) == (part.begin > 0, part.stop < 18_000)
