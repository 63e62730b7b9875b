"""Where the time of a run goes: µs a word of each stage, in one process, the parses stored.

    python bench/stages.py [--articles 200] [--profile]

CPU time, least of three. The model itself is the difference to a first run (`speed.py`).
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newsclaims import assemble as assembling
from newsclaims.assemble import Extraction, Pipeline, assemble
from newsclaims.copies import alone, signature
from newsclaims.dataset import Form, write_dataset
from newsclaims.extract import rooms
from newsclaims.formats import FORMATS
from newsclaims.language import foreign_language
from newsclaims.resolve.gazetteer import Gazetteer
from newsclaims.run.results import pack, unpack
from newsclaims.tables import Entry
from newsclaims.workers import spare_collector
from rich.console import Console
from rich.table import Table

from corpus import generate

# Rooms and resolvers, where they are called from.
_PARTS = [
    *((rooms, name) for name in dir(rooms) if name.startswith("find_")),
    *((assembling, name) for name in dir(assembling) if name.startswith(("group_", "link_"))),
    (assembling, "resolve_dates"),
    (Gazetteer, "resolve"),
]


def main() -> None:
    """Measure all stages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--profile", action="store_true", help="show where rooms spend it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), options.articles, profile=options.profile)


def _measure(folder: Path, count: int, *, profile: bool) -> None:
    articles = list(generate(count))
    words = sum(len(article.text.split()) for article in articles)
    texts = [article.text for article in articles]
    pipeline = Pipeline(cache=folder / "cache")
    list(pipeline.parser.parse(texts))  # fills the cache, and loads the model outside the times
    parses = list(pipeline.parser.parse(texts))
    table = Table(title=f"{count} articles, {words:,} words")
    for heading in ("stage", "µs a word", "bar"):
        table.add_column(heading, justify="right" if heading != "stage" else "left")

    def add(name: str, work: Callable[[], object], bar: str = "") -> None:
        table.add_row(name, f"{least_seconds(work) / words * 1e6:.2f}", bar)

    def extract() -> list[Extraction]:
        fresh = map(replace, parses)  # what is derived from the lists is part of the time
        return [
            Extraction(assemble(article, tokens, pipeline.gazetteer), tuple(tokens.sentences))
            for article, tokens in zip(articles, fresh, strict=True)
        ]

    found = extract()
    spare_collector()  # as in a worker
    packed = [pack(article, each) for article, each in zip(articles, found, strict=True)]
    add("language told", lambda: [foreign_language(text) for text in texts])
    add("parses read from the cache", lambda: list(pipeline.parser.parse(texts)))
    add("all rooms and resolvers, rows checked", extract, "20")
    shares = _shares(extract)
    for name, seconds in shares.items():
        table.add_row(f"  {name}", f"{seconds / words * 1e6:.2f}", "")
    add("signature against copies", lambda: [signature(text) for text in texts])
    add(
        "packed for the store, with signature",
        lambda: [pack(article, each) for article, each in zip(articles, found, strict=True)],
    )
    add("unpacked", lambda: [unpack(each) for each in packed])
    entries = [
        Entry(article | alone(record["article"]["text_sha256"])._asdict(), record)
        for article, record in map(unpack, packed)
    ]
    for name in ("", *FORMATS):
        form = Form(formats=(name,) if name else ())
        label = f"written, tables as {name}" if name else "written, without tables"
        add(label, lambda form=form: write_dataset(folder, iter(entries), [], {}, form))
    Console().print(table)
    if profile:
        with cProfile.Profile() as profiler:
            extract()
        pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def _shares(work: Callable[[], object]) -> dict[str, float]:
    """CPU seconds of each room and resolver during `work`."""
    seconds: dict[str, float] = {}
    with ExitStack() as patches:
        for home, name in _PARTS:
            timed = _timed(getattr(home, name), name, seconds)
            patches.enter_context(patch.object(home, name, timed))
        work()
    return seconds


def _timed(function: Callable[..., Any], name: str, seconds: dict[str, float]) -> Any:
    @wraps(function)
    def timed(*arguments: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            seconds[name] = seconds.get(name, 0) + time.process_time() - start

    return timed


def least_seconds(work: Callable[[], object]) -> float:
    """CPU time of `work`, least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
