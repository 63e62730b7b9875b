"""Many articles -> an output folder: reads, does what is not done yet, and writes in input order.

What was finished before an interruption is kept in the folder's `Store` and used again. Workers
extract; this process alone reads the input, keeps the store and writes.
"""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from newsclaims.dataset import POSITIONS, Form, read_manifest, write_dataset, written_files
from newsclaims.progress import Progress
from newsclaims.publishing import writing
from newsclaims.run.extraction import extractor
from newsclaims.run.manifest import describe_run
from newsclaims.run.outcome import Outcome
from newsclaims.run.results import read_results
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.shards import Shard, ShardForm
from newsclaims.run.state import RunState
from newsclaims.run.store import Store
from newsclaims.tables import to_json
from newsclaims.workers import Workers


def run(
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    resources: Resources,
    progress: Progress,
    form: Form | None = None,
    shard: Shard | None = None,
) -> Outcome:
    """Extract all articles of `inputs` and write the dataset into `output`, in this form.

    With a shard: only its articles, in the form that `newsclaims.run.shards.merge` reads.

    Raises:
        UsageError: before any work, when inputs, model or settings cannot be used, another run
            writes to the folder, or its store is of another version.
    """
    items = settings.locate(inputs)
    identity = settings.identity
    form = form or Form()
    form.tables()  # a form that there is not is wrong usage, before any work
    prepare = partial(extractor, settings, resources)
    with (
        writing(output),
        Store(output, fresh=resources.fresh) as store,
        store.errors_told(),
    ):
        state = RunState(store, identity, progress, shard)
        with Workers(resources.workers, prepare, timeout=resources.timeout) as workers:
            try:
                for located, result in workers.map(state.missing(items)):
                    state.done(located, result)
            finally:  # also of a run that is interrupted
                state.keep()
        rows = _write(store, inputs, output, settings, form, shard, state)
        store.prune()
    return Outcome(state.articles, state.reused, state.errors, state.warnings, rows, state.undated)


def _write(
    store: Store,
    inputs: Sequence[str],
    output: Path,
    settings: Settings,
    form: Form,
    shard: Shard | None,
    state: RunState,
) -> dict[str, int]:
    manifest = describe_run(inputs, settings, state.articles, state.errors, state.warnings)
    form = form.model_copy(update={"metadata_columns": tuple(sorted(state.metadata_columns))})
    if shard is not None:
        whole = ShardForm(number=shard.number, of=shard.of, output=form)
        manifest["shard"] = whole.model_dump(mode="json")
        form = Form(formats=())
    wanted = to_json([manifest, form.model_dump(mode="json"), store.sequence_digest()])
    if store.note("written") == to_json([wanted, _stamps(output)]):
        rows: dict[str, int] = read_manifest(output)["rows"]
        return rows
    beside = {} if shard is None else {POSITIONS: store.positions()}
    with closing(read_results(store)) as entries:  # left open they would hold the store's lock
        rows = write_dataset(output, entries, store.errors(), manifest, form, beside)
    store.set_note("written", to_json([wanted, _stamps(output)]))
    return rows


def _stamps(output: Path) -> dict[str, list[int]]:
    """Size and time of change of each output file: whether it still is as it was written."""
    stamps = {}
    for name in written_files(output):
        if (output / name).is_file():
            status = (output / name).stat()
            stamps[name] = [status.st_size, status.st_mtime_ns]
    return stamps
