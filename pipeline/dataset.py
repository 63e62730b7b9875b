"""The output folder: written whole or not at all, read back, and checked to the last character.

``articles.jsonl``, ``records.jsonl``, ``errors.jsonl``, a CSV a table, and ``manifest.json``, which
holds the hashes of the others. Files are written beside their place and moved there at the end, so
that a reader never meets half a dataset.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.records import ArticleRecord, SpanError, text_sha256
from pipeline.tables import COLUMNS, ArticleTables

MANIFEST = "manifest.json"
FILES = ("articles.jsonl", "records.jsonl", "errors.jsonl", *(f"{name}.csv" for name in COLUMNS))
_PENDING = ".newsclaims.pending-"

# A cell may hold a sentence as long as its article.
csv.field_size_limit(2**31 - 1)


class DatasetError(UsageError):
    """A folder that is not a dataset of this project; the message names the file and line."""


class Entry(NamedTuple):
    """One article of a dataset: its line of ``articles.jsonl`` and its record, as JSON objects."""

    article: dict[str, Any]
    record: dict[str, Any]


def to_json(value: Any) -> str:
    """One line of JSON in the project's only spelling."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_dataset(
    folder: Path,
    entries: Iterable[Entry],
    errors: Iterable[Mapping[str, Any]],
    manifest: Mapping[str, Any],
    metadata_columns: Iterable[str] = (),
    beside: Mapping[str, Iterable[Mapping[str, Any]]] = MappingProxyType({}),
) -> dict[str, int]:
    """Write the files of the contract from entries in input order.

    Args:
        folder: the output folder, which exists.
        entries: one an article without error.
        errors: rows of ``errors.jsonl``.
        manifest: what is to stand in ``manifest.json`` before counts and hashes.
        metadata_columns: names of the metadata that ``articles.csv`` gets a column for.
        beside: further files of JSON lines, by name.

    Returns:
        The number of rows of each table.
    """
    metadata_columns = tuple(metadata_columns)
    counts = dict.fromkeys(COLUMNS, 0)
    with ExitStack() as stack:
        files = _PendingFiles(folder, stack)
        articles, records = files.open("articles.jsonl"), files.open("records.jsonl")
        tables = {
            table: csv.writer(files.open(f"{table}.csv"), lineterminator="\n") for table in COLUMNS
        }
        columns = {**COLUMNS, "articles": (*COLUMNS["articles"], *metadata_columns)}
        for table, writer in tables.items():
            writer.writerow(columns[table])
        for entry in entries:
            articles.write(to_json(entry.article) + "\n")
            records.write(to_json(entry.record) + "\n")
            for table, cells in table_cells(entry, columns):
                tables[table].writerow(cells)
                counts[table] += 1
        for name, lines in {"errors.jsonl": errors, **beside}.items():
            file = files.open(name)
            file.writelines(to_json(line) + "\n" for line in lines)
        hashes = files.close()
        files.open(MANIFEST).write(
            json.dumps({**manifest, "rows": counts, "files": hashes}, ensure_ascii=False, indent=2)
            + "\n"
        )
        files.close()
        files.publish()
    return counts


def table_cells(
    entry: Entry, columns: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, list[Any]]]:
    """Each table row of an entry as (table, cells in the order of its columns)."""
    tables = ArticleTables(entry.record, entry.article["text"], entry.article["sentences"])
    metadata = entry.article["metadata"]
    for table, names in columns.items():
        for row in tables.rows(table):
            if table == "articles":
                row = metadata | row
            yield table, [row.get(name) for name in names]


def read_entries(folder: Path) -> Iterator[Entry]:
    """The entries of a written dataset. Raises `DatasetError` where one is not JSON or unpaired."""
    articles = read_lines(folder / "articles.jsonl")
    records = read_lines(folder / "records.jsonl")
    try:
        for article, record in zip(articles, records, strict=True):
            yield Entry(article, record)
    except ValueError as error:
        if isinstance(error, DatasetError):
            raise
        raise DatasetError(
            f"{folder}: articles.jsonl and records.jsonl differ in length"
        ) from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a written dataset."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{folder / MANIFEST}: {error}") from error
    if not isinstance(manifest, dict):
        raise DatasetError(f"{folder / MANIFEST}: not a JSON object")
    return manifest


def verify(folder: Path) -> list[str]:
    """What is wrong with a dataset, one sentence each, naming file, article and row.

    Every span, hash and key is held against ``articles.jsonl``, every table against the records,
    and every file against the manifest's hashes.
    """
    findings: list[str] = []
    try:
        manifest = read_manifest(folder)
        findings += _changed_files(folder, manifest)
        columns = _columns_of(folder)
        tables = {table: _read_csv(folder / f"{table}.csv") for table in COLUMNS}
        for entry in read_entries(folder):
            findings += _wrong_rows(entry)
            findings += _wrong_cells(entry, columns, tables)
        findings += [
            f"{table}.csv: line {line}: a row that no record has"
            for table, rows in tables.items()
            for line, _ in rows
        ]
    except (DatasetError, KeyError, TypeError) as error:
        findings.append(str(error) if isinstance(error, DatasetError) else f"malformed: {error!r}")
    return findings


def _wrong_rows(entry: Entry) -> Iterator[str]:
    article, text = entry.article["id"], entry.article["text"]
    try:
        record = ArticleRecord.model_validate(entry.record)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        yield f"records.jsonl: {article}: {where}: {first['msg']}"
        return
    text_hash = text_sha256(text)
    if record.article.id != article:
        yield f"records.jsonl: {record.article.id} stands where articles.jsonl has {article}"
    if record.article.text_sha256 != text_hash:
        yield f"articles.jsonl: {article}: the text is not the one that the record was made from"
    try:
        record.check_spans(text)
    except SpanError as error:
        yield f"records.jsonl: {error}"
    for row in record.rows():
        if row.key != row.expected_key(text_hash):
            yield f"records.jsonl: {article}: {row.id}: the key is not that of its contents"


def _wrong_cells(
    entry: Entry,
    columns: Mapping[str, tuple[str, ...]],
    tables: Mapping[str, Iterator[tuple[int, list[str]]]],
) -> Iterator[str]:
    for table, cells in table_cells(entry, columns):
        expected = ["" if cell is None else str(cell) for cell in cells]
        line, found = next(tables[table], (0, None))
        if found != expected:
            row = expected[columns[table].index("key")] if "key" in columns[table] else ""
            place = f"line {line}" if line else "the end"
            yield (
                f"{table}.csv: {place}: not what the record of {entry.article['id']} says {row}"
            ).rstrip()


def _changed_files(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif _file_sha256(path) != digest:
            yield f"{name}: changed since it was written (its hash is not the manifest's)"


def _columns_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """The columns of each table as the files have them; only `articles` may have more than ours."""
    columns = {}
    for table, expected in COLUMNS.items():
        header = next(_read_csv(folder / f"{table}.csv", header=True), (1, []))[1]
        if table != "articles" and tuple(header) != expected:
            raise DatasetError(f"{table}.csv: line 1: the columns are not {', '.join(expected)}")
        columns[table] = tuple(header)
    return columns


def _read_csv(path: Path, *, header: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, each with the line it ends on."""
    if not path.is_file():
        raise DatasetError(f"{path.name}: missing")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if not header:
            next(reader, None)
        for row in reader:
            yield reader.line_num, row


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file of lines. Raises `DatasetError` with the number of a bad line."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                try:
                    value = json.loads(line)
                except ValueError as error:
                    raise DatasetError(f"{path.name}: line {number}: not JSON: {error}") from error
                if not isinstance(value, dict):
                    raise DatasetError(f"{path.name}: line {number}: not a JSON object")
                yield value
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path.name}: {error}") from error


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _PendingFiles:
    """Files written under a passing name and moved to their place together."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._open: dict[str, IO[str]] = {}
        self._written: list[str] = []

    def open(self, name: str) -> IO[str]:
        path = self._folder / (_PENDING + name)
        file = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        self._open[name] = file
        return file

    def close(self) -> dict[str, str]:
        """Close what is open; the hash of each file."""
        hashes = {}
        for name, file in self._open.items():
            file.close()
            hashes[name] = _file_sha256(self._folder / (_PENDING + name))
        self._written += self._open
        self._open = {}
        return hashes

    def publish(self) -> None:
        for name in self._written:
            (self._folder / (_PENDING + name)).replace(self._folder / name)
