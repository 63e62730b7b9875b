from collections.abc import Iterator
from pathlib import Path

import pytest
from newsclaims.errors import UsageError
from newsclaims.records import InputError
from newsclaims.run.ray_engine.fetching import fetch, with_names


@pytest.fixture
def memory() -> Iterator[dict[str, bytes]]:
    """Files by path in fsspec's own memory."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is of the extra ray: make test-ray")
    files = fsspec.filesystem("memory")
    written = {
        "/a/news.jsonl": b'{"text": "one"}\n',
        "/b/news.jsonl": b'{"text": "two"}\n',
        "/b/old.csv": b"",
    }
    for path, content in written.items():
        files.pipe_file(path, content)
    yield written
    for path in written:
        files.rm_file(path)


def test_paths_stay_as_they_are_given(tmp_path: Path) -> None:
    assert fetch(["news.jsonl", "folder"], tmp_path) == {
        "news.jsonl": "news.jsonl",
        "folder": "folder",
    }


def test_files_of_urls_are_copied_under_their_own_names(
    memory: dict[str, bytes], tmp_path: Path
) -> None:
    fetched = fetch(["memory://b/old.csv", "here.txt", "memory://*/news.jsonl"], tmp_path)
    assert list(fetched.values()) == [
        "memory:///b/old.csv",
        "here.txt",
        "memory:///a/news.jsonl",
        "memory:///b/news.jsonl",
    ]
    copies = [Path(path) for path, name in fetched.items() if path != name]
    assert [path.name for path in copies] == ["old.csv", "news.jsonl", "news.jsonl"]
    assert [path.read_bytes() for path in copies] == [
        memory["/b/old.csv"],
        memory["/a/news.jsonl"],
        memory["/b/news.jsonl"],
    ]


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("url", ["memory://c/none.jsonl", "memory://c/*.jsonl", "nothing://x"])
def test_a_url_without_a_file_is_wrong_usage(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be fetched"):
        fetch([url], tmp_path)


def test_standard_input_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not read standard input"):
        fetch(["-"], tmp_path)


def test_errors_name_urls_and_no_copies() -> None:
    message = "the id 'a' is already that of copies/0/in.jsonl, line 2"
    error = InputError(input="copies/1/in.csv", line=3, kind="duplicate-id", message=message)
    copies = {"copies/0/in.jsonl": "s3://old/in.jsonl", "copies/1/in.csv": "s3://new/in.csv"}
    named = with_names(error, copies)
    assert named.input == "s3://new/in.csv"
    assert named.message == "the id 'a' is already that of s3://old/in.jsonl, line 2"
    assert with_names(error, {error.input: error.input}) == error
