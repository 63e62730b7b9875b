import sqlite3
from pathlib import Path

import pytest
from newsclaims.parse.cache import VERSION, ParseCache
from newsclaims.parse.parser import Parser

from tests.blank import blank_tokens

TEXT = "Ana Popescu, a former mayor of Oslo, met Ion Rusu.\nHe had “no comment” – 3 times.\n\n"


def cached_parser(folder: Path, **options: object) -> Parser:
    return Parser(cache=ParseCache(folder), **options)


def test_a_stored_parse_is_the_parse(parser: Parser, tmp_path: Path) -> None:
    fresh = next(parser.parse([TEXT]))
    assert next(cached_parser(tmp_path).parse([TEXT])) == fresh
    stored = cached_parser(tmp_path)
    assert next(stored.parse([TEXT])) == fresh
    assert "nlp" not in vars(stored), "the model was loaded although every parse is stored"


def test_a_parse_is_found_by_text_and_model(tmp_path: Path) -> None:
    first = cached_parser(tmp_path)
    list(first.parse([TEXT]))
    cache = ParseCache(tmp_path)
    assert list(cache.get(first.identity, [TEXT])) == [TEXT]
    assert cache.get(first.identity, [TEXT + "."]) == {}
    assert cache.get("another model", [TEXT]) == {}


def test_new_and_stored_texts_come_in_the_order_asked_for(tmp_path: Path) -> None:
    parser = cached_parser(tmp_path)
    list(parser.parse(["two"]))
    assert [tokens.text for tokens in parser.parse(["one", "two", "one", "three"])] == [
        "one",
        "two",
        "one",
        "three",
    ]


@pytest.mark.parametrize("damage", [b"", b"not a parse", None])
def test_a_damaged_entry_is_told_of_and_made_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes | None
) -> None:
    parser = cached_parser(tmp_path)
    fresh = next(parser.parse([TEXT]))
    with sqlite3.connect(tmp_path / "parses.sqlite") as database:
        (blob,) = database.execute("SELECT doc FROM parses").fetchone()
        worse = blob[: len(blob) // 2] if damage is None else damage
        database.execute("UPDATE parses SET doc = ?", (worse,))
    database.close()
    assert next(cached_parser(tmp_path).parse([TEXT])) == fresh
    assert "is parsed again" in caplog.text
    with sqlite3.connect(tmp_path / "parses.sqlite") as database:
        assert database.execute("SELECT doc FROM parses").fetchone() == (blob,)
    database.close()


def test_a_damaged_file_is_told_of_and_begun_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "parses.sqlite").write_bytes(b"SQLite format 3\0" + b"damage" * 2000)
    parser = cached_parser(tmp_path)
    assert next(parser.parse([TEXT])).text == TEXT
    assert "begun anew" in caplog.text
    assert ParseCache(tmp_path).get(parser.identity, [TEXT])


def test_entries_of_another_version_are_dropped(parser: Parser, tmp_path: Path) -> None:
    cache = ParseCache(tmp_path)
    cache.put("model", {TEXT: next(parser.parse([TEXT]))})
    with sqlite3.connect(tmp_path / "parses.sqlite") as database:
        database.execute(f"PRAGMA user_version = {VERSION - 1}")
    database.close()
    assert ParseCache(tmp_path).state().parses == 0
    assert ParseCache(tmp_path).get("model", [TEXT]) == {}


def test_what_was_not_used_for_longest_goes_first(parser: Parser, tmp_path: Path) -> None:
    cache = ParseCache(tmp_path, limit=200_000)
    texts = [f"{TEXT} {number} " + f"Word{number} said so. " * 150 for number in range(60)]
    for text in texts:
        cache.put("model", {text: next(parser.parse([text]))})
    state = cache.state()
    assert 0 < state.parses < 60
    assert state.bytes < 260_000
    assert cache.get("model", texts[-1:])


def test_the_cache_can_be_seen_and_cleared(parser: Parser, tmp_path: Path) -> None:
    cache = ParseCache(tmp_path)
    assert cache.state().parses == 0
    cache.put("model", {TEXT: next(parser.parse([TEXT]))})
    assert ParseCache(tmp_path).state().parses == 1
    cache.clear()
    assert cache.state().parses == 0
    assert cache.get("model", [TEXT]) == {}


def test_a_cache_that_cannot_be_written_is_told_of_once_and_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = ParseCache(tmp_path)
    lengths = [len(repr(number**0.5)) + number % 7 for number in range(20_000)]  # packs badly
    tokens = blank_tokens(" ".join("x" * length for length in lengths))
    assert cache.get("model", [tokens.text]) == {}
    cache._database.execute("PRAGMA max_page_count = 1")  # as small as a full disk
    for number in range(3):
        cache.put("model", {f"{number}": tokens})
    told = [record for record in caplog.records if "parses are not kept" in record.message]
    assert len(told) == 1
    assert cache.get("model", [tokens.text]) == {}
