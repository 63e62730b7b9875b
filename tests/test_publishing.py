"""A dataset is published in one act: kills at every change of a file, and who reads meanwhile."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from newsclaims.assemble import Extraction
from newsclaims.cli import commands
from newsclaims.dataset import DatasetError, Form, read_entries, read_manifest, write_dataset
from newsclaims.evaluate.scoring import read_records
from newsclaims.progress import progress
from newsclaims.publishing import (
    LOCK,
    MANIFEST,
    PENDING,
    PUBLISHED,
    LockedError,
    PublishingError,
    settle,
    writing,
)
from newsclaims.run.local import run
from newsclaims.run.results import pack
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.shards import Shard
from newsclaims.run.state import result_key
from newsclaims.run.store import FILE as STORE
from newsclaims.run.store import Store
from newsclaims.schema import ArticleRecord
from newsclaims.verify import verify

from tests.annotated import Line, line
from tests.datasets import make_dataset, rows_of

ROOT = Path(__file__).parent.parent
OLD = [line("[[Lars Berg|person-1]] stayed in [[Bergen|place-1]].")]
NEW = [
    line("[[Lars Berg|person-1]] went to [[Oslo|place-1]] with [[Mei Lin|person-2]]."),
    line("[[Rosa Vidal|person-1]] left [[Lima|place-1]].", id="a2"),
    line("[[Ion Rusu|person-1]] left [[Riga|place-1]].", id="a3"),
]


def articles(path: Path, lines: Iterable[Line]) -> Path:
    rows = ({"id": each["article"]["id"], "text": each["text"]} for each in lines)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def store_results(output: Path, source: Path, lines: Iterable[Line]) -> None:
    """Keep what a worker would find in these articles, so that a run needs no model."""
    settings = Settings()
    found = {
        entry.article["id"]: Extraction(
            ArticleRecord.model_validate(entry.record), tuple(entry.article["sentences"])
        )
        for entry in read_entries(make_dataset(output.parent / "found", lines))
    }
    output.mkdir(exist_ok=True)
    with Store(output) as store:
        for located in settings.locate([str(source)]):
            article = located.article
            key = result_key(settings.identity, article)
            store.keep({key: pack(article, found[article.id])})
    shutil.rmtree(output.parent / "found")


def run_stored(folder: Path, output: Path, lines: list[Line], shard: Shard | None = None) -> None:
    source = articles(folder / "in.jsonl", lines)
    store_results(output, source, lines)
    with progress(None, quiet=True) as display:
        run([str(source)], output, Settings(), Resources(), display, shard=shard)


def start_of_run(folder: Path) -> list[str]:
    run_stored(folder, folder / "out", OLD)
    store_results(folder / "out", articles(folder / "in.jsonl", NEW), NEW)
    return ["run", "{}/in.jsonl", "-o", "{}/out", "--no-cache", "--quiet"]


def start_of_first_run(folder: Path) -> list[str]:
    store_results(folder / "out", articles(folder / "in.jsonl", NEW), NEW)
    return ["run", "{}/in.jsonl", "-o", "{}/out", "--no-cache", "--quiet"]


def start_of_apply(folder: Path) -> list[str]:
    out = make_dataset(folder / "out", NEW)
    verdict = {"key": rows_of(out)["a1 person-1"]["key"], "verdict": "wrong"}
    (folder / "verdicts.jsonl").write_text(json.dumps(verdict) + "\n")
    return ["apply", "{}/out", "{}/verdicts.jsonl"]


def start_of_rewrite_in_place(folder: Path) -> list[str]:
    make_dataset(folder / "out", NEW, form=Form(formats=("csv", "jsonl")))
    return ["rewrite", "{}/out", "-o", "{}/out", "--format", "jsonl,sqlite"]


def start_of_rewrite(folder: Path) -> list[str]:
    make_dataset(folder / "source", NEW)
    make_dataset(folder / "out", OLD)
    return ["rewrite", "{}/source", "-o", "{}/out", "--no-text", "--format", "csv"]


def start_of_merge(folder: Path) -> list[str]:
    for number in (1, 2):
        run_stored(folder, folder / f"shard-{number}", NEW, Shard(number, 2))
    make_dataset(folder / "out", OLD)
    return ["merge", "{}/shard-1", "{}/shard-2", "-o", "{}/out"]


STARTS = [
    start_of_run,
    start_of_first_run,
    start_of_apply,
    start_of_rewrite_in_place,
    start_of_rewrite,
    start_of_merge,
]


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any], int]]:
    """Each scene with how often its command was killed, always one change of a file later."""
    scenes = []
    for start in STARTS:
        folder = tmp_path_factory.mktemp(start.__name__)
        (folder / "start").mkdir()
        command = start(folder / "start")
        scenes.append(
            {"start": str(folder / "start"), "command": command, "killed": str(folder / "killed")}
        )
    file = tmp_path_factory.mktemp("scenes") / "scenes.json"
    file.write_text(json.dumps(scenes))
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed", file],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    counts = map(int, done.stdout.split())
    names = (start.__name__ for start in STARTS)
    return dict(zip(names, zip(scenes, counts, strict=True), strict=True))


def dataset(folder: Path) -> dict[str, bytes]:
    """The files of a dataset, none where there is none."""
    if not (folder / MANIFEST).exists():
        return {}
    names = [*read_manifest(folder)["files"], MANIFEST]
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
@pytest.mark.parametrize("start", [start.__name__ for start in STARTS])
def test_a_command_killed_at_any_change_of_a_file_leaves_the_old_or_the_new_dataset(
    kills: dict[str, tuple[dict[str, Any], int]], start: str
) -> None:
    scene, count = kills[start]
    killed = Path(scene["killed"])
    old, new = dataset(Path(scene["start"], "out")), dataset(killed / str(count + 1) / "out")
    assert count > 20
    assert new
    assert old != new
    seen = []
    for number in range(1, count + 1):
        copy = killed / str(number)
        out = copy / "out"
        if out.is_dir():
            settle(out)  # as each command that reads it does
        found = dataset(out)
        assert found in (old, new), number
        seen.append(found == new)
        assert not found or verify(out) == []
        arguments = [part.replace("{}", str(copy)) for part in scene["command"]]
        assert commands.main(arguments, standalone_mode=False) == 0
        assert dataset(out) == new, number
        allowed = {*old, *new, STORE} if start != "start_of_rewrite_in_place" else {*new}
        assert {path.name for path in out.iterdir()} <= allowed
    assert seen == sorted(seen), "once the new one is there it stays"
    assert len(set(seen)) == 2


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "out", OLD)
    before = dataset(folder)
    waiting = (
        "import sys; from pathlib import Path; from newsclaims.publishing import writing\n"
        f"with writing(Path({str(folder)!r})): print('holds', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", waiting],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "holds\n"
        for command in (
            ["rewrite", folder, "-o", folder, "--format", "jsonl"],
            ["apply", folder],
            ["run", articles(tmp_path / "in.jsonl", NEW), "-o", folder, "--no-cache", "-q"],
        ):
            with pytest.raises(LockedError, match="another command is writing to"):
                commands.main([str(part) for part in command], standalone_mode=False)
        other.kill()
    assert dataset(folder) == before
    assert commands.main(["apply", str(folder)], standalone_mode=False) == 0
    assert not (folder / LOCK).exists()


def test_a_lock_that_its_holder_has_removed_is_taken_anew(tmp_path: Path) -> None:
    with writing(tmp_path):
        assert (tmp_path / LOCK).exists()
        with writing(tmp_path):
            pass
        assert (tmp_path / LOCK).exists(), "the outer one holds it still"
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_writing_is_not_read(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "out", OLD)
    other = make_dataset(tmp_path / "other", NEW[:1])
    shutil.copy(other / "records.jsonl", folder / "records.jsonl")
    with pytest.raises(DatasetError, match=r"records\.jsonl is not the file that manifest\.json"):
        list(read_entries(folder))
    with pytest.raises(DatasetError, match=r"records\.jsonl is not the file that manifest\.json"):
        read_records(folder)
    for command in (["rewrite", "-o", str(tmp_path / "new")], ["report"], ["diff", str(other)]):
        with pytest.raises(DatasetError):
            commands.main([command[0], str(folder), *command[1:]], standalone_mode=False)
    assert any("records.jsonl: changed" in finding for finding in verify(folder))


def test_who_has_begun_to_read_reads_on_in_the_dataset_of_before(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "out", NEW)
    expected = list(read_entries(folder))
    reading = read_entries(folder)
    found = [next(reading)]
    make_dataset(folder, OLD)
    assert [*found, *reading] == expected
    assert len(list(read_entries(folder))) == 1


def test_a_source_that_changes_while_it_is_rewritten_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsclaims import rewriting

    folder = make_dataset(tmp_path / "out", NEW)

    def read(source: Path) -> Any:
        entries = list(read_entries(source))
        make_dataset(folder, OLD)
        return iter(entries)

    monkeypatch.setattr(rewriting, "read_entries", read)
    with pytest.raises(DatasetError, match="was changed by another command"):
        rewriting.rewrite(folder, tmp_path / "new", {"formats": ("jsonl",)})
    assert list((tmp_path / "new").iterdir()) == []


def test_what_failed_leaves_nothing(tmp_path: Path) -> None:
    def entries() -> Any:
        yield from read_entries(make_dataset(tmp_path / "other", OLD))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        write_dataset(tmp_path / "out", entries(), [], {})
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_put_in_order_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_dataset(tmp_path / "out", OLD)
    (folder / PUBLISHED).mkdir()
    (folder / PUBLISHED / "records.jsonl").write_text("")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PublishingError, match="was killed left it unfinished"):
        list(read_entries(folder))
    monkeypatch.undo()
    with pytest.raises(DatasetError):
        list(read_entries(folder))
    assert not (folder / PENDING).exists()
