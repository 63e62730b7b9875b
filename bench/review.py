"""What evaluating 2,000 articles and the page of 500 take: CPU seconds, and megabytes of page.

    python bench/review.py

The articles are those of `corpus/` again and again under other ids, with what `outputs/` holds.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from newsclaims.evaluate import assess, render
from newsclaims.report import write_report

ROOT = Path(__file__).parent.parent
EVALUATED, SHOWN = 2000, 500


def main() -> None:
    """Measure both and print them."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large"), Path(folder, "small")
        _repeat(EVALUATED, large)
        _repeat(SHOWN, small)
        seconds = _cpu(lambda: render(assess(large / "gold.jsonl", large)))
        print(f"evaluate, {EVALUATED} articles with intervals: {seconds:.1f} s")
        page = small / "page.html"
        for gold in (None, small / "gold.jsonl"):
            seconds = _cpu(lambda gold=gold: write_report(small, page, gold))
            beside = "with gold" if gold else "alone"
            megabytes = page.stat().st_size / 1e6
            print(f"report, {SHOWN} articles {beside}: {seconds:.1f} s, {megabytes:.1f} MB")


def _repeat(count: int, folder: Path) -> None:
    """Write a dataset of `count` articles and its gold."""
    folder.mkdir()
    shutil.copy(ROOT / "outputs" / "manifest.json", folder)
    for name, home in (("articles", "outputs"), ("records", "outputs"), ("gold", "corpus")):
        lines = [json.loads(line) for line in (ROOT / home / f"{name}.jsonl").open()]
        lines.sort(key=lambda line: line.get("article", line)["id"])
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for number, line in enumerate(islice(cycle(lines), count)):
                line.get("article", line)["id"] = f"copy-{number}"
                file.write(json.dumps(line) + "\n")


def _cpu(action: Callable[[], object]) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
