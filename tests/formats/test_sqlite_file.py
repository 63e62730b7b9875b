import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from newsclaims.schema import LAYERS


@pytest.fixture
def database(written: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(written / "tables.sqlite")) as connection:
        yield connection


def one(database: sqlite3.Connection, query: str) -> tuple[object, ...]:
    return tuple(database.execute(query).fetchone())


def test_every_reference_finds_its_row(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    tables = [
        row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    ]
    keyed = set(LAYERS)
    for table in keyed & set(tables):
        info = database.execute(f"PRAGMA table_info({table})").fetchall()
        assert [row[1] for row in info if row[5]] == ["key"], table
    assert keyed <= set(tables)


def test_names_stand_where_ids_were(database: sqlite3.Connection) -> None:
    query = (
        "SELECT r.person, p.name, o.name, r.title, s.cue FROM roles r "
        "JOIN people p ON p.key = r.person_key "
        "JOIN organisations o ON o.key = r.organisation_key "
        "JOIN statements s ON s.key = r.asserted_in"
    )
    expected = ("Ana\r\nMüller", "Ana\r\nMüller", "Oslo Bank", "Finance Minister", "said")
    assert one(database, query) == expected
    for table in ("roles", "statements"):
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        assert not {"person_id", "organisation_id", "speaker_id", "role_id"} & set(columns)
    about = "SELECT a.about, p.name FROM statements_about a JOIN places p ON p.key = a.place_key"
    assert one(database, about) == ("Oslo", "Oslo")


def test_a_part_of_a_row_has_a_row_that_refers_to_it(database: sqlite3.Connection) -> None:
    query = (
        "SELECT p.role, p.participant, o.name, e.triggers, e.quantities, e.place_name, d.value "
        "FROM event_participants p JOIN events e ON e.key = p.key "
        "LEFT JOIN organisations o ON o.key = p.organisation_key "
        "LEFT JOIN dates d ON d.key = e.date_key WHERE e.article_id = 'a1' ORDER BY p.id"
    )
    told = ("is well … is two", "amount: =1+1", "Oslo", "2025-05")
    assert database.execute(query).fetchall() == [
        ("agent", "Oslo Bank", "Oslo Bank", *told),
        ("agent", "all", None, *told),
    ]


def test_two_articles_with_one_text_have_keys_of_their_own(database: sqlite3.Connection) -> None:
    keys = [row[0] for row in database.execute("SELECT key FROM roles ORDER BY article_id")]
    assert keys[1] == f"{keys[0]}-2"


def test_columns_are_typed(database: sqlite3.Connection) -> None:
    query = "SELECT typeof(geonameid), typeof(latitude), typeof(mentions), mentions FROM places"
    assert one(database, query) == ("integer", "real", "integer", 2)
    assert one(database, "SELECT typeof(title), title FROM articles") == ("text", "=1+1")


def test_sentences_are_searched(database: sqlite3.Connection) -> None:
    query = (
        "SELECT sentence FROM sentences WHERE id IN "
        "(SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH 'two') AND article_id = 'a0'"
    )
    assert one(database, query) == ("=1+1 is two.",)


def test_lookups_use_an_index(database: sqlite3.Connection) -> None:
    for query in (
        "roles WHERE person_key = 'x'",
        "people WHERE name = 'x'",
        "dates WHERE value = 1",
    ):
        (plan,) = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {query}")  # noqa: S608
        assert "USING INDEX" in plan[3], query
