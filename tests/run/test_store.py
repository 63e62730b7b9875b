import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from newsclaims import Article, Pipeline
from newsclaims.run.results import pack, read_results
from newsclaims.run.store import Store, StoreError

ARTICLE = Article(id="a", text="Ana Popescu met Ion Rusu in Oslo.")


@pytest.fixture(scope="module")
def entry(pipeline: Pipeline) -> bytes:
    return pack(ARTICLE, next(pipeline.extractions([ARTICLE])))


def test_results_come_back_in_the_order_of_the_input(tmp_path: Path, entry: bytes) -> None:
    with Store(tmp_path) as store:
        store.keep({b"one": entry, b"two": entry})
        store.place([(0, b"two", None), (1, None, '{"kind":"text"}'), (2, b"one", None)])
        store.place([(3, b"two", None)])
        assert [found.article["id"] for found in read_results(store)] == ["a", "a", "a"]
        assert list(store.errors()) == [{"kind": "text"}]
        store.fail(2, '{"kind":"timeout"}')
        assert len(list(read_results(store))) == 2
        assert [error["kind"] for error in store.errors()] == ["text", "timeout"]


def test_results_outlive_the_run_and_its_order_does_not(tmp_path: Path, entry: bytes) -> None:
    with Store(tmp_path) as store:
        store.keep({b"one": entry})
        store.place([(0, b"one", None)])
        digest = store.sequence_digest()
    with Store(tmp_path) as store:
        assert store.knows(b"one")
        assert not store.knows(b"two")
        assert list(read_results(store)) == []
        assert store.sequence_digest() != digest


def test_results_that_no_input_asks_for_are_forgotten(tmp_path: Path, entry: bytes) -> None:
    with Store(tmp_path) as store:
        store.keep({b"one": entry, b"two": entry})
        store.place([(0, b"two", None)])
        store.prune()
        assert not store.knows(b"one")
        assert store.knows(b"two")


def test_a_second_run_in_the_folder_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path), pytest.raises(StoreError, match="another command is writing"):
        Store(tmp_path)
    with Store(tmp_path):
        pass


def test_a_store_of_another_version_is_refused_with_advice(tmp_path: Path, entry: bytes) -> None:
    with Store(tmp_path) as store:
        store.keep({b"one": entry})
        path = store.path
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreError, match="--fresh"):
        Store(tmp_path)
    with Store(tmp_path, fresh=True) as store:
        assert not store.knows(b"one")


def overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all" * 300)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3000])


def flip(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE results SET entry = substr(entry, 1, 20)")
    database.close()


@pytest.mark.parametrize("damage", [overwrite, truncate, flip])
def test_what_is_damaged_is_told_of_and_not_known(
    tmp_path: Path, entry: bytes, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    with Store(tmp_path) as store:
        store.keep({f"key {number}".encode(): entry for number in range(20)})
        path = store.path
    damage(path)
    with Store(tmp_path) as store:
        assert not store.knows(b"key 3")
        store.keep({b"key 3": entry})
        assert store.knows(b"key 3")
    assert "damaged" in caplog.text


def test_notes_are_kept(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert store.note("written") is None
        store.set_note("written", "one")
        store.set_note("written", "two")
    with Store(tmp_path) as store:
        assert store.note("written") == "two"


def test_a_full_disk_is_told_of_and_what_was_kept_stays(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.keep({b"first": b"x" * 100})
        store._database.execute("PRAGMA max_page_count = 5")  # as small as a full disk
        full = pytest.raises(StoreError, match="full; what was kept before is whole")
        with full, store.errors_told():
            store.keep({b"second": b"x" * 1_000_000})
    with Store(tmp_path) as store:
        assert store.knows(b"first")
        assert not store.knows(b"second")
