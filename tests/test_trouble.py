"""Disks that are full or read-only, folders in use, stores that are damaged, ends that are sudden.

Each time: one line that says what to do, and once its cause is gone the same command makes the
same bytes. Where only this process matters, the work of a worker is done in it.
"""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from newsclaims import Pipeline, cli
from newsclaims.articles import locate_articles
from newsclaims.dataset import FILES, MANIFEST
from newsclaims.run import local
from newsclaims.run.results import pack
from newsclaims.run.store import FILE, Store

from tests.run.test_local import articles, start, workers_of, write

COUNT = 80


class WorkHere:
    """Stands in for `Workers`: the work is done in this process."""

    def __init__(self, _count: int, prepare: Callable[[], Any], **_: object) -> None:
        self._work = prepare()

    def __enter__(self) -> "WorkHere":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, chunks: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, Any]]:
        for chunk in chunks:
            yield from zip(chunk, self._work(chunk), strict=True)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("source") / "in.jsonl", articles(COUNT))


@pytest.fixture(scope="module")
def known(pipeline: Pipeline, source: Path) -> dict[str, bytes]:
    """What workers find in each article, by id."""
    found = [item.article for item in locate_articles([str(source)])]
    results = zip(found, pipeline.extractions(found), strict=True)
    return {article.id: pack(article, extraction) for article, extraction in results}


@pytest.fixture
def command(
    source: Path, known: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Callable[..., tuple[int, list[str]]]:
    """`command(output, …options)` runs and gives the exit status and the lines that it said."""

    def extractor(*_: object) -> Callable[[Sequence[Any]], list[bytes]]:
        return lambda chunk: [known[located.article.id] for located in chunk]

    def run(output: Path, *options: str) -> tuple[int, list[str]]:
        arguments = ["newsclaims", "run", source, "-o", output, "--quiet", "--no-cache", *options]
        monkeypatch.setattr(sys, "argv", [str(argument) for argument in arguments])
        before = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        signal.signal(signal.SIGTERM, before)
        return int(str(ended.value.code)), capsys.readouterr().err.splitlines()

    monkeypatch.setattr(local, "Workers", WorkHere)
    monkeypatch.setattr(local, "extractor", extractor)
    return run


@pytest.fixture
def undisturbed(command: Any, tmp_path: Path) -> dict[str, bytes]:
    assert command(tmp_path / "undisturbed") == (0, [])
    return dataset(tmp_path / "undisturbed")


def dataset(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*FILES, MANIFEST)}


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A small disk of its own at `folder`."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", folder]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk to fill")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def remounted(output: Path, state: str) -> Iterator[None]:
    """The disk of `output` in a poor state, and well again."""
    remount = ["mount", "-o"]
    subprocess.run([*remount, f"remount,{state}", output], check=True)
    yield
    subprocess.run([*remount, "remount,rw,size=20m", output], check=True)


DISK = [
    ("size=8k", "is there room in"),
    ("size=60k", "full; what was kept before is whole"),
    ("size=560k", "No space left on device; what was kept before is whole"),
    ("ro", "may you write there"),
]


@pytest.mark.parametrize(("state", "told"), DISK)
def test_a_disk_in_trouble_is_told_of_and_the_run_goes_on_after_it(
    command: Any,
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    state: str,
    told: str,
) -> None:
    output = tmp_path / "disk"
    with mounted(output, "size=20m"):
        with remounted(output, state):
            status, said = command(output)
        assert (status, len(said)) == (2, 1), said
        assert told in said[0]
        assert command(output) == (0, [])
        assert dataset(output) == undisturbed
        assert sorted(path.name for path in output.iterdir()) == sorted([*undisturbed, FILE])


@pytest.mark.parametrize("options", [[], ["--fresh"]])
def test_a_second_run_in_the_folder_is_refused(
    command: Any, undisturbed: dict[str, bytes], tmp_path: Path, options: list[str]
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    with Store(output):
        status, said = command(output, *options)
    assert (status, len(said)) == (2, 1), said
    assert "another command is writing to" in said[0]
    assert command(output, *options) == (0, [])
    assert dataset(output) == undisturbed


def test_an_output_that_is_a_file_is_wrong_usage(command: Any, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    status, said = command(tmp_path / "out")
    assert status == 2
    assert "is a file" in said[-1]
    assert (tmp_path / "out").read_text() == "mine"


def damage(path: Path, chance: random.Random) -> None:
    """Cut the file, or write over a stretch of it."""
    content = bytearray(path.read_bytes())
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    else:
        start = chance.choice([0, chance.randrange(len(content))])
        length = chance.choice([1, 16, 5000])
        content[start : start + length] = chance.randbytes(len(content[start : start + length]))
    path.write_bytes(content)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_store_is_remade_or_refused_and_never_believed(
    command: Any, undisturbed: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    output = tmp_path / "undisturbed"
    damage(output / FILE, random.Random(seed))
    if seed % 2:
        (output / "records.jsonl").unlink()  # so that all is written again from what is stored
    status, said = command(output)
    if status:
        assert (status, len(said)) == (2, 1), said
        assert "--fresh" in said[0]
        assert command(output, "--fresh") == (0, [])
    assert dataset(output) == undisturbed


@pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps to find the workers with")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_no_worker_outlives_its_run(tmp_path: Path, name: str) -> None:
    process = start(write(tmp_path / "in.jsonl", articles(900)), tmp_path / "out", tmp_path / "c")
    while not (workers := workers_of(process.pid)):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=60)
    if name == "SIGKILL":
        deadline = time.monotonic() + 60
        while any(map(is_alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
    else:
        assert process.returncode == 130
        assert "what was finished is kept, run the same command to go on" in said
        assert "Traceback" not in said
    assert not any(map(is_alive, workers))


def is_alive(process: int) -> bool:
    """Whether this process runs; one that has ended and waits for its parent to ask does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True)
    return bool(state.stdout.strip()) and not state.stdout.startswith(b"Z")
