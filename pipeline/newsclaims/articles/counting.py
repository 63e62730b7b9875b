"""How many articles the inputs hold, read as cheaply as may be: for the display of progress alone.

Rows are counted, not read, so that a bad one counts too. What would have to be unpacked or parsed,
and standard input, is not counted.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from newsclaims.articles.inputs import (
    ARCHIVES,
    DELIMITED,
    DOCUMENTS,
    STDIN,
    TABLES,
    collections,
    ending_of,
)

_BLOCK = 1 << 20  # bytes


def count_articles(inputs: Iterable[str | Path]) -> int | None:
    """The number of articles, or None where it cannot be told without reading everything."""
    total = 0
    for name in inputs:
        number = None if str(name) == STDIN else _count(Path(name))
        if number is None:
            return None
        total += number
    return total


def _count(path: Path) -> int | None:
    ending = ending_of(path)
    try:
        if path.is_dir():
            files = (file for file in path.rglob("*") if not _hidden(file.relative_to(path)))
            endings = [ending_of(file) for file in files]
            if any(ending in collections() or ending in ARCHIVES for ending in endings):
                return None
            return sum(ending in DOCUMENTS for ending in endings)
        if ending == ".jsonl":
            return sum(block.count(b"\n") for block in _blocks(path))
        if ending in DELIMITED:
            return max(_csv_rows(path) - 1, 0)
        if ending == ".parquet":
            return _parquet_rows(path)
    except OSError:  # told when it is read
        return None
    return 1 if ending in DOCUMENTS and ending not in TABLES else None


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a line end added where its last line has none."""
    block = b""
    with path.open("rb") as file:
        for block in iter(partial(file.read, _BLOCK), b""):
            yield block
    if block and not block.endswith(b"\n"):
        yield b"\n"


def _csv_rows(path: Path) -> int:
    """Line ends outside of quotation marks."""
    rows, inside = 0, False
    for block in _blocks(path):
        for number, part in enumerate(block.split(b'"')):
            if number:
                inside = not inside
            if not inside:
                rows += part.count(b"\n")
    return rows


def _parquet_rows(path: Path) -> int | None:
    from pyarrow import ArrowException
    from pyarrow.parquet import read_metadata

    try:
        return int(read_metadata(path).num_rows)
    except (ArrowException, UnicodeDecodeError):  # told when it is read
        return None
