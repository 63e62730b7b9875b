"""A SQLite database, ``tables.sqlite``, made to be browsed: typed, related, indexed, searchable.

An entity is a row of ``people``, ``organisations`` or ``places``, its mentions rows of
``people_mentions`` and so on. Ids of rows within an article give way to keys that refer to the
table that holds the name, which Datasette shows in their place; ``statements_about`` has a row for
each thing that a statement is about. ``sentences`` holds the sentences of all articles, with the
full-text index ``sentences_fts`` (FTS5) over them.

The rows of two articles with one text have the same keys, and a primary key must be unique:
here the key of a row of the second article with a text ends in ``-2``, of the third in ``-3``, in
the order of publication date and id (`text_copy` in ``articles.jsonl``). Cut it off to look such a
row up in the other forms.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.formats.form import (
    Cell,
    Cells,
    EntryRows,
    Format,
    FormatError,
    Layout,
    PathOf,
    Writer,
    as_they_are,
    flat,
)
from newsclaims.records import Refers
from newsclaims.schema import LAYERS, TABLES, Layer, Table
from newsclaims.tables import Entry

_FILE = "tables.sqlite"
_MOST_COLUMNS = 2000  # SQLITE_MAX_COLUMN, as it is built everywhere
_TYPES = {"integer": "INTEGER", "number": "REAL"}

_INDEXED = {"people_index": ("name",), "offices_index": ("title", "organisation")}
_MENTION = ("mention", "start", "end", "sentence", "rule", "confidence")


class _Column(NamedTuple):
    name: str
    type: str
    refers: str | None = None  # to the primary key of this table


class _Shape:
    """Which columns each table of the database has, and how rows of ours become rows of theirs."""

    def __init__(self, layout: Layout) -> None:
        self.tables: dict[str, list[_Column]] = {}
        for table, columns in layout.items():
            plain = {name: _Column(name, _TYPES.get(type_, "TEXT")) for name, *_, type_ in columns}
            if table not in _TABLES:
                cut = "article_" if table == "articles" else ""
                self.tables[table] = [
                    column._replace(name=name.removeprefix(cut)) for name, column in plain.items()
                ]
                continue
            found = [column for name in plain for column in _columns(table, plain[name])]
            if _TABLES[table].layer.is_mentioned:
                found.insert(2, _Column("mentions", "INTEGER"))
                self.tables[f"{table}_mentions"] = [
                    _Column("key", "TEXT", table),
                    *(plain[name] for name in _MENTION),
                    _Column("article_id", "TEXT", "articles"),
                ]
            self.tables[table] = found
        for table, layer, name in _LISTS:
            self.tables[table] = [
                _Column("key", "TEXT", layer.name),
                _Column(name, "TEXT"),
                *_keys_of(layer.references[name]),
            ]
        self.tables["sentences"] = [
            _Column("article_id", "TEXT", "articles"),
            _Column("start", "INTEGER"),
            _Column("end", "INTEGER"),
            _Column("sentence", "TEXT"),
        ]


class _Made(NamedTuple):
    """One of our tables of a layer: its columns by what becomes of them."""

    layer: Layer
    table: Table
    left_out: frozenset[str]  # here in a table of its own, or not at all
    relations: Mapping[str, Refers]  # the id gives way to keys


def _made(layer: Layer, name: str) -> _Made:
    table = layer.tables[name]
    lists = {field for _, of, field in _LISTS if of is layer}
    left_out = {table.columns[1].name, *lists, *(_MENTION if layer.is_mentioned else ())}
    refers = {
        column.name: held.refers
        for column in table.columns
        if not column.show and (held := table.fields.get(column.of)) and held.refers
    }
    relations = {
        name: each
        for name, each in refers.items()
        if name not in left_out and any(each.keys.values())
    }
    return _Made(layer, table, frozenset(left_out), relations)


# Lists of ids, which get tables of their own: the table, its layer, the field.
_LISTS = [
    (f"{layer.name}_{name}", layer, name) for layer in LAYERS.values() for name in layer.lists
]
_TABLES = {name: _made(layer, name) for layer in LAYERS.values() for name in layer.tables}
_LAYER_OF = {layer.kind: layer.name for layer in LAYERS.values()}


def _keys_of(refers: Refers) -> Iterator[_Column]:
    for layer, key in refers.keys.items():
        if key:
            yield _Column(key, "TEXT", layer)


def _columns(table: str, column: _Column) -> Iterator[_Column]:
    """What a column of ours becomes: columns that refer to other tables, itself, or nothing."""
    made = _TABLES[table]
    if column.name in made.relations:
        yield from _keys_of(made.relations[column.name])
    elif column.name == "article_id":
        yield column._replace(refers="articles")
    elif column.name == "key" and table != made.layer.name:
        yield column._replace(refers=made.layer.name)
    elif column.name not in made.left_out:
        yield column


def shape(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    """An article's rows as they stand in the database, each with the name of its table."""
    if rows.entry is None:
        yield from as_they_are(rows)
        return
    keys = _keys(rows.entry)
    for table, nested in rows.rows.items():
        found = [flat(table, cells) for cells in nested]
        if table not in _TABLES:
            yield from ((table, cells) for cells in found)
        elif _TABLES[table].layer.is_mentioned:
            yield from _entity_rows(table, found, keys)
        else:
            yield from ((table, _related(table, cells, keys)) for cells in found)
    for table, layer, field in _LISTS:
        yield from ((table, cells) for cells in _listed(layer, field, rows.entry, keys))
    yield from (("sentences", cells) for cells in _sentences(rows.entry))


def _keys(entry: Entry) -> dict[str, str]:
    """The unique key of each row of a record, by its id within the article."""
    text_copy = entry.article.get("text_copy") or 0
    suffix = f"-{text_copy + 1}" if text_copy else ""
    keys: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for layer in LAYERS:
        for row in entry.record[layer]:
            seen[row["key"]] += 1
            twin = f"+{seen[row['key']]}" if seen[row["key"]] > 1 else ""
            keys[row["id"]] = f"{row['key']}{suffix}{twin}"
    return keys


def _entity_rows(
    table: str, found: Sequence[Cells], keys: Mapping[str, str]
) -> Iterator[tuple[str, Cells]]:
    names = [column.name for column in TABLES[table]]
    mention = [names.index(name) for name in (*_MENTION, "article_id")]
    mentions = Counter(cells[1] for cells in found)
    last = None
    for cells in found:
        if cells[1] != last:
            last = cells[1]
            key, name, *others = _related(table, cells, keys)
            yield table, [key, name, mentions[last], *others]
        yield f"{table}_mentions", [keys[str(last)], *(cells[place] for place in mention)]


def _related(table: str, cells: Cells, keys: Mapping[str, str]) -> list[Cell]:
    """A row with keys in the place of ids, its own among them."""
    made = _TABLES[table]
    row: list[Cell] = []
    for column, cell in zip(TABLES[table], cells, strict=True):
        if column.name in made.relations:
            row += _key_in_each(str(cell), made.relations[column.name], keys)
        elif column.name not in made.left_out:
            row.append(cell)
    row[0] = keys[str(cells[1])]
    return row


def _key_in_each(row_id: str, refers: Refers, keys: Mapping[str, str]) -> list[Cell]:
    """The key of a row in the column for its layer, null in those for others."""
    layer = _LAYER_OF.get(row_id.rpartition("-")[0])
    return [keys.get(row_id) if layer == name else None for name, key in refers.keys.items() if key]


def _listed(layer: Layer, field: str, entry: Entry, keys: Mapping[str, str]) -> Iterator[Cells]:
    """A row for each id in a list of a row: that row's key, the words of the other, its key."""
    rows = {row["id"]: (each, row) for each in LAYERS.values() for row in entry.record[each.name]}
    for row in entry.record[layer.name]:
        for row_id in row[field]:
            of, other = rows[row_id]
            words = other.get("name") or of.anchors_of(other)[0]["text"]
            related = _key_in_each(row_id, layer.references[field], keys)
            yield [keys[row["id"]], words, *related]


def _sentences(entry: Entry) -> Iterator[Cells]:
    text: str | None = entry.article["text"]
    if text is None:
        return
    starts = entry.article["sentences"]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        sentence = " ".join(text[start:end].split())
        if sentence:
            yield [entry.article["id"], start, end, sentence]


class _Writer(Writer):
    def __init__(self, layout: Layout, path_of: PathOf) -> None:
        self._shape = _Shape(layout)
        path = path_of(_FILE)
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        _refuse_wide(self._shape.tables, self._database)
        # The file is moved to its place when it is whole: nothing needs to be undone in it.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            self._database.execute(f"PRAGMA {pragma}")
        self._insert = {}
        self._database.execute("BEGIN")
        for table, columns in self._shape.tables.items():
            self._database.execute(_create(table, columns))
            names = ", ".join(f'"{_quoted(column.name)}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            self._insert[table] = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        try:
            self._database.execute(
                "CREATE VIRTUAL TABLE sentences_fts "
                "USING fts5(sentence, content='sentences', content_rowid='id')"
            )
        except sqlite3.OperationalError as error:
            raise FormatError(f"this Python's SQLite has no full-text search: {error}") from error

    def row(self, table: str, cells: Cells) -> None:
        self._database.execute(self._insert[table], cells)

    def finish(self) -> None:
        execute = self._database.execute
        execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild')")
        for table, columns in self._shape.tables.items():
            indexed = [column.name for column in columns if column.refers]
            for name in [*indexed, *_indexed(table)]:
                execute(f'CREATE INDEX "{table}.{name}" ON {table} ("{name}")')
        execute("COMMIT")

    def close(self) -> None:
        self._database.close()


def _refuse_wide(tables: Mapping[str, Sequence[_Column]], database: sqlite3.Connection) -> None:
    """Raise `FormatError` for a table with more columns than SQLite was built for."""
    most = min(_MOST_COLUMNS, database.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))
    for table, columns in tables.items():
        if len(columns) > most:
            database.close()
            raise FormatError(
                f"{_FILE}: the table {table} has {len(columns):,} columns, more than the {most:,} "
                "that SQLite holds; leave sqlite out of --format (csv and parquet have no such "
                "limit)"
            )


def _indexed(table: str) -> Sequence[str]:
    return LAYERS[table].indexed if table in LAYERS else _INDEXED.get(table, ())


def _create(table: str, columns: Sequence[_Column]) -> str:
    lines = []
    if not any(_is_primary(table, column) for column in columns):
        lines.append("id INTEGER PRIMARY KEY")
    for column in columns:
        line = f'"{_quoted(column.name)}" {column.type}'
        if _is_primary(table, column):
            line += " PRIMARY KEY NOT NULL"
        elif column.refers:
            line += f" REFERENCES {column.refers}"
        lines.append(line)
    return f"CREATE TABLE {table} ({', '.join(lines)})"


def _is_primary(table: str, column: _Column) -> bool:
    return column.name == ("id" if table == "articles" else "key") and column.refers is None


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _tables(layout: Layout) -> dict[str, list[str]]:
    tables = _Shape(layout).tables
    return {table: [column.name for column in columns] for table, columns in tables.items()}


def _rows(path: Path, table: str, names: list[str]) -> Iterator[tuple[str, list[Cell]]]:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    listed = ", ".join(f'"{_quoted(name)}"' for name in names)
    try:
        query = f"SELECT {listed} FROM {table} ORDER BY rowid"  # noqa: S608
        rows: Iterator[tuple[Any, ...]] = database.execute(query)
        for number, cells in enumerate(rows, 1):
            yield f"{path.name}: {table}: row {number}", list(cells)
    except sqlite3.Error as error:
        raise FormatError(f"{path.name}: {table}: {error}") from error
    finally:
        database.close()


SQLITE = Format(_FILE, shape, _Writer, _rows, _tables)
