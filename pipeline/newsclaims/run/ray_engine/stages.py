"""What the nodes of a cluster do: read, extract, make parts. Rows of Ray Data in, rows out.

Each row is a chunk of articles, numbered in input order, or a file of a part. What Python makes and
Python reads travels pickled. Nothing here needs Ray.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from functools import partial
from itertools import count, islice
from pathlib import Path
from socket import gethostname
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from newsclaims.articles import Located
from newsclaims.copies import SIGNATURE, Copy, Placed
from newsclaims.dataset import Form, entry_rows, write_rows
from newsclaims.errors import UsageError
from newsclaims.indexes import Indexes, Named
from newsclaims.records import InputError
from newsclaims.run.extraction import extractor
from newsclaims.run.results import told, unpack
from newsclaims.run.settings import Resources, Settings
from newsclaims.run.state import CHUNK
from newsclaims.schema import INDEXES
from newsclaims.tables import Entry
from newsclaims.workers import Lost, Workers

Row = dict[str, Any]


class Found(NamedTuple):
    """What of a chunk concerns all others: copies, errors, and the metadata that there is."""

    placed: list[Placed]
    errors: list[InputError]
    metadata_columns: set[str]


class Made(NamedTuple):
    """What concerns a part beside its files: rows of each table, and what goes into the indexes."""

    rows: dict[str, int]
    named: list[Named]


class Reader:
    """Reads the articles on the machine where the command runs, as seen from its folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._here = Path.cwd()

    def __call__(self, row: Row) -> Iterator[Row]:
        with chdir(self._here):
            items = self._settings.locate(row["inputs"])
            for number in count():
                chunk = list(islice(items, CHUNK))
                if not chunk:
                    return
                yield {"number": number, "items": pickle.dumps(chunk)}


class Extractor:
    """Extracts a chunk in a worker process, which is replaced when it dies.

    Raises `UsageError` where records would not be those of the machine where the command runs.
    """

    def __init__(self, settings: Settings, resources: Resources, identity: str) -> None:
        if settings.identity != identity:
            raise UsageError(
                f"{gethostname()} has other versions, rules or another model than the machine "
                "where the command runs: install the same on all nodes"
            )
        prepare = partial(extractor, settings, resources)
        self._workers: Workers[Located, bytes | InputError] = Workers(
            1, prepare, timeout=resources.timeout
        )

    def __call__(self, row: Row) -> Row:
        items: list[Located | InputError] = pickle.loads(row["items"])  # noqa: S301  # by Reader
        located = [item for item in items if isinstance(item, Located)]
        results = {item.article.id: result for item, result in self._workers.map([located])}
        found = Found([], [], {name for item in located for name in item.article.metadata})
        packed = []
        for item in items:
            result = results[item.article.id] if isinstance(item, Located) else item
            if isinstance(result, InputError):
                found.errors.append(result)
                continue
            assert isinstance(item, Located)
            if isinstance(result, Lost):
                found.errors.append(item.error(*result))
                continue
            article = item.article
            found.placed.append(Placed(result[:SIGNATURE], article.published or "", article.id))
            packed.append(result)
        return {
            "number": row["number"],
            "found": pickle.dumps(found),
            "packed": pickle.dumps(packed),
        }


class PartMaker:
    """Makes the files of a part of the dataset from chunks that follow on each other.

    Args:
        form: how the dataset is written.
        firsts: the number of the first article of each chunk.
        copies: the articles that have copies, by number.
    """

    def __init__(self, form: Form, firsts: Sequence[int], copies: Mapping[int, Copy]) -> None:
        self._form = form
        self._firsts = firsts
        self._copies = copies

    def __call__(self, chunks: Any) -> Iterator[Any]:
        """A row for each file, and one without a name: the part is whole."""
        numbers = chunks.column("number").to_pylist()
        made = Made({}, [])
        with TemporaryDirectory() as folder, Indexes(self._form.same_as) as indexes:

            def rows() -> Iterator[Any]:
                for number, packed in zip(numbers, chunks.column("packed"), strict=True):
                    for entry in self._entries(number, packed.as_py()):
                        found = entry_rows(entry, self._form)
                        made.named.append(indexes.named(found.entry or entry))
                        yield found

            made.rows.update(write_rows(rows(), self._form, lambda name: Path(folder, name)))
            for path in sorted(Path(folder).iterdir()):
                if path.stem not in INDEXES:
                    yield _row(numbers, path.name, path.read_bytes())
        yield _row(numbers, "", pickle.dumps(made))

    def _entries(self, chunk: int, packed: bytes) -> Iterator[Entry]:
        blobs: list[bytes] = pickle.loads(packed)  # noqa: S301  # by Extractor
        for number, blob in enumerate(blobs, self._firsts[chunk]):
            yield told(unpack(blob), self._copies.get(number))


def _row(numbers: Sequence[int], name: str, content: bytes) -> Any:
    import pyarrow as pa

    return pa.table({"chunks": [numbers], "name": [name], "content": [content]})
