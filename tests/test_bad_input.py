"""Everything that people's files are spoiled by, in one run with 200 good articles."""

import json
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from newsclaims import workers
from newsclaims.articles import inputs
from newsclaims.cli import commands
from newsclaims.run import extraction, local
from newsclaims.verify import verify

from tests.bad_input import DEADLY, DOCUMENTS, FILES, LINES, MAX_CHARS, ROWS, SLOW, Bad

GOOD = {
    f"good-{number}": f"Former mayor Ana Popescu of Oslo met {number} ministers there."
    for number in range(200)
}
IDS = list(GOOD)
HEADER = b"id,text,published\n"


def hostile(*given: Any) -> Callable[[Sequence[Any]], list[Any]]:
    """The work of a worker, which one article kills and another holds up."""
    extract = extraction.extractor(*given)

    def work(chunk: Sequence[Any]) -> list[Any]:
        texts = [located.article.text for located in chunk]
        if DEADLY in texts:
            os.kill(os.getpid(), signal.SIGKILL)
        if SLOW in texts:
            time.sleep(3600)
        return extract(chunk)

    return work


def good_line(name: str) -> bytes:
    return json.dumps({"id": name, "text": GOOD[name]}).encode()


def good_row(name: str) -> bytes:
    return f"{name},{GOOD[name]},2025-06-02".encode()


def mixed(good: Sequence[bytes], bad: Sequence[Bad]) -> list[bytes | Bad]:
    """One bad line after each of the first good ones."""
    pairs = zip(good, bad, strict=False)
    return [line for pair in pairs for line in pair] + list(good[len(bad) :])


def write_input(folder: Path, *, bad: bool) -> dict[tuple[str, int | None], Bad]:
    """Write the good articles, with or without the bad; where each of those stands."""
    places: dict[tuple[str, int | None], Bad] = {}
    documents = folder / "documents"
    documents.mkdir(parents=True)
    for name in IDS[160:]:
        (documents / f"{name}.txt").write_text(GOOD[name], encoding="utf-8")
    tables = {
        "lines.jsonl": (b"", mixed([good_line(name) for name in IDS[:120]], LINES if bad else [])),
        "rows.csv": (HEADER, mixed([good_row(name) for name in IDS[120:160]], ROWS if bad else [])),
    }
    for name, (header, lines) in tables.items():
        for number, line in enumerate(lines, 2 if header else 1):
            if isinstance(line, Bad):
                places[name, number] = line
        contents = [line.content if isinstance(line, Bad) else line for line in lines]
        (folder / name).write_bytes(header + b"".join(line + b"\n" for line in contents))
    if bad:
        for place, files in ((documents, DOCUMENTS), (folder, FILES)):
            for name, file in files.items():
                (place / name).write_bytes(file.content)
                places[name, None] = file
        places |= write_oddities(documents)
    return places


def write_oddities(folder: Path) -> dict[tuple[str, int | None], Bad]:
    """What stands in folders and is no file that can be read."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "round").symlink_to(".")
    (folder / "folder.txt").mkdir()
    found = {
        "pipe.txt": Bad(b"", "skipped", "pipe"),
        "dangling.txt": Bad(b"", "unreadable", "No such file"),
        "loop.txt": Bad(b"", "unreadable", "symbolic links"),
        "round": Bad(b"", "skipped", "a folder that holds it"),
    }
    secret = folder / "secret.txt"
    secret.write_text("The mayor spoke.")
    secret.chmod(0)
    if not os.access(secret, os.R_OK):  # the system's own user may read everything
        found["secret.txt"] = Bad(b"", "unreadable", "Permission denied")
    else:
        secret.unlink()
    return {(name, None): bad for name, bad in found.items()}


def run(folder: Path, output: Path, cache: Path, files: Sequence[str] = ()) -> int:
    names = [str(folder / name) for name in ("lines.jsonl", "rows.csv", "documents", *files)]
    options = ["--output", str(output), "--cache", str(cache), "--workers", "2", "--quiet"]
    limits = ["--max-chars", str(MAX_CHARS), "--timeout", "10"]
    return int(commands.main(["run", *names, *options, *limits], standalone_mode=False))


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def records(output: Path) -> dict[str, bytes]:
    lines = (output / "records.jsonl").read_bytes().splitlines()
    return {json.loads(line)["article"]["id"]: line for line in lines}


def place_of(error: Mapping[str, Any]) -> tuple[str, int | None]:
    """Where an error stands: a file of one article, or of one fault, goes by its name alone."""
    name = str(error["input"]).rpartition("/documents/")[2]
    name = name if "/documents/" in error["input"] else Path(error["input"]).name
    return name.replace("\\udce9", "\udce9"), (
        error["line"] if name in {"lines.jsonl", "rows.csv"} else None
    )


def test_each_bad_article_is_named_and_the_good_ones_are_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vanishing = inputs.DOCUMENTS[".txt"]

    def read(path: Path, settings: Any) -> Any:
        if path.name == "vanishes.txt":
            path.unlink()
        return vanishing(path, settings)

    write_input(tmp_path / "good", bad=False)
    places = write_input(tmp_path / "bad", bad=True)
    assert len(places) >= 40
    assert run(tmp_path / "good", tmp_path / "undisturbed", tmp_path / "cache") == 0
    monkeypatch.setitem(inputs.DOCUMENTS, ".txt", read)
    monkeypatch.setattr(local, "extractor", hostile)
    monkeypatch.setattr(workers, "TRIES", 1)  # each costs the start of a worker
    assert run(tmp_path / "bad", tmp_path / "out", tmp_path / "cache", list(FILES)) == 1

    errors = {place_of(error): error for error in read_lines(tmp_path / "out" / "errors.jsonl")}
    assert errors.keys() == places.keys()
    for place, bad in places.items():
        assert errors[place]["kind"] == bad.kind, errors[place]
        assert bad.told in errors[place]["message"], errors[place]
    expected, found = records(tmp_path / "undisturbed"), records(tmp_path / "out")
    assert expected.keys() == GOOD.keys()
    assert {name: found[name] for name in GOOD} == expected
    assert verify(tmp_path / "out") == []
