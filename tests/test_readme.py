"""Every command and every block of Python in the README runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

# What a test cannot do: fetch the project it is part of, or run itself.
LEFT_OUT = ("git clone", "make test")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


COMMANDS = [
    line.removeprefix("$ ")
    for block in blocks("console")
    for line in block.splitlines()
    if line.startswith("$ ") and not line.startswith(tuple(f"$ {left}" for left in LEFT_OUT))
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the working tree with the environment that the tests run in."""
    copy = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    environment = copy / ".venv"
    environment.symlink_to(sys.prefix)
    return copy


def test_the_readme_has_commands() -> None:
    assert "make run" in COMMANDS
    assert any("newsclaims verify" in command for command in COMMANDS)


def test_commands_run_in_the_order_of_the_readme(checkout: Path, tmp_path: Path) -> None:
    ready = Path(sys.prefix) / "ready"
    for command in COMMANDS:
        if command.startswith("make") and not ready.exists():
            continue  # not an environment of the Makefile: make would build one from nothing
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=checkout,
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102
    shown = capsys.readouterr().out
    assert "Health Minister 2025-05-08" in shown
    assert "Pavel Novák" in shown
