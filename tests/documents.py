"""Documents that run: the blocks of a Markdown file, one after the other, in one folder.

- ``console``: each line behind ``$`` is a command, which must succeed; the lines below it are what
  it says.
- ``python`` is run, and ``sql`` put to the SQLite file in one of the subfolders; a block ``text``
  right below is what they print.
- A block whose language is followed by a name (```` ```csv people.csv ````) is that file.

In what is said, ``...`` stands for any text and white space counts as one, as in doctest. Any other
block is an error: nothing in a document goes untried. ``python tests/documents.py FILE...`` writes
what is said now into those documents where it differs; read the diff before it is committed.
"""

import doctest
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent

# What a test cannot do: fetch the project it is part of, run itself, or, outside of an environment
# that the Makefile has made, make one from nothing.
LEFT_OUT = ("git clone", "make test", *(() if Path(sys.prefix, "ready").exists() else ("make",)))

# Told every ten seconds of a run, so that slow machines say it and fast ones don't.
PROGRESS = re.compile(r"\d+ of \d+ articles?, .* left")


class Block(NamedTuple):
    """A block of code: its language and file name, and the lines of the document it stands on."""

    language: str
    name: str
    code: str
    first: int
    last: int


class Step(NamedTuple):
    """One command or program: what it should say, and on which lines of the document."""

    run: Callable[[Path, Mapping[str, str]], str]
    said: str | None  # None: not shown, whatever it is
    first: int
    last: int


class Wrong(NamedTuple):
    """A step that said something else than the document."""

    step: Step
    got: str


def read_blocks(text: str) -> list[Block]:
    """All blocks of code of a document. Raises `ValueError` for one that nothing could try."""
    blocks: list[Block] = []
    for token in MarkdownIt().parse(text):
        if token.type not in {"fence", "code_block"}:
            continue
        assert token.map
        first, last = token.map
        language, _, name = token.info.partition(" ")
        blocks.append(Block(language, name, token.content, first, last))
        printed = language == "text" and len(blocks) > 1 and blocks[-2].language in _PRINTING
        if not name and not printed and language not in {"console", *_PRINTING}:
            raise ValueError(f"line {first + 1}: nothing tries a block {token.info!r}")
    return blocks


def steps(text: str) -> Iterator[Step]:
    """What a document does, in order."""
    blocks = read_blocks(text)
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.name:
            yield Step(_file(block.name, block.code), None, block.last, block.last)
        elif block.language == "console":
            yield from _commands(block)
        elif block.language in _PRINTING:
            shown = after if after and after.language == "text" and not after.name else block
            said = None if shown is block else shown.code
            yield Step(_PRINTING[block.language](block.code), said, shown.first + 1, shown.last - 1)


def _commands(block: Block) -> Iterator[Step]:
    lines = block.code.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        below = start + 1
        while lines[below - 1].endswith("\\"):
            below += 1
        command = "\n".join(lines[start:below]).removeprefix("$ ")
        said = "".join(f"{line}\n" for line in lines[below:end]) or None
        if not command.startswith(LEFT_OUT):
            offset = block.first + 1
            yield Step(_program(["bash", "-c", command]), said, offset + below, offset + end)


def _program(arguments: list[str]) -> Callable[[Path, Mapping[str, str]], str]:
    def run(folder: Path, environment: Mapping[str, str]) -> str:
        done = subprocess.run(
            arguments,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{arguments[-1]}\nends with {done.returncode}\n{done.stdout}")
        lines = done.stdout.splitlines()
        return "".join(f"{line.rstrip()}\n" for line in lines if not PROGRESS.fullmatch(line))

    return run


def _file(name: str, content: str) -> Callable[[Path, Mapping[str, str]], str]:
    def write(folder: Path, _: Mapping[str, str]) -> str:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return ""

    return write


def _query(sql: str) -> Callable[[Path, Mapping[str, str]], str]:
    def ask(folder: Path, _: Mapping[str, str]) -> str:
        (database,) = folder.glob("*/*.sqlite")
        connection = sqlite3.connect(database)
        rows = connection.execute(sql).fetchall()
        connection.close()
        return "".join(f"{'|'.join(map(str, row))}\n" for row in rows)

    return ask


_PRINTING = {
    "python": lambda code: _program([sys.executable, "-c", code]),
    "sql": _query,
}


def run_document(text: str, folder: Path, cache: Path) -> list[Wrong]:
    """Run a document in `folder`; the steps that did not say what it shows.

    Raises `AssertionError` for a command that fails.
    """
    environment = os.environ | {
        "COLUMNS": "100",
        "PATH": f"{Path(sys.prefix, 'bin')}:{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(cache),
    }
    wrong = []
    same = doctest.OutputChecker().check_output
    leniently = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE  # tables grow wider
    for step in steps(text):
        got = step.run(folder, environment)
        if step.said is not None and not same(step.said, got, leniently):
            wrong.append(Wrong(step, got))
    return wrong


def lay_out(folder: Path, cache: Path) -> None:
    """Put a copy of the project, its environment and its gazetteer where documents can run."""
    from newsclaims.resolve.gazetteer.compiling import compiled

    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith(("pipeline/", "tests/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
            # Older than any environment: make would clear one that is outdated, and it is the real.
            os.utime(folder / name, (0, 0))
    (folder / ".venv").symlink_to(sys.prefix)
    (cache / "newsclaims").mkdir(parents=True, exist_ok=True)
    gazetteer = compiled()
    if not (link := cache / "newsclaims" / gazetteer.name).exists():
        link.symlink_to(gazetteer)


def renew(path: Path) -> None:
    """Write what is said now into a document, where it shows something else."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "project"), Path(name, "cache")
        lay_out(folder, cache)
        for step, got in reversed(run_document(text, folder, cache)):
            lines[step.first : step.last] = got
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    for given in sys.argv[1:]:
        renew(Path(given))
