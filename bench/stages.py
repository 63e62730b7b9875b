"""Where the time of a run goes: µs a word of each stage, in one process.

    python bench/stages.py [--articles 200] [--profile]

CPU time, least of three; of the model, once. Shares are of a first run that writes CSV, without its
start: the stages that have one.
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
from typing import Any, NamedTuple
from unittest.mock import patch

from newsclaims import assemble as assembling
from newsclaims.assemble import Extraction, Pipeline, assemble
from newsclaims.copies import alone, signature
from newsclaims.dataset import Form, write_dataset
from newsclaims.extract import rooms
from newsclaims.formats import FORMATS
from newsclaims.language import foreign_language
from newsclaims.parse import BATCH_SIZE
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


class Stage(NamedTuple):
    """A row of the table: µs a word, the bar, and whether a first run goes through it."""

    name: str
    time: float
    bar: str = ""
    in_run: bool = False


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
    stages = [
        Stage(f"model: {name}", seconds / words * 1e6, in_run=True)
        for name, seconds in _of_model(pipeline.parser.nlp, texts).items()
    ]

    def add(name: str, work: Callable[[], object], bar: str = "", *, in_run: bool = False) -> None:
        stages.append(Stage(name, least_seconds(work) / words * 1e6, bar, in_run))

    def extract() -> list[Extraction]:
        fresh = map(replace, parses)  # what is derived from the lists is part of the time
        return [
            Extraction(assemble(article, tokens, pipeline.gazetteer), tuple(tokens.sentences))
            for article, tokens in zip(articles, fresh, strict=True)
        ]

    found = extract()
    spare_collector()  # as in a worker
    packed = [pack(article, each) for article, each in zip(articles, found, strict=True)]
    add("language told", lambda: [foreign_language(text) for text in texts], in_run=True)
    add("parses read from the cache", lambda: list(pipeline.parser.parse(texts)))
    add("all rooms and resolvers, rows checked", extract, "15", in_run=True)
    shares = _shares(extract)
    for name, seconds in shares.items():
        stages.append(Stage(f"  {name}", seconds / words * 1e6))
    add("signature against copies", lambda: [signature(text) for text in texts])
    add(
        "packed for the store, with signature",
        lambda: [pack(article, each) for article, each in zip(articles, found, strict=True)],
        in_run=True,
    )
    add("unpacked", lambda: [unpack(each) for each in packed])
    entries = [
        Entry(article | alone(record["article"]["text_sha256"])._asdict(), record)
        for article, record in map(unpack, packed)
    ]
    for name in ("", *FORMATS):
        form = Form(formats=(name,) if name else ())
        label = f"written, tables as {name}" if name else "written, without tables"
        add(
            label,
            lambda form=form: write_dataset(folder, iter(entries), [], {}, form),
            in_run=name == "csv",
        )
    Console().print(_table(stages, f"{count} articles, {words:,} words"))
    if profile:
        with cProfile.Profile() as profiler:
            extract()
        pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def _of_model(nlp: Any, texts: list[str]) -> dict[str, float]:
    """CPU seconds of the tokenizer and of each component."""
    start = time.process_time()
    docs = [nlp.make_doc(text) for text in texts]
    seconds = {"tokenizer": time.process_time() - start}
    for first in range(0, len(docs), BATCH_SIZE):
        batch = docs[first : first + BATCH_SIZE]
        for name, component in nlp.pipeline:
            start = time.process_time()
            batch = list(component.pipe(batch, batch_size=BATCH_SIZE))
            seconds[name] = seconds.get(name, 0) + time.process_time() - start
    return seconds


def _table(stages: list[Stage], title: str) -> Table:
    whole = sum(stage.time for stage in stages if stage.in_run)
    table = Table(title=title)
    for heading in ("stage", "µs a word", "share", "bar"):
        table.add_column(heading, justify="right" if heading != "stage" else "left")
    for stage in stages:
        share = f"{stage.time / whole:.0%}" if stage.in_run else ""
        table.add_row(stage.name, f"{stage.time:.2f}", share, stage.bar)
    return table


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
