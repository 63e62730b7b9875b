"""The output folder: written whole or not at all, and read back; `verify` checks it.

``articles.jsonl``, ``records.jsonl`` and ``errors.jsonl``, the tables in the forms that were asked
for, ``datapackage.json``, and ``manifest.json``, which holds the hashes of the others. They are
published together (`newsclaims.publishing`), and a reader takes no file that has another hash.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypedDict

from pydantic import Field, ValidationError

from newsclaims.datapackage import DATAPACKAGE, describe_package
from newsclaims.errors import UsageError
from newsclaims.formats import FORMATS, EntryRows, Format, Layout, PathOf, chosen, parts
from newsclaims.held_texts import without_texts
from newsclaims.indexes import Indexes, SameAs
from newsclaims.publishing import MANIFEST, Publication, settle, writing
from newsclaims.records import Record
from newsclaims.schema import INDEXES, LAYERS, SCHEMA_VERSION, TABLES, Column
from newsclaims.tables import ArticleTables, Entry, to_json

LINES = ("articles.jsonl", "records.jsonl", "errors.jsonl")
# The files of a dataset with the tables in CSV, in the order of the manifest.
FILES = (*LINES, *(f"{table}.csv" for table in TABLES), DATAPACKAGE)

# How often a reader looks again where another command publishes meanwhile.
_TRIES = 5

# What other commands write into the folder.
POSITIONS, VERDICTS, HISTORY, REPORT = (
    "positions.jsonl",
    "verdicts.jsonl",
    "history.jsonl",
    "report.html",
)

# What a manifest says of the files alone, and not of the run.
WRITTEN = frozenset({"output", "rows", "files"})


class DatasetError(UsageError):
    """A folder that is not a dataset of this project; the message names the file and line."""


class NoTextsError(DatasetError):
    """A dataset without texts where texts are needed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} has no texts: newsclaims rewrite --texts ARTICLES puts them back"
        )


class FormChanges(TypedDict, total=False):
    """Fields of a `Form` that a user names."""

    formats: tuple[str, ...]
    excel: bool
    texts: bool
    same_as: tuple[SameAs, ...]


class Form(Record):
    """How a dataset is written: part of its manifest, and what a reader needs to read it.

    Attributes:
        formats: names of the forms of the tables, see `newsclaims.formats`.
        excel: CSV that Excel opens without harm.
        texts: whether article texts, sentences and contents of statements are in it.
        same_as: the user's word on names, for the indexes.
        metadata_columns: names of the metadata that the table of articles has a column for.
    """

    formats: tuple[str, ...] = ("csv",)
    excel: bool = False
    texts: bool = True
    same_as: tuple[SameAs, ...] = ()
    metadata_columns: tuple[str, ...] = Field(default=())

    def layout(self) -> Layout:
        """The columns of each table; one of metadata that bears the name of ours is renamed."""
        layout = {table: list(columns) for table, columns in TABLES.items()}
        taken = {column.name.casefold() for column in TABLES["articles"]}
        # SQLite has the columns without their prefix, and tells no capitals.
        taken |= {name.removeprefix("article_") for name in taken}
        for name in self.metadata_columns:
            while name.casefold() in taken:
                name = f"metadata_{name}"
            taken.add(name.casefold())
            layout["articles"].append(Column(name, "metadata of the article, as it was read"))
        return layout

    def tables(self) -> dict[str, Format]:
        """The forms of the tables by name."""
        return chosen(self.formats, excel=self.excel)


def write_dataset(
    folder: Path,
    entries: Iterable[Entry],
    errors: Iterable[Mapping[str, Any]],
    manifest: Mapping[str, Any],
    form: Form | None = None,
    beside: Mapping[str, Iterable[Mapping[str, Any]]] = MappingProxyType({}),
) -> dict[str, int]:
    """Write the files of an output folder from entries in input order.

    Args:
        folder: the output folder, which is made. Tables in forms that are not asked for any more
            are removed from it.
        entries: one an article without error.
        errors: rows of ``errors.jsonl``.
        manifest: what is to stand in ``manifest.json`` before form, counts and hashes.
        form: how the tables are written.
        beside: further files of JSON lines, by name.

    Returns:
        The number of rows of each table.

    Raises:
        DatasetError: when a dataset in parts stands there.
        LockedError: when another command is writing to it.
    """
    form = form or Form()
    if in_parts(folder):
        raise DatasetError(f"{folder} is a dataset in parts: merge it, or give another folder")
    with writing(folder), Publication(folder) as files:
        for name in (*LINES, *beside):
            files.path(name)  # they come before the tables in the manifest
        counts = write_rows(table_rows(entries, form), form, files.path)
        for name, objects in {"errors.jsonl": errors, **beside}.items():
            write_lines(files.path(name), objects)
        hashes = {name: file_sha256(path) for name, path in files.paths.items()}
        package = describe_package(files.paths, hashes, form.layout(), excel=form.excel)
        _write_json(files.path(DATAPACKAGE), package)
        hashes[DATAPACKAGE] = file_sha256(files.paths[DATAPACKAGE])
        write_manifest(files.path(MANIFEST), manifest, form, counts, hashes)
        files.publish(_replaced_tables(folder) - files.paths.keys())
    return counts


def _replaced_tables(folder: Path) -> set[str]:
    """The tables of the dataset that stands in this folder, in any form."""
    names = {name for form in FORMATS.values() for name in form.files(TABLES)}
    return names.intersection(written_files(folder))


def write_again(
    source: Path,
    manifest: Mapping[str, Any],
    folder: Path,
    entries: Iterable[Entry],
    form: Form,
    beside: Mapping[str, Iterable[Mapping[str, Any]]] = MappingProxyType({}),
) -> dict[str, int]:
    """Write `entries` of the dataset `source` into `folder`, with all that its run said of itself.

    Args:
        source: the dataset.
        manifest: its manifest, as it was when reading began.
        folder: the folder that gets it, which may be the same.
        entries: its entries, changed or not.
        form: how they are written.
        beside: further files of JSON lines, by name.

    Returns:
        The number of rows of each table.

    Raises:
        DatasetError: as `write_dataset`, and where the source was changed meanwhile.
        LockedError: as `write_dataset`.
    """
    form.tables()  # a form that is none is known before the folder is made
    said = {name: value for name, value in manifest.items() if name not in WRITTEN}
    said["schema_version"] = SCHEMA_VERSION
    errors = dataset_lines(source, "errors.jsonl")

    def of_one_dataset() -> Iterator[Entry]:
        yield from entries
        if read_manifest(source) != manifest:
            raise DatasetError(f"{source} was changed by another command while it was read")

    return write_dataset(folder, of_one_dataset(), errors, said, form, beside)


def write_rows(rows: Iterable[EntryRows], form: Form, path_of: PathOf) -> dict[str, int]:
    """Write ``articles.jsonl``, ``records.jsonl`` and the tables; the rows of each table."""
    layout = form.layout()
    counts = dict.fromkeys(layout, 0)
    with ExitStack() as stack:
        articles, records = (
            stack.enter_context(path_of(name).open("w", encoding="utf-8", newline="\n"))
            for name in LINES[:2]
        )
        tables = [
            (format_.shape, format_.writer(layout, path_of)) for format_ in form.tables().values()
        ]
        for _, writer in tables:
            stack.callback(writer.close)
        for found in rows:
            if found.entry is not None:
                articles.write(to_json(found.entry.article) + "\n")
                records.write(to_json(found.entry.record) + "\n")
            for table, cells_of_rows in found.rows.items():
                counts[table] += len(cells_of_rows)
            for shape, writer in tables:
                for table, cells in shape(found):
                    writer.row(table, cells)
        for _, writer in tables:
            writer.finish()
    return counts


def write_lines(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Write a file of JSON Lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(to_json(each) + "\n" for each in objects)


def write_manifest(
    path: Path,
    manifest: Mapping[str, Any],
    form: Form,
    rows: Mapping[str, int],
    hashes: Mapping[str, str],
) -> None:
    """Write what the run says of itself, the form, the rows of each table, each file's hash."""
    written = form.model_dump(mode="json")
    _write_json(path, {**manifest, "output": written, "rows": rows, "files": hashes})


def table_rows(entries: Iterable[Entry], form: Form) -> Iterator[EntryRows]:
    """The table rows of each entry, as it is to be written; at last those of the indexes."""
    with Indexes(form.same_as) as indexes:
        for entry in entries:
            rows = entry_rows(entry, form)
            if rows.entry is not None:
                indexes.add(rows.entry)
            yield rows
        yield from index_rows(indexes)


def entry_rows(entry: Entry, form: Form) -> EntryRows:
    """The table rows of one entry, as it is to be written."""
    written = entry if form.texts else without_texts(entry)
    tables = ArticleTables(written)
    rows = {table: list(tables.rows(table)) for table in TABLES if table not in INDEXES}
    for cells in rows["articles"]:
        cells += [entry.article["metadata"].get(name) for name in form.metadata_columns]
    return EntryRows(written, rows)


def index_rows(indexes: Indexes) -> Iterator[EntryRows]:
    """The rows of the indexes, one by one."""
    for table, found in zip(INDEXES, (indexes.people(), indexes.offices()), strict=True):
        for cells in found:
            yield EntryRows(None, {table: [cells]})


def read_entries(folder: Path, *, checked: bool = True) -> Iterator[Entry]:
    """The entries of a written dataset.

    Args:
        folder: the dataset, whole or in parts.
        checked: refuse files whose hashes are not those of the manifest.

    Raises:
        DatasetError: where a file is not the manifest's, a line not JSON, or one without its pair.
    """
    with _opened(folder, ["articles.jsonl", "records.jsonl"], checked=checked) as opened:
        articles, records = (_lines(parts) for parts in opened)
        try:
            pairs = zip(articles, map(_upgraded, records), strict=True)
            for number, (article, record) in enumerate(pairs, 1):
                if not (_is_article(article) and _is_record(record)):
                    raise DatasetError(f"{folder}: line {number}: not an article and its record")
                yield Entry(article, record)
        except ValueError as error:
            if isinstance(error, DatasetError):
                raise
            raise DatasetError(
                f"{folder}: articles.jsonl and records.jsonl differ in length"
            ) from error


def dataset_lines(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines of a dataset. Raises as `read_entries`."""
    with _opened(folder, [name]) as opened:
        yield from _lines(opened[0])


def check_file(folder: Path, name: str) -> Path:
    """The path of a file of a dataset. Raises `DatasetError` where it is not the manifest's."""
    with _opened(folder, [name]):
        return folder / name


def _is_article(line: Mapping[str, Any]) -> bool:
    """Whether a line of ``articles.jsonl`` has what its readers take for granted."""
    return (
        isinstance(line.get("id"), str)
        and isinstance(line.get("text", 0), str | None)
        and isinstance(line.get("metadata", {}), dict)
        and isinstance(line.get("sentences", []), list)
    )


def _is_record(line: Mapping[str, Any]) -> bool:
    """Whether a line of ``records.jsonl`` has a head, and layers that are lists of rows."""
    layers = [line.get(name, []) for name in LAYERS]
    return isinstance(line.get("article"), dict) and all(
        isinstance(layer, list) and all(map(_is_row, layer)) for layer in layers
    )


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("id"), str)


def _upgraded(record: dict[str, Any]) -> dict[str, Any]:
    """A record with the layers that an earlier version did not have, all empty."""
    if record.get("schema_version") in range(1, SCHEMA_VERSION):
        added: dict[str, Any] = {name: [] for name in LAYERS if name not in record}
        return {**record, "schema_version": SCHEMA_VERSION, **added}
    return record


def in_parts(folder: Path) -> bool:
    """Whether a cluster wrote this dataset: its files are folders of parts."""
    return (folder / "records.jsonl").is_dir()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a written dataset."""
    settle(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        why = f"it has no {MANIFEST}" if folder.is_dir() else "there is no such folder"
        raise DatasetError(f"{folder} is no dataset: {why}") from error
    except (OSError, ValueError) as error:
        raise DatasetError(f"{folder / MANIFEST}: {error}") from error
    if not isinstance(manifest, dict):
        raise DatasetError(f"{folder / MANIFEST}: not a JSON object")
    return manifest


def read_form(manifest: Mapping[str, Any]) -> Form:
    """How the dataset of this manifest is written."""
    try:
        return Form.model_validate(manifest.get("output"))
    except ValidationError as error:
        first = error.errors()[0]
        raise DatasetError(f"{MANIFEST}: output: {first['msg']}") from error


def written_files(folder: Path) -> list[str]:
    """The names of all files of a written dataset; none where there is no dataset."""
    try:
        return [*read_manifest(folder).get("files", ()), MANIFEST]
    except DatasetError:
        return []


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises `DatasetError` naming a line that is none."""
    with ExitStack() as stack:
        yield from _lines(_open_parts(path, stack))


# The parts of a file, each with its name in messages.
_Parts = Sequence[tuple[str, TextIOWrapper]]


@contextmanager
def _opened(
    folder: Path, names: Sequence[str], *, checked: bool = True
) -> Iterator[Sequence[_Parts]]:
    """Open files of a dataset, all of one writing: what is read from them is what was checked."""
    for _ in range(_TRIES):
        settle(folder)
        checked = checked and (folder / MANIFEST).exists()  # without one nothing is promised
        manifest = read_manifest(folder) if checked else {}
        with ExitStack() as stack:
            files = [_open_parts(folder / name, stack) for name in names]
            changed = _changed(manifest, files) if checked else None
            if changed is None:
                yield files
                return
        if read_manifest(folder) == manifest:
            break
    raise DatasetError(
        f"{folder}/{changed} is not the file that {MANIFEST} names: it is damaged, or was changed; "
        "newsclaims verify tells more"
    )


def _open_parts(path: Path, stack: ExitStack) -> _Parts:
    try:
        return [
            (name, stack.enter_context(part.open(encoding="utf-8", newline="\n")))
            for name, part in parts(path)
        ]
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror}") from error


def _changed(manifest: Mapping[str, Any], files: Iterable[_Parts]) -> str | None:
    """The first of these files whose hash is not the manifest's."""
    hashes = manifest.get("files")
    if not isinstance(hashes, dict):
        raise DatasetError(f"{MANIFEST}: it names no files")
    for name, file in chain.from_iterable(files):
        digest = hashlib.file_digest(file.buffer, "sha256")  # type: ignore[arg-type]
        if digest.hexdigest() != hashes.get(name):
            return name
        file.seek(0)
    return None


def _lines(parts: _Parts) -> Iterator[dict[str, Any]]:
    for name, file in parts:
        yield from _part_lines(name, file)


def _part_lines(name: str, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    try:
        for number, line in enumerate(lines, 1):
            try:
                value = json.loads(line)
            except ValueError as error:
                raise DatasetError(f"{name}: line {number}: not JSON: {error}") from error
            if not isinstance(value, dict):
                raise DatasetError(f"{name}: line {number}: not a JSON object")
            yield value
    except OSError as error:
        raise DatasetError(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{name}: {error}") from error


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
