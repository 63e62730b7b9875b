"""Parquet, read batch by batch so that memory does not grow with the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsclaims.articles.rows import RefusedError, Row, Rows, Settings

_BATCH = 256  # rows held at once


def read_parquet(path: Path, settings: Settings) -> Rows:
    """One row for each row, numbered from 1."""
    number = 0
    with _refusing_broken_files(), _opened(path) as table:
        for batch in table.iter_batches(batch_size=_BATCH):
            for index in range(batch.num_rows):
                number += 1
                yield Row(number, _fields(batch, index, settings))


def parquet_columns(path: Path) -> list[str]:
    """The names of the columns, none when the file cannot be read."""
    try:
        with _refusing_broken_files(), _opened(path) as table:
            return list(table.schema_arrow.names)
    except (RefusedError, OSError):
        return []


def _fields(batch: Any, index: int, settings: Settings) -> dict[str, Any] | RefusedError:
    try:
        (fields,) = batch.slice(index, 1).to_pylist()
    except UnicodeDecodeError as error:
        return RefusedError("encoding", f"a column holds bytes that are not UTF-8 ({error.reason})")
    except Exception as error:  # a date beyond the year 9999, a time zone that there is not
        return RefusedError("parquet", f"a column holds a value that cannot be read: {error}")
    return dict(settings.rename(fields))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from pyarrow.parquet import ParquetFile

    with path.open("rb") as file, ParquetFile(file) as table:
        yield table


@contextmanager
def _refusing_broken_files() -> Iterator[None]:
    from pyarrow import ArrowException

    try:
        yield
    except (ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RefusedError("parquet", f"not a Parquet file that can be read: {reason}") from None
