"""The stages one after the other, without Ray: what nodes do, done here."""

import json
import pickle
from typing import Any

import pytest
from newsclaims.copies import Copy
from newsclaims.dataset import Form
from newsclaims.errors import UsageError
from newsclaims.run.ray_engine.stages import Extractor, Found, Made, PartMaker, Reader
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.state import CHUNK

SETTINGS = Settings()
loads = pickle.loads  # of what our own stages have pickled


@pytest.fixture(scope="module")
def chunks(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A full chunk and another of five articles, one without a text, read as seen from a folder."""
    folder = tmp_path_factory.mktemp("read")
    texts = ["Mayor Ana Popescu left Oslo."] * CHUNK + ["", *("Ion Rusu sang." for _ in range(5))]
    lines = [json.dumps({"text": text, "desk": "world"}) + "\n" for text in texts]
    (folder / "in.jsonl").write_text("".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        reader = Reader(SETTINGS)
        patch.chdir(folder.parent)
        return list(reader({"inputs": ["in.jsonl"]}))


@pytest.fixture(scope="module")
def extracted(chunks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    extractor = Extractor(SETTINGS, Resources(), SETTINGS.identity)
    return [extractor(chunk) for chunk in chunks]


def test_the_reader_numbers_chunks(chunks: list[dict[str, Any]]) -> None:
    assert [chunk["number"] for chunk in chunks] == [0, 1]
    assert [len(loads(chunk["items"])) for chunk in chunks] == [CHUNK, 6]


def test_the_extractor_tells_what_concerns_others(extracted: list[dict[str, Any]]) -> None:
    first, second = (loads(row["found"]) for row in extracted)
    assert isinstance(first, Found)
    assert len(first.placed) == CHUNK
    assert first.metadata_columns == {"desk"}
    assert [placed.id for placed in second.placed] == [f"in-{n}" for n in range(34, 39)]
    assert [(error.line, error.kind) for error in second.errors] == [(33, "text")]


def test_an_article_that_takes_too_long_is_an_error(chunks: list[dict[str, Any]]) -> None:
    items = loads(chunks[0]["items"])[:1]
    extractor = Extractor(SETTINGS, Resources(timeout=1e-9), SETTINGS.identity)
    row = extractor({"number": 4, "items": pickle.dumps(items)})
    (error,) = loads(row["found"]).errors
    assert (row["number"], error.article, error.kind) == (4, "in-1", "timeout")
    assert loads(row["packed"]) == []


def test_a_node_with_other_rules_is_refused() -> None:
    with pytest.raises(UsageError, match="install the same on all nodes"):
        Extractor(SETTINGS, Resources(), SETTINGS.identity + "other")


def test_a_part_knows_the_numbers_of_its_articles(extracted: list[dict[str, Any]]) -> None:
    import pyarrow as pa

    copies = {CHUNK: Copy("cluster of one", 1)}
    maker = PartMaker(Form(formats=("parquet",)), [0, CHUNK, CHUNK + 5], copies)
    *files, last = (table.to_pylist()[0] for table in maker(pa.Table.from_pylist(extracted[1:])))
    by_name = {row["name"]: row["content"] for row in files}
    assert {"articles.jsonl", "records.jsonl", "people.parquet"} < by_name.keys()
    assert not any("index" in name for name in by_name), "indexes are not of a part alone"
    lines = [json.loads(line) for line in by_name["articles.jsonl"].splitlines()]
    assert [line["id"] for line in lines] == [f"in-{n}" for n in range(34, 39)]
    assert [line["cluster"] == "cluster of one" for line in lines] == [True, *[False] * 4]
    made = loads(last["content"])
    assert isinstance(made, Made)
    assert (last["name"], last["chunks"]) == ("", [1])
    assert made.rows["articles"] == len(made.named) == 5
