from pathlib import Path

import pytest
from newsclaims.dataset import read_entries
from newsclaims.errors import UsageError
from newsclaims.held_texts import (
    HeldTexts,
    with_contents,
    with_texts,
    without_contents,
    without_texts,
)
from newsclaims.tables import Entry

from tests.annotated import line
from tests.datasets import make_dataset

TEXT = "[[Ana Popescu|person-1]] said that talks went well."


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    said = [("Ana Popescu", ["that talks", "went well"], "person-1")]
    (only,) = read_entries(make_dataset(tmp_path / "out", [line(TEXT, statements=said)]))
    return only


def test_texts_put_back_are_what_was_taken_out(entry: Entry) -> None:
    bare = without_texts(entry)
    assert bare.article["text"] is None
    assert bare.article["characters"] == len(entry.article["text"])
    assert "talks" not in str(bare)
    assert without_texts(bare) == bare
    assert list(with_texts([bare], HeldTexts([entry.article["text"], "another"]))) == [entry]


def test_a_text_that_nobody_holds_is_named(entry: Entry) -> None:
    with pytest.raises(UsageError, match="the text of article a1 is not among those given"):
        list(with_texts([without_texts(entry)], HeldTexts([])))


def test_unknown_words_have_their_length(entry: Entry) -> None:
    unknown = with_contents(without_contents(entry.record), None)
    assert [span["text"] for span in unknown["statements"][0]["content"]] == ["?" * 10, "?" * 9]


def test_changes_of_rows_lose_their_contents_too(entry: Entry) -> None:
    (statement,) = entry.record["statements"]
    changes = [{"layer": "statements", "before": statement, "after": None}]
    bare = without_contents({"article": "a1", "changes": changes, "record": entry.record})
    assert "talks" not in str(bare)
    assert "Ana Popescu" in str(bare)
