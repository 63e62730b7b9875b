"""Runs on Ray: on a cluster of two nodes, each of one core, and without Ray at all."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.dataset
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from newsclaims.cli import commands
from newsclaims.dataset import Form, written_files
from newsclaims.errors import UsageError
from newsclaims.held_texts import HeldTexts
from newsclaims.parse.cache import ParseCache
from newsclaims.parse.model import model_directory
from newsclaims.progress import progress
from newsclaims.run.local import run
from newsclaims.run.ray_engine import run_on_ray
from newsclaims.run.ray_engine.driver import RayError
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.shards import merge
from newsclaims.schema import TABLES
from newsclaims.verify import verify

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: make test-ray"
)
ARTICLES = 1200  # more than a part holds


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, some of them bad, some copies of others, and columns that some have."""
    lines = [
        {
            "id": f"a{number}",
            "text": f"Mayor Ana Popescu left Oslo on May {number % 28 + 1}, 2024. "
            f"“We saw {number % 1100} boats,” said Health Minister Ion Rusu.",
        }
        for number in range(ARTICLES)
    ]
    lines[3]["desk"] = "world"
    lines[1100]["ward"] = "north"
    lines[7]["text"] = ""
    lines[40]["text"] = (
        "Der Bürgermeister hat gestern gesagt, dass er nicht mehr antreten wird. " * 3
    )
    lines[1150]["id"] = "a8"
    lines[11]["published"] = "some day"
    written = [json.dumps(line, ensure_ascii=False) for line in lines]
    path = tmp_path_factory.mktemp("source") / "in.jsonl"
    path.write_text("\n".join([*written[:20], "broken", *written[20:]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def cluster() -> Iterator[dict[str, str]]:
    """The environment of a command that finds two nodes of one core, beside its own of none."""
    from ray.cluster_utils import Cluster

    nodes = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False}
    )
    for _ in range(2):
        nodes.add_node(num_cpus=1)
    yield os.environ | {"RAY_ADDRESS": nodes.address}
    nodes.shutdown()


def command(*arguments: str | Path) -> list[str]:
    program = "from newsclaims.cli import main; main()"
    return [sys.executable, "-c", program, *map(str, arguments)]


def assert_same(parts: Path, whole: Path, merged: Path) -> None:
    """The parts have the rows of the ordinary run; put together they have all its bytes."""
    for table in TABLES:
        found = pyarrow.dataset.dataset(parts / f"{table}.parquet").to_table()
        expected = pyarrow.parquet.read_table(whole / f"{table}.parquet")
        assert found.schema == expected.schema, table
        assert found.equals(expected), table
    merge([parts], merged)
    assert written_files(merged) == written_files(whole)
    for name in written_files(whole):
        assert (merged / name).read_bytes() == (whole / name).read_bytes(), name


def extracting() -> list[int]:
    """The processes of our cluster that are actors which extract."""
    return [
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and is_our_extractor(folder)
    ]


def is_our_extractor(process: Path) -> bool:
    try:
        title = (process / "cmdline").read_bytes()
        if not title.startswith(b"ray::") or b"Extractor" not in title:
            return False
        while process.name not in {"0", "1", str(os.getpid())}:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            process = process.with_name(parent)
    except OSError:  # it has ended
        return False
    return process.name == str(os.getpid())


@needs_ray
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the actor to kill by /proc")
def test_rows_are_those_of_any_run_though_an_actor_is_killed(
    source: Path, cluster: dict[str, str], tmp_path: Path
) -> None:
    cache, parts = ParseCache(tmp_path / "cache"), tmp_path / "parts"
    arguments = ("run", source, "--output", parts, "--engine", "ray", "--cache", tmp_path / "cache")
    with subprocess.Popen(
        command(*arguments), env=cluster, stderr=subprocess.PIPE, text=True
    ) as process:
        while not cache.state().parses and process.poll() is None:
            time.sleep(0.05)
        parses = cache.state().parses
        os.kill(extracting()[0], signal.SIGKILL)
        _, said = process.communicate()
    assert 0 < parses < ARTICLES / 2, "some are done, and most are not"
    assert process.returncode == 1, said
    assert f"{ARTICLES - 3} articles, written to {parts}" in said
    assert "failed: 1 not in English (language)" in said
    assert len(list((parts / "people.parquet").iterdir())) == 2
    with progress(None, quiet=True) as display:
        resources, form = Resources(cache=tmp_path / "cache"), Form(formats=("parquet",))
        run([str(source)], tmp_path / "whole", Settings(), resources, display, form)
    assert_same(parts, tmp_path / "whole", tmp_path / "merged")
    assert verify(parts) == []


@needs_ray
def test_urls_and_options_do_what_they_do_in_any_run(
    cluster: dict[str, str], tmp_path: Path
) -> None:
    """Parquet by URL; beside it a CSV named from the folder where the command runs."""
    old = {"name": ["p1", "p2"], "body": ["Mayor Ana Popescu left Oslo.", "Ion Rusu sang."]}
    pyarrow.parquet.write_table(pyarrow.table(old), tmp_path / "old.parquet")
    (tmp_path / "new.csv").write_text("name,body\nc1,Mayor Ana Popesco met Ion Rusu.\np2,Two.\n")
    (tmp_path / "model").symlink_to(model_directory(Settings.model))
    (tmp_path / "same.csv").write_text("name,same_as\nAna Popesco,Ana Popescu\n")
    done = subprocess.run(
        command(
            *("run", f"file://{tmp_path}/o*.parquet", "new.csv", "--output", "deep/parts"),
            *("--engine", "ray", "--columns", "id=name,text=body", "--no-text"),
            *(
                "--same-as",
                "same.csv",
                "--model",
                "model",
                "--no-cache",
                "--quiet",
                "--workers",
                "1",
            ),
        ),
        env=cluster,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    parts = tmp_path / "deep" / "parts"
    assert done.returncode == 1, done.stderr
    assert list(parts.parent.iterdir()) == [parts], "nothing else is left"
    errors = [json.loads(line) for line in (parts / "errors.jsonl").read_text().splitlines()]
    assert [(error["input"], error["kind"]) for error in errors] == [("new.csv", "duplicate-id")]
    assert f"file://{tmp_path}/old.parquet" in errors[0]["message"]
    people = pyarrow.dataset.dataset(parts / "people_index.parquet").to_table().to_pylist()
    assert [(row["name"], row["articles"]) for row in people] == [
        ("Ana Popescu", 2),
        ("Ion Rusu", 2),
    ]
    assert verify(parts) == []
    assert verify(parts, HeldTexts([*old["body"], "Mayor Ana Popesco met Ion Rusu."])) == []


@needs_ray
def test_a_node_that_would_make_other_records_is_refused(
    source: Path, cluster: dict[str, str], tmp_path: Path
) -> None:
    program = (
        "from newsclaims.run.settings import Settings; from newsclaims.cli import main;"
        "Settings.identity = property(lambda self: 'of another version'); main()"
    )
    arguments = ("run", source, "--output", tmp_path / "parts", "--engine", "ray", "--quiet")
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=cluster,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "install the same on all nodes" in done.stderr
    assert list(tmp_path.iterdir()) == []


def on_ray(inputs: list[str], output: Path) -> Any:
    return run_on_ray(inputs, output, Settings(), Resources(), Form(), quiet=True)


def test_without_ray_the_extra_is_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(RayError, match=r"pip install 'newsclaims\[ray\]'"):
        on_ray([str(source)], tmp_path / "parts")


@pytest.mark.filterwarnings("ignore")  # those of Ray, when it is imported
def test_wrong_usage_is_told_before_any_work(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: make test-ray")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    with pytest.raises(UsageError, match="is not empty"):
        on_ray([str(source)], tmp_path / "full")
    with pytest.raises(UsageError, match="not a URL"):
        on_ray([str(source)], Path("s3://bucket/parts"))
    with pytest.raises(UsageError, match="no such file"):
        on_ray(["nowhere.jsonl"], tmp_path / "parts")
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("--format=sqlite", "--format does not go with --engine ray: it writes Parquet"),
        ("--excel", "--excel does not go with --engine ray"),
        ("--shard=1/2", "--shard does not go with --engine ray: it spreads the work itself"),
        ("--fresh", "--fresh does not go with --engine ray: it begins anew each time"),
    ],
)
def test_options_of_other_runs_are_refused(option: str, reason: str, tmp_path: Path) -> None:
    arguments = ["run", "in.jsonl", "--output", str(tmp_path / "parts"), "--engine", "ray", option]
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 2
    assert reason in result.output
