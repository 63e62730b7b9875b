"""JSON Lines, a file a table: ``people.rows.jsonl``, an object a row with every column in it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from newsclaims.formats.form import (
    Cell,
    Cells,
    Format,
    Layout,
    PathOf,
    Writer,
    as_they_are,
)
from newsclaims.tables import to_json


class _Writer(Writer):
    def __init__(self, layout: Layout, path_of: PathOf) -> None:
        self._stack = ExitStack()
        self._files = {
            table: self._stack.enter_context(
                path_of(f"{table}.rows.jsonl").open("w", encoding="utf-8", newline="\n")
            )
            for table in layout
        }
        self._names = {
            table: [column.name for column in columns] for table, columns in layout.items()
        }

    def row(self, table: str, cells: Cells) -> None:
        row = dict(zip(self._names[table], cells, strict=True))
        self._files[table].write(to_json(row) + "\n")

    def close(self) -> None:
        self._stack.close()


def _rows(path: Path, _: str, names: list[str]) -> Iterator[tuple[str, list[Cell]]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                cells = list(row.values()) if list(row) == names else []
            except (ValueError, AttributeError):
                cells = []
            yield f"{path.name}: line {number}", cells


# articles.jsonl is the file of the texts.
JSONL = Format("{}.rows.jsonl", as_they_are, _Writer, _rows)
