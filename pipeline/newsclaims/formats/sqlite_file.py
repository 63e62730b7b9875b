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
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    Streams,
    Writer,
)
from newsclaims.tables import COLUMNS, Entry

_FILE = "tables.sqlite"
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}

_ARTICLE = tuple(name for name in COLUMNS["people"] if name.startswith("article_"))
_MENTION = ("mention", "start", "end", "sentence", "rule", "confidence")

# The tables whose rows are mentions, each with the id column that gives way to the key.
_ENTITIES = {"people": "person_id", "organisations": "organisation_id", "places": "place_id"}

# Columns that hold the id of a row within the article -> the columns that hold its key instead,
# each with the table that it refers to.
_RELATIONS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "roles": {
        "person_id": {"person_key": "people"},
        "organisation_id": {"organisation_key": "organisations", "place_key": "places"},
        "asserted_in": {"asserted_in": "statements"},
    },
    "statements": {
        "speaker_id": {
            "speaker_key": "people",
            "speaker_organisation_key": "organisations",
            "speaker_place_key": "places",
        }
    },
}
# What a statement may be about, by the kind in its id.
_ABOUT = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "date": "dates",
    "role": "roles",
}
_OWN_ID = {"dates": "date_id", "roles": "role_id", "statements": "statement_id"}

_INDEXED = {
    "people": ("name",),
    "organisations": ("name",),
    "places": ("name", "geonameid", "country"),
    "dates": ("earliest", "latest", "value"),
    "roles": ("person", "title", "organisation_name", "status"),
    "statements": ("speaker",),
    "people_index": ("name",),
    "offices_index": ("title", "organisation"),
}


class _Column(NamedTuple):
    name: str
    type: str
    refers: str | None = None  # to the primary key of this table


class _Shape:
    """Which columns each table of the database has, and how rows of ours become rows of theirs."""

    def __init__(self, layout: Layout) -> None:
        self.tables: dict[str, list[_Column]] = {}
        for table, columns in layout.items():
            types = {column.name: _TYPES[column.type] for column in columns}
            if table == "articles":
                found = [_Column(_plain(name), type_) for name, type_ in types.items()]
            elif table in _ENTITIES:
                kept = [name for name in types if name not in {*_MENTION, _ENTITIES[table]}]
                found = _columns(table, kept, types)
                found.insert(2, _Column("mentions", "INTEGER"))
                mentions = [_Column("key", "TEXT", table)]
                mentions += _columns(table, [*_MENTION, "article_id"], types)
                self.tables[f"{table}_mentions"] = mentions
            else:
                kept = [name for name in types if name not in {_OWN_ID.get(table), "about"}]
                found = _columns(table, kept, types)
            self.tables[table] = found
        self.tables["statements_about"] = [
            _Column("key", "TEXT", "statements"),
            _Column("about", "TEXT"),
            *(_Column(f"{kind}_key", "TEXT", refers) for kind, refers in _ABOUT.items()),
        ]
        self.tables["sentences"] = [
            _Column("article_id", "TEXT", "articles"),
            _Column("start", "INTEGER"),
            _Column("end", "INTEGER"),
            _Column("sentence", "TEXT"),
        ]


def _plain(name: str) -> str:
    return name.removeprefix("article_")


def _columns(table: str, names: Iterable[str], types: Mapping[str, str]) -> list[_Column]:
    columns = []
    for name in names:
        if name in _RELATIONS.get(table, {}):
            relations = _RELATIONS[table][name].items()
            columns += [_Column(key, "TEXT", refers) for key, refers in relations]
        else:
            refers = "articles" if name == "article_id" else None
            columns.append(_Column(name, types[name], refers))
    return columns


def shape(rows: EntryRows) -> Iterator[tuple[str, Cells]]:
    """An article's rows as they stand in the database, each with the name of its table."""
    if rows.entry is None:
        for table, found in rows.rows.items():
            for cells in found:
                yield table, cells
        return
    keys = _keys(rows.entry)
    for table, found in rows.rows.items():
        if table == "articles":
            yield from ((table, cells) for cells in found)
        elif table in _ENTITIES:
            yield from _entity_rows(table, found, keys)
        else:
            yield from _related_rows(table, found, keys)
    yield from (("statements_about", cells) for cells in _about(rows.entry, keys))
    yield from (("sentences", cells) for cells in _sentences(rows.entry))


def _keys(entry: Entry) -> dict[str, str]:
    """The unique key of each row of a record, by its id within the article."""
    text_copy = entry.article.get("text_copy") or 0
    suffix = f"-{text_copy + 1}" if text_copy else ""
    keys: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for layer in (*_ENTITIES, *_OWN_ID):
        for row in entry.record[layer]:
            seen[row["key"]] += 1
            twin = f"+{seen[row['key']]}" if seen[row["key"]] > 1 else ""
            keys[row["id"]] = f"{row['key']}{suffix}{twin}"
    return keys


def _entity_rows(
    table: str, found: Sequence[Cells], keys: Mapping[str, str]
) -> Iterator[tuple[str, Cells]]:
    names = COLUMNS[table]
    id_place = names.index(_ENTITIES[table])
    kept = [names.index(name) for name in names[2:] if name not in _MENTION]
    mention = [names.index(name) for name in (*_MENTION, "article_id")]
    mentions = Counter(cells[id_place] for cells in found)
    last = None
    for cells in found:
        identity = cells[id_place]
        key = keys[str(identity)]
        if identity != last:
            last = identity
            name, *others = (cells[place] for place in kept)
            yield table, [key, name, mentions[identity], *others]
        yield f"{table}_mentions", [key, *(cells[place] for place in mention)]


def _related_rows(
    table: str, found: Sequence[Cells], keys: Mapping[str, str]
) -> Iterator[tuple[str, Cells]]:
    relations = _RELATIONS.get(table, {})
    own = _OWN_ID[table]
    for cells in found:
        row: list[Cell] = []
        own_id: str = ""
        for name, cell in zip(COLUMNS[table], cells, strict=True):
            if name == own:
                own_id = str(cell)
            elif name == "about":
                continue  # a table of its own
            elif name in relations:
                row += [
                    keys[str(cell)] if cell and _layer(str(cell)) == refers else None
                    for refers in relations[name].values()
                ]
            else:
                row.append(cell)
        row[0] = keys[own_id]
        yield table, row


def _layer(row_id: str) -> str | None:
    kind = row_id.rpartition("-")[0]
    return "statements" if kind == "statement" else _ABOUT.get(kind)


def _about(entry: Entry, keys: Mapping[str, str]) -> Iterator[Cells]:
    """A row for each thing that a statement is about: its key, its words, and what they name."""
    rows = {row["id"]: row for layer in _ABOUT.values() for row in entry.record[layer]}
    for statement in entry.record["statements"]:
        for row_id in statement["about"]:
            row = rows[row_id]
            words = row.get("name") or row.get("span", row.get("title"))["text"]
            related = [
                keys[row_id] if _layer(row_id) == table else None for table in _ABOUT.values()
            ]
            yield [keys[statement["id"]], words, *related]


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
            for name in [*indexed, *_INDEXED.get(table, ())]:
                execute(f'CREATE INDEX "{table}.{name}" ON {table} ("{name}")')
        execute("COMMIT")

    def close(self) -> None:
        self._database.close()


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


def _read(layout: Layout, folder: Path) -> Streams:
    return {
        table: _rows(folder / _FILE, table, columns)
        for table, columns in _Shape(layout).tables.items()
    }


def _rows(path: Path, table: str, columns: Sequence[_Column]) -> Iterator[tuple[str, list[Cell]]]:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    names = ", ".join(f'"{_quoted(column.name)}"' for column in columns)
    try:
        query = f"SELECT {names} FROM {table} ORDER BY rowid"  # noqa: S608
        rows: Iterator[tuple[Any, ...]] = database.execute(query)
        for number, cells in enumerate(rows, 1):
            yield f"{path.name}: {table}: row {number}", list(cells)
    except sqlite3.Error as error:
        raise FormatError(f"{path.name}: {table}: {error}") from error
    finally:
        database.close()


SQLITE = Format(lambda _: [_FILE], shape, _Writer, _read)
