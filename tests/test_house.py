"""The shape of the project: its public door, its layers, what no tracked file may hold."""

import re
import subprocess
import sys
from pathlib import Path

import newsclaims
import pytest

ROOT = Path(__file__).parent.parent


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_everything_in_the_public_door_is_there() -> None:
    assert all(getattr(newsclaims, name) is not None for name in newsclaims.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = newsclaims.nothing


def test_imports_keep_to_their_layers() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_guide_names_every_module_and_folder() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = "\n".join(
        line for line in guide.splitlines() if line.startswith("| `pipeline/newsclaims/")
    )
    package = ROOT / "pipeline" / "newsclaims"
    parts = {path.relative_to(package).parts[0] for path in tracked() if package in path.parents}
    named = {
        name.removeprefix("pipeline/newsclaims/").rstrip("/")
        for name in re.findall(r"`(.+?)`", table)
    }
    assert parts - {"__init__.py", "py.typed"} <= named


def test_no_file_names_a_package_index() -> None:
    hosts = re.compile(rb"py" + rb"pi\.org|pythonhosted" + rb"\.org")
    assert [path.name for path in tracked() if hosts.search(path.read_bytes())] == []


def test_no_sentence_of_the_development_corpora_is_in_the_project(shared: Path) -> None:
    foreign = {
        " ".join(part.split())[:60]
        for path in shared.glob("corpora/*/articles.jsonl")
        for part in re.split(r"(?<=[.!?])\s", path.read_text(encoding="utf-8"))
        if len(" ".join(part.split())) > 60
    }
    assert foreign
    for path in tracked():
        try:
            text = " ".join(path.read_text(encoding="utf-8").split())
        except UnicodeDecodeError:
            continue
        found = [part[:60] for part in re.split(r'(?<=[.!?]) |"', text) if part[:60] in foreign]
        assert found == [], path
