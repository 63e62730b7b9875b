import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsclaims.dataset import FILES, MANIFEST
from newsclaims.errors import UsageError
from newsclaims.progress import progress
from newsclaims.run import extraction, local, state
from newsclaims.run.local import run
from newsclaims.run.outcome import Outcome, describe
from newsclaims.run.settings import Resources, Settings
from newsclaims.verify import verify

NAMES = "Ana Popescu,Ion Rusu,Kofi Owusu,Mei Ling Chen,Omar Haddad,Priya Nair,Rosa Vidal".split(",")
PLACES = "Oslo,Accra,Lima,Hanoi,Riga,Quito,Dakar".split(",")
BUSY = Resources(workers=2)


def articles(count: int) -> list[dict[str, object]]:
    return [
        {
            "id": f"a{number}",
            "published": f"2024-05-{number % 28 + 1:02}",
            "text": f"Former mayor {NAMES[number % 7]} met {NAMES[(number + 3) % 7]}, the finance "
            f"minister, in {PLACES[number % 7]} on Tuesday. It was visit number {number}.",
        }
        for number in range(count)
    ]


def write(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def extract(source: Path, output: Path, means: Resources = BUSY, **settings: object) -> Outcome:
    with progress(None, quiet=True) as display:
        return run([str(source)], output, Settings(**settings), means, display)


def dataset(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*FILES, MANIFEST)}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("source") / "in.jsonl", articles(70))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def undisturbed(
    source: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("undisturbed")
    outcome = extract(source, output, Resources(workers=1, cache=cache))
    assert (outcome.articles, outcome.reused, outcome.errors) == (70, 0, {})
    assert verify(output) == []
    return dataset(output)


@pytest.mark.parametrize(
    ("workers", "chunk", "cached"), [(1, 32, False), (2, 7, False), (2, 32, True), (3, 1, True)]
)
def test_the_same_bytes_whatever_the_way(
    source: Path,
    cache: Path,
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
    chunk: int,
    cached: bool,
) -> None:
    monkeypatch.setattr(state, "CHUNK", chunk)
    extract(source, tmp_path, Resources(workers=workers, cache=cache if cached else None))
    assert dataset(tmp_path) == undisturbed


def test_a_rerun_does_only_what_changed(
    source: Path, cache: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    means = Resources(workers=1, cache=cache)
    changing = tmp_path / "in.jsonl"
    shutil.copy(source, changing)
    output = tmp_path / "out"
    extract(changing, output, means)
    assert dataset(output) == undisturbed
    assert extract(changing, output, means).reused == 70
    lines = articles(70)
    lines[3]["text"] = "Ana Popescu has left."
    outcome = extract(write(changing, [*lines[:60], *articles(71)[70:]]), output, means)
    assert (outcome.articles, outcome.reused) == (61, 59)
    assert '"id":"a65"' not in (output / "records.jsonl").read_text(), "removed input stays"
    assert verify(output) == []
    assert extract(changing, output, means, any_language=True).reused == 0


def test_another_order_gives_the_same_lines_in_that_order(
    cache: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    turned = write(tmp_path / "in.jsonl", articles(70)[::-1])
    extract(turned, tmp_path / "out", Resources(cache=cache))
    lines = (tmp_path / "out" / "records.jsonl").read_bytes().splitlines()
    assert lines == undisturbed["records.jsonl"].splitlines()[::-1]


def test_nothing_is_written_when_nothing_changed(
    source: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract(source, tmp_path, Resources(cache=cache))
    monkeypatch.setattr(local, "write_dataset", lambda *_: pytest.fail("written again"))
    outcome = extract(source, tmp_path, Resources(cache=cache))
    assert (outcome.reused, outcome.rows["articles"]) == (70, 70)
    monkeypatch.undo()
    (tmp_path / "roles.csv").write_text("")
    extract(source, tmp_path, Resources(cache=cache))
    assert verify(tmp_path) == [], "a file that someone changed is written again"


def test_bad_articles_are_named_and_the_others_complete(tmp_path: Path) -> None:
    lines = articles(5)
    lines[1]["text"] = None
    lines[2]["text"] = (
        "Der Minister traf am Dienstag in der Hauptstadt seine Kollegin und sprach mit ihr lange "
        "über die Lage der Bauern im Norden des Landes und über die neuen Preise."
    )
    outcome = extract(write(tmp_path / "in.jsonl", lines), tmp_path / "out", Resources())
    assert outcome.articles == 3
    assert outcome.errors == {"text": 1, "language": 1}
    errors = [json.loads(line) for line in (tmp_path / "out/errors.jsonl").read_text().splitlines()]
    assert [(error["article"], error["line"], error["kind"]) for error in errors] == [
        ("a1", 2, "text"),
        ("a2", 3, "language"),
    ]
    assert errors[1]["input"].endswith("in.jsonl")
    told = "\n".join(describe(outcome, tmp_path / "out"))
    assert "failed: 1 not in English (language)" in told


def test_a_rule_that_fails_on_one_article_costs_that_article_alone(
    pipeline: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsclaims import assemble
    from newsclaims.articles import Located
    from newsclaims.records import Article, InputError

    original = assemble.extract

    def breaks(doc: object, *others: object) -> object:
        if "number 1." in str(doc):
            raise IndexError("list index out of range")
        return original(doc, *others)

    monkeypatch.setattr(assemble, "extract", breaks)
    chunk = [Located(Article(**line), "in.jsonl", n) for n, line in enumerate(articles(3), 1)]
    results = extraction._extract(pipeline, chunk)
    failed = [result for result in results if isinstance(result, InputError)]
    assert [str(error) for error in failed] == [
        "in.jsonl, line 2, article a1: IndexError: list index out of range"
    ]


@pytest.mark.parametrize("hopeless", ["file", "read-only"])
def test_an_output_that_cannot_be_written_is_wrong_usage(
    source: Path, tmp_path: Path, hopeless: str
) -> None:
    output = tmp_path / "out"
    if hopeless == "file":
        output.write_text("")
    else:
        output.mkdir()
        output.chmod(0o500)
        if os.access(output, os.W_OK):
            pytest.skip("this user may write to read-only folders")
    with pytest.raises((UsageError, OSError)):
        extract(source, output)


def start(source: Path, output: Path, cache: Path) -> subprocess.Popen[str]:
    program = Path(sys.executable).with_name("newsclaims")
    options = ["--output", output, "--cache", cache, "--workers", "2"]
    return subprocess.Popen(
        [program, "run", source, *options],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def workers_of(parent: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line]


def stored(output: Path) -> int:
    """Articles in the store of a dead run."""
    from newsclaims.run.store import Store

    with Store(output) as store:
        return int(store._database.execute("SELECT count(*) FROM results").fetchone()[0])


@pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps to find the workers with")
def test_killed_runs_go_on_to_the_same_bytes(tmp_path: Path) -> None:
    """SIGKILL hits parent and workers in turn, `NEWSCLAIMS_KILLS` times (`make soak`: 30)."""
    kills = int(os.environ.get("NEWSCLAIMS_KILLS", "2"))
    chance = random.Random(kills)
    lines = articles(64 * 24)
    source = write(tmp_path / "in.jsonl", lines)
    reference = tmp_path / "reference"
    extract(source, reference, Resources(workers=2, cache=tmp_path / "cache"))
    for kill in range(kills):
        output = tmp_path / f"killed-{kill}"
        process = start(source, output, tmp_path / "cache")
        journal = output / ".newsclaims.store"
        while not (journal.exists() and journal.stat().st_size > 40_000):
            assert process.poll() is None, "the run ended before it could be killed"
            time.sleep(0.01)
        time.sleep(chance.random() * 0.3)
        if kill % 2 == 0:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            done = stored(output)
            assert 0 < done < len(lines)
        else:
            victims = workers_of(process.pid)
            assert victims
            os.kill(chance.choice(victims), signal.SIGKILL)
            _, said = process.communicate()
            assert process.returncode == 0, said
            done = len(lines)
        again = start(source, output, tmp_path / "cache")
        _, said = again.communicate()
        assert again.returncode == 0, said
        assert f"{done} of them done before" in said
        assert dataset(output) == dataset(reference)
