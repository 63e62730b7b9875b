"""Closed streams and consoles of few characters change nothing but what is shown."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.annotated import line
from tests.datasets import make_dataset

MAIN = "from newsclaims.cli import main; main()"


def newsclaims(
    *arguments: str, closed: tuple[int, ...] = (), **environment: str
) -> tuple[int, str]:
    """The status and what was shown, with these streams closed."""
    ended = subprocess.run(
        [sys.executable, "-c",
         (f"import os, sys\nfor each in {closed}: os.close(each)\n"
         f"os.execv(sys.executable, [sys.executable, '-c', {MAIN!r}, *sys.argv[1:]])"),
         *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=os.environ | environment, timeout=300,
    )  # fmt: skip
    return ended.returncode, ended.stdout.decode("utf-8", "replace")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    said = line("[[Jiří Čapek|person-1]], mayor of [[Łódź|place-1 51.8 19.5]], left.")
    return make_dataset(tmp_path / "data", [said])


@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2), (0, 1, 2)])
def test_a_closed_stream_changes_nothing(dataset: Path, closed: tuple[int, ...]) -> None:
    target = dataset.parent / "other"
    status, _ = newsclaims("rewrite", str(dataset), "--format", "csv,sqlite", "-o", str(target),
                           closed=closed)  # fmt: skip
    assert status == 0
    assert newsclaims("verify", str(target))[0] == 0


def test_a_closed_standard_input_is_wrong_usage(tmp_path: Path) -> None:
    status, shown = newsclaims("run", "-", "-o", str(tmp_path / "out"), closed=(0,))
    assert (status, "standard input is closed" in shown) == (2, True)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_without_the_letters_shows_their_numbers(dataset: Path, encoding: str) -> None:
    (dataset / "gold.jsonl").write_text(
        json.dumps(line("Nobody left.", id="Łódź") | {"dates": 1}) + "\n", encoding="utf-8"
    )
    gold = str(dataset / "gold.jsonl")
    status, shown = newsclaims("validate", gold, PYTHONIOENCODING=encoding)
    assert status == 1
    assert "\\u0141" in shown or "Ł" in shown  # click writes UTF-8 where ASCII is said
