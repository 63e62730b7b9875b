"""The way of a run on Ray, on the machine where the command runs; `stages` says what nodes do."""

import logging
import os
import pickle
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from newsclaims.copies import Placed, find_placed_copies
from newsclaims.dataset import (
    Form,
    file_sha256,
    index_rows,
    write_lines,
    write_manifest,
    write_rows,
)
from newsclaims.errors import UsageError
from newsclaims.indexes import Indexes
from newsclaims.parse.model import model_directory
from newsclaims.publishing import MANIFEST, flush
from newsclaims.records import InputError
from newsclaims.run.manifest import describe_run
from newsclaims.run.outcome import Outcome
from newsclaims.run.ray_engine.fetching import fetch, with_names
from newsclaims.run.ray_engine.stages import Extractor, Found, Made, PartMaker, Reader, Row
from newsclaims.run.settings import Resources, Settings
from newsclaims.schema import INDEXES, TABLES

# Chunks that make a part of the dataset: a thousand articles, a few MB a table.
PART = 32


class RayError(UsageError):
    """Ray is missing, or the cluster could not do the work; the message says why."""


def run_on_ray(
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    resources: Resources,
    form: Form,
    *,
    actors: int | None = None,
    quiet: bool = False,
) -> Outcome:
    """Extract all articles of `inputs` on a Ray cluster and write the dataset in parts.

    The cluster is that of ``RAY_ADDRESS``, else the one that runs on this machine, else a local one
    that ends with the run.

    Args:
        inputs: files and folders of this machine, or URLs that fsspec can open.
        output: a folder that is not there yet, or is empty.
        settings: as for any run.
        resources: of these the cache, which is each node's own, its limit, and the timeout.
        form: of this the texts and the user's word on names. Tables are Parquet.
        actors: how many extract. Default: one for each core of the cluster.
        quiet: show no progress.

    Raises:
        UsageError: before any work, when inputs, model, settings or output cannot be used.
        RayError: when there is no Ray, or the cluster could not do the work.
    """
    ray = _import_ray()
    if re.match(r"\w{2,}:/", output.as_posix()):
        raise UsageError(f"{output}: the output is a folder of this machine, not a URL")
    if output.exists() and any(output.iterdir()):
        raise UsageError(f"{output} is not empty: --engine ray writes a new folder")
    output.parent.mkdir(parents=True, exist_ok=True)
    # Nodes work in folders of their own, so that relative paths would lead elsewhere there.
    resources = replace(resources, cache=resources.cache and resources.cache.absolute())
    if not (model := model_directory(settings.model)).is_absolute():
        settings = replace(settings, model=str(model.absolute()))
    with TemporaryDirectory(prefix=".newsclaims.", dir=output.parent) as scratch:
        fetched = fetch(inputs, Path(scratch, "inputs"))
        settings.locate(list(fetched))  # tells wrong usage
        folder = Path(scratch, "dataset")
        with _cluster(ray, actors, quiet=quiet):
            try:
                outcome = _run(ray, fetched, folder, settings, resources, form, actors)
            except ray.exceptions.RayError as error:
                raise RayError(f"the cluster could not do the work: {_cause(error)}") from error
        flush(folder)
        folder.replace(output)
    return outcome


def _import_ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        message = "--engine ray needs Ray: python -m pip install 'newsclaims[ray]'"
        raise RayError(message) from error
    return ray


def _cause(error: Exception) -> str:
    """What was raised on a node, without the trace that Ray puts before it."""
    last = str(getattr(error, "cause", None) or error).strip().rpartition("\n")[2]
    return re.sub(r"^newsclaims[\w.]+: ", "", last)


@contextmanager
def _cluster(ray: Any, actors: int | None, *, quiet: bool) -> Iterator[None]:
    """Join a cluster or start one, unless this process has; Ray Data is set up for this run."""
    joined = ray.is_initialized()
    bars = not quiet and sys.stderr.isatty()
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # failures are told by RayError
    if not joined:
        told = {"log_to_driver": not quiet, "logging_level": logging.ERROR}
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is to leave the machine
        try:
            ray.init(address="auto", **told)
        except ConnectionError:
            ray.init(address="local", num_cpus=actors, include_dashboard=False, **told)
    context = ray.data.DataContext.get_current().copy()
    context.print_on_execution_start = False
    context.enable_progress_bars = bars
    context.target_max_block_size = 1  # byte: each row travels alone, being large itself
    context.execution_options.preserve_order = True
    try:
        with ray.data.DataContext.current(context), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The minimum number of concurrent actors")
            yield
    finally:
        if not joined:
            ray.shutdown()


def _run(
    ray: Any,
    fetched: Mapping[str, str],
    folder: Path,
    settings: Settings,
    resources: Resources,
    form: Form,
    actors: int | None,
) -> Outcome:
    """All stages, one after the other; the dataset is written into `folder`."""
    pool = ray.data.ActorPoolStrategy(size=actors or int(ray.cluster_resources().get("CPU", 1)))
    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    chunks = (
        ray.data.from_items([{"inputs": list(fetched)}], override_num_blocks=1)
        .flat_map(Reader(settings), num_cpus=0, label_selector=here)
        .map(
            Extractor,
            fn_constructor_args=(settings, resources, settings.identity),
            compute=pool,
            num_cpus=1,
        )
        .materialize()
    )
    found = _AllFound(chunks.select_columns(["number", "found"]).iter_rows())
    copies = find_placed_copies(found)
    columns = tuple(sorted(found.metadata_columns))
    form = form.model_copy(update={"formats": ("parquet",), "metadata_columns": columns})
    parts = chunks.map_batches(
        PartMaker,
        fn_constructor_args=(form, found.firsts, copies),
        batch_size=PART,
        batch_format="pyarrow",
        compute=pool,
        num_cpus=1,
    )
    rows = _write_parts(parts.iter_rows(), folder, form)
    errors = [with_names(error, fetched) for error in found.errors]
    write_lines(folder / "errors.jsonl", (error.model_dump(mode="json") for error in errors))
    failed = Counter(error.kind for error in errors if not error.is_warning)
    warned = Counter(error.kind for error in errors if error.is_warning)
    manifest = describe_run(list(fetched), settings, found.firsts[-1], failed, warned)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}
    write_manifest(folder / MANIFEST, manifest, form, rows, hashes)
    return Outcome(found.firsts[-1], 0, failed, warned, rows, found.undated)


class _AllFound:
    """Gives what decides on the copies of each article, and notes what else was found."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.firsts = [0]  # the number of the first article of each chunk, and of the end
        self.errors: list[InputError] = []
        self.metadata_columns: set[str] = set()
        self.undated = 0

    def __iter__(self) -> Iterator[Placed]:
        for number, row in enumerate(self._rows):
            _check_order(number, [row["number"]])
            found: Found = pickle.loads(row["found"])  # noqa: S301  # by Extractor
            self.firsts.append(self.firsts[-1] + len(found.placed))
            self.errors += found.errors
            self.metadata_columns |= found.metadata_columns
            self.undated += sum(not placed.published for placed in found.placed)
            yield from found.placed


def _write_parts(made: Iterable[Row], folder: Path, form: Form) -> dict[str, int]:
    """Write the files of all parts, and the indexes; the rows of each table."""
    counts: Counter[str] = Counter()
    chunk = part = 0
    with Indexes(form.same_as) as indexes:
        for row in made:
            _check_order(chunk, row["chunks"])
            if row["name"]:
                ending = PurePath(row["name"]).suffix
                path = folder / row["name"] / f"part-{part:05}{ending}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(row["content"])
                continue
            whole: Made = pickle.loads(row["content"])  # noqa: S301  # by PartMaker
            counts.update(whole.rows)
            for named in whole.named:
                indexes.take(named)
            chunk, part = chunk + len(row["chunks"]), part + 1
        with TemporaryDirectory(dir=folder.parent) as beside:
            counts.update(write_rows(index_rows(indexes), form, lambda name: Path(beside, name)))
            for name in (f"{index}.parquet" for index in INDEXES):
                Path(beside, name).rename(folder / name)
    return {table: counts[table] for table in TABLES}


def _check_order(chunk: int, given: Sequence[int]) -> None:
    """What is written, and found again by number, must come in the order of the input."""
    if list(given) != list(range(chunk, chunk + len(given))):
        raise RayError(f"the cluster gave chunks {given} where {chunk} was next; run again")
