"""Peak memory of a run with two workers, however many articles come. Linux only.

    python bench/memory.py [--articles 2000 20000]

A text of 1,000,000 characters is among the articles. A worker's peak is what its process held at
most (VmHWM); that of the whole run is the greatest sum of all processes' memory at one moment,
looked at ten times a second, with memory that they share counted once (PSS).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from corpus import generate, write_corpus

_LONG = 1_000_000  # characters
_GROWTH = 1.1  # bar of the second run's worker to the first's
_WHOLE = 2500  # MB, bar of the whole run


class Peak(NamedTuple):
    """MB at most: the greater worker, the parent, and all together."""

    worker: float
    parent: float
    whole: float


def main() -> None:
    """Run each number of articles once and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[2000, 20000])
    options = parser.parse_args()
    table = Table(title=f"two workers; bars: worker {_GROWTH} × the first row's, whole {_WHOLE} MB")
    for heading in ("articles", "worker MB", "× first", "parent MB", "whole MB"):
        table.add_column(heading, justify="right")
    first = None
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as folder:
            peak = _peak(Path(folder), articles)
        first = first or peak
        numbers = (peak.worker, peak.worker / first.worker, peak.parent, peak.whole)
        cells = (f"{number:,.0f}" if number > 10 else f"{number:.2f}" for number in numbers)
        table.add_row(f"{articles:,}", *cells)
    Console().print(table)


def _peak(folder: Path, articles: int) -> Peak:
    source = folder / "articles.jsonl"
    write_corpus(source, articles)
    with source.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "long", "text": _long_text()}) + "\n")
    program = Path(sys.executable).with_name("newsclaims")
    options = ["--output", folder / "out", "--cache", folder / "cache", "--workers", "2", "--quiet"]
    with subprocess.Popen([program, "run", source, *options]) as process:
        highest: dict[int, float] = {}
        whole = 0.0
        while process.poll() is None:
            pids = [process.pid, *_children(process.pid)]
            for pid in pids:
                highest[pid] = max(highest.get(pid, 0), _megabytes(pid, "status", "VmHWM"))
            whole = max(whole, sum(_megabytes(pid, "smaps_rollup", "Pss") for pid in pids))
            time.sleep(0.1)
    assert process.returncode == 0
    parent = highest.pop(process.pid)
    return Peak(max(highest.values()), parent, whole)


def _long_text() -> str:
    parts: list[str] = []
    size = 0
    for article in generate(_LONG // 500, seed=1):
        parts.append(article.text)
        size += len(article.text) + 2
        if size > _LONG:
            break
    return "\n\n".join(parts)[:_LONG]


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in listed.split()]
    return []


def _megabytes(pid: int, file: str, name: str) -> float:
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/{file}").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1000
    return 0.0


if __name__ == "__main__":
    main()
