"""What other packages register, in a package that is installed for these tests alone."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = """
from newsclaims.articles import RefusedError, Row
from newsclaims.formats import Format, Writer, as_they_are

class Lines(Writer):
    def __init__(self, layout, path_of):
        self.files = {table: path_of(f"{table}.lines").open("w") for table in layout}
    def row(self, table, cells):
        self.files[table].write(repr(list(cells)) + "\\n")
    def close(self):
        for file in self.files.values():
            file.close()

def rows(path, table, names):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        yield f"{path.name}: line {number}", eval(line)

LINES = Format("{}.lines", as_they_are, Lines, rows)

def read_talk(path, settings):
    text = path.read_text()
    yield Row(None, {"text": text} if text else RefusedError("text", "there is no talk"))

NOTHING = 3
"""
ENTRY_POINTS = """
[newsclaims.formats]
lines = talks:LINES
csv = talks:LINES
number = talks:NOTHING
gone = talks:GONE
[newsclaims.readers]
talk = talks:read_talk
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    (folder / "talks.py").write_text(PACKAGE, encoding="utf-8")
    about = folder / "talks-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: talks\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    return folder


def run(packages: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("newsclaims"), *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(packages), "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_adds_a_reader_and_a_form(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "a.talk").write_text("Mayor Ada Holm left Oslo.", encoding="utf-8")
    (tmp_path / "b.talk").write_text("", encoding="utf-8")
    done = run(packages, tmp_path, "run", "a.talk", "b.talk", "--output", "o", "--format", "lines")
    assert done.returncode == 1, done.stderr
    assert "'Ada Holm'" in (tmp_path / "o" / "people.lines").read_text(encoding="utf-8")
    assert "there is no talk" in (tmp_path / "o" / "errors.jsonl").read_text(encoding="utf-8")
    told = done.stderr
    assert "newsclaims.formats 'csv' of talks is left out: the name is taken" in told
    assert "'number' of talks is left out: it is of type int, not Format" in told
    assert "'gone' of talks is left out: AttributeError" in told
    assert run(packages, tmp_path, "verify", "o").returncode == 0
