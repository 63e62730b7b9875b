"""Parquet, a file (or a folder of parts) a table, typed, in row groups of `_GROUP` rows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from newsclaims.formats.form import (
    Cell,
    Cells,
    EntryRows,
    Format,
    FormatError,
    Layout,
    PathOf,
    Writer,
    parts,
    places_of,
)

_DATES = places_of("date")
_GROUP = 10_000  # rows held in memory for each table: some 5 MB


def _shape(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    """Rows with dates as dates; lists stay lists."""
    for table, found in rows.rows.items():
        for cells in found:
            yield table, _dated(table, cells) if table in _DATES else cells


def _dated(table: str, cells: Cells) -> Cells:
    row: list[Any] = list(cells)
    for place in _DATES[table]:
        try:
            row[place] = row[place] and date.fromisoformat(row[place])
        except ValueError as error:
            raise FormatError(f"{table}: {cells[0]}: not an ISO date: {row[place]!r}") from error
    return row


class _Writer(Writer):
    def __init__(self, layout: Layout, path_of: PathOf) -> None:
        from pyarrow.parquet import ParquetWriter

        self._waiting: dict[str, list[Cells]] = {table: [] for table in layout}
        self._schemas = {table: _schema(layout, table) for table in layout}
        self._writers = {
            table: ParquetWriter(path_of(f"{table}.parquet"), schema, compression="zstd")
            for table, schema in self._schemas.items()
        }

    def row(self, table: str, cells: Cells) -> None:
        self._waiting[table].append(cells)
        if len(self._waiting[table]) == _GROUP:
            self._write(table)

    def finish(self) -> None:
        for table, waiting in self._waiting.items():
            if waiting:
                self._write(table)

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()

    def _write(self, table: str) -> None:
        import pyarrow as pa

        schema = self._schemas[table]
        columns = zip(*self._waiting[table], strict=True)
        arrays = [
            pa.array(cells, type_) for cells, type_ in zip(columns, schema.types, strict=True)
        ]
        self._writers[table].write_table(pa.Table.from_arrays(arrays, schema=schema))
        self._waiting[table] = []


def _schema(layout: Layout, table: str) -> Any:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([(column.name, types[column.type]) for column in layout[table]])


def _rows(path: Path, _: str, names: list[str]) -> Iterator[tuple[str, list[Cell]]]:
    for name, part in parts(path):
        yield from _part_rows(name, part, names)


def _part_rows(name: str, path: Path, names: list[str]) -> Iterator[tuple[str, list[Cell]]]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        with path.open("rb") as file, ParquetFile(file) as table:
            if table.schema_arrow.names != names:
                yield f"{name}: the columns are not {', '.join(names)}", []
            for batch in table.iter_batches(batch_size=1000):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield f"{name}: row {number}", list(cells)
    except ArrowException as error:
        raise FormatError(f"{name}: not a Parquet file that can be read: {error}") from error


PARQUET = Format("{}.parquet", _shape, _Writer, _rows)
