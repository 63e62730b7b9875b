import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from newsclaims.articles import Located
from newsclaims.dataset import (
    Form,
    file_sha256,
    read_entries,
    read_form,
    read_manifest,
    table_rows,
    write_dataset,
    write_rows,
    written_files,
)
from newsclaims.errors import UsageError
from newsclaims.progress import progress
from newsclaims.records import Article, InputError
from newsclaims.run.local import run
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.shards import Shard, merge, read_shard
from newsclaims.verify import verify

OF = 8
FORM = Form(formats=("csv", "sqlite"), texts=False)


def extract(source: Path, output: Path, cache: Path, shard: Shard | None) -> None:
    with progress(None, quiet=True) as display:
        run([str(source)], output, Settings(), Resources(cache=cache), display, FORM, shard)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty articles, some of them bad, two with a text that others have, and columns of some."""
    lines = [
        {"id": f"a{number}", "text": f"Mayor Ana Popescu left Oslo for visit {number % 38}."}
        for number in range(40)
    ]
    lines[3]["desk"] = "world"
    lines[30]["ward"] = "north"
    lines[7]["text"] = ""
    lines[9]["id"] = "a8"
    lines[11]["published"] = "some day"
    path = tmp_path_factory.mktemp("source") / "in.jsonl"
    written = [json.dumps(line) for line in lines]
    path.write_text("\n".join([*written[:20], "broken", *written[20:]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shards(source: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("shards")
    folders = [root / f"shard-{number}" for number in range(1, OF + 1)]
    for number, folder in enumerate(folders, 1):
        extract(source, folder, root / "cache", Shard(number, OF))
    return folders


def test_merged_shards_are_the_bytes_of_one_run(
    source: Path, shards: list[Path], tmp_path: Path
) -> None:
    whole, merged = tmp_path / "whole", tmp_path / "merged"
    extract(source, whole, shards[0].parent / "cache", None)
    rows = merge(shards[::-1], merged)
    assert rows["articles"] == 38
    assert written_files(whole) == written_files(merged)
    for name in written_files(whole):
        assert (whole / name).read_bytes() == (merged / name).read_bytes(), name
    assert verify(merged) == []
    errors = [json.loads(line) for line in (merged / "errors.jsonl").read_text().splitlines()]
    assert [error["kind"] for error in errors] == ["text", "duplicate-id", "date", "json"]


def test_every_article_is_in_one_shard() -> None:
    def located(number: int) -> Located:
        return Located(Article(id=f"a{number}", text="x"), "in.jsonl", number)

    holders = [
        [shard for shard in range(1, OF + 1) if Shard(shard, OF).holds(located(number))]
        for number in range(800)
    ]
    assert all(len(found) == 1 for found in holders)
    sizes = [holders.count([shard]) for shard in range(1, OF + 1)]
    assert min(sizes) > 60, "shards are of like size"
    error = InputError(input="in.jsonl", line=3, kind="json", message="broken")
    assert sum(Shard(shard, OF).holds(error) for shard in range(1, OF + 1)) == 1


def lose(folders: list[Path]) -> list[Path]:
    return [*folders[:2], *folders[3:5], *folders[6:]]


def repeat(folders: list[Path]) -> list[Path]:
    shutil.copytree(folders[1], folders[1].parent / "again")
    return [*folders, folders[1].parent / "again"]


def damage(folders: list[Path]) -> list[Path]:
    path = folders[4] / "records.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    return folders


def with_manifest(change: Callable[[dict[str, object]], object]) -> Callable[..., list[Path]]:
    def changed(folders: list[Path]) -> list[Path]:
        path = folders[5] / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        change(manifest)
        path.write_text(json.dumps(manifest), encoding="utf-8")
        return folders

    return changed


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lose, "missing of 8 shards: 3, 6"),
        (repeat, "are both shard 2"),
        (damage, r"shard-5/records.jsonl is missing or damaged; run this shard again"),
        (with_manifest(lambda m: m.update(rules="other")), r"shard-6 .*their rules differ"),
        (with_manifest(lambda m: m["versions"].update(spacy="9")), "their versions differ"),
        (with_manifest(lambda m: m.update(inputs=[])), "their inputs differ"),
        (with_manifest(lambda m: m["shard"].update(of=9)), "is one of 9 shards"),
        (with_manifest(lambda m: m["shard"]["output"].update(excel=True)), "different forms"),
        (with_manifest(lambda m: m.pop("shard")), "is no shard"),
        (with_manifest(lambda m: m["shard"].pop("of")), "manifest.json: shard: Field required"),
    ],
)
def test_shards_that_do_not_make_a_whole_are_refused(
    shards: list[Path],
    tmp_path: Path,
    spoil: Callable[[list[Path]], list[Path]],
    message: str,
) -> None:
    copies = [Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in shards]
    with pytest.raises(UsageError, match=message):
        merge(spoil(copies), tmp_path / "merged")
    assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize("written", ["0/8", "9/8", "8", "a/b", "1/0", "-1/8"])
def test_a_shard_that_there_is_not_is_wrong_usage(written: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        read_shard(written)
    assert read_shard("3/8") == Shard(3, 8)


def test_the_array_script_runs_and_merges(source: Path, tmp_path: Path) -> None:
    """As SLURM would run it, the tasks one after the other."""
    script = Path(__file__).parents[2] / "docs" / "shards.slurm"
    programs = Path(sys.executable).parent
    for task in (1, 2):
        environment = os.environ | {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "SLURM_ARRAY_TASK_ID": str(task),
            "SLURM_ARRAY_TASK_MAX": "2",
            "SLURM_CPUS_PER_TASK": "1",
            "TMPDIR": str(tmp_path),
        }
        done = subprocess.run(
            ["bash", script, source, tmp_path],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert "38 articles of 2 shards" in done.stderr
    assert done.returncode == 1, "articles that failed are told at the end"
    assert verify(tmp_path / "whole") == []


@pytest.fixture
def parts(source: Path, shards: list[Path], tmp_path: Path) -> tuple[Path, Path]:
    """An ordinary dataset, and the same as a cluster writes it: lines and tables in two parts."""
    form, whole, folder = Form(formats=("parquet",)), tmp_path / "whole", tmp_path / "parts"
    with progress(None, quiet=True) as display:
        means = Resources(cache=shards[0].parent / "cache")
        run([str(source)], whole, Settings(), means, display, form)
    folder.mkdir()
    shutil.copy2(whole / "errors.jsonl", folder)
    manifest = read_manifest(whole)
    rows = list(table_rows(read_entries(whole), read_form(manifest)))
    for part, some in enumerate((rows[:30], rows[30:])):

        def path_of(name: str, part: int = part) -> Path:
            path = folder / name / f"part-{part:05}{Path(name).suffix}"
            path.parent.mkdir(exist_ok=True)
            return path

        write_rows(some, read_form(manifest), path_of)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}
    (folder / "manifest.json").write_text(json.dumps(manifest | {"files": hashes}))
    return whole, folder


def test_a_dataset_in_parts_is_verified_and_merged(
    parts: tuple[Path, Path], tmp_path: Path
) -> None:
    whole, folder = parts
    assert verify(folder) == []
    rows = merge([folder], tmp_path / "merged")
    assert rows["articles"] == 38
    for name in written_files(whole):
        assert (tmp_path / "merged" / name).read_bytes() == (whole / name).read_bytes(), name


def test_parts_are_kept_from_harm(parts: tuple[Path, Path], tmp_path: Path) -> None:
    _, folder = parts
    with pytest.raises(UsageError, match="is a dataset in parts"):
        write_dataset(folder, [], [], {})
    part = folder / "records.jsonl" / "part-00001.jsonl"
    lines = part.read_text(encoding="utf-8").splitlines(keepends=True)
    part.write_text("".join([*lines[:2], "broken\n"]), encoding="utf-8")
    assert any("records.jsonl/part-00001.jsonl: line 3" in finding for finding in verify(folder))
    with pytest.raises(UsageError, match="is missing or damaged"):
        merge([folder], tmp_path / "merged")
