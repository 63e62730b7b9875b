"""The shape of the project: its public door, its layers, what no tracked file may hold."""

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import newsclaims
import pytest
import yaml

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


def test_the_public_door_has_few_names_and_each_is_explained() -> None:
    names = [name for name in newsclaims.__all__ if not name.startswith("_")]
    assert len(names) <= 20
    assert set(names) <= set(dir(newsclaims))
    for name in names:
        value = getattr(newsclaims, name)
        told = inspect.getdoc(value) or ""
        assert told, name
        if inspect.isfunction(value):
            assert "Args:" in told, name
            assert "Returns:" in told or "Yields:" in told, name
            assert all(f"{argument}: " in told for argument in inspect.signature(value).parameters)


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


def test_the_changelog_is_ready_for_a_release() -> None:
    headings = re.findall(
        r"^##.*", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headings[0] == "## Unreleased"
    release = re.compile(r"## (Unreleased|\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2})")
    kind = re.compile(r"### (Added|Changed|Deprecated|Removed|Fixed|Security)")
    known = [line for line in headings if release.fullmatch(line) or kind.fullmatch(line)]
    assert headings == known
    for below in re.split(r"^## .*", "\n".join(headings), flags=re.MULTILINE):
        kinds = below.split("\n### ")
        assert len(set(kinds)) == len(kinds)


def test_the_citation_file_says_what_the_project_says() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation.keys() >= {"cff-version", "message", "title", "authors"}
    assert citation["cff-version"] == "1.2.0"
    assert (citation["title"], citation["license"]) == (project["name"], project["license"])
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert all(author["name"].removeprefix("The ") in licence for author in citation["authors"])


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
