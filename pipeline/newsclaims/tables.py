"""Records -> table rows that read alone, and data frames of them.

A row of people, organisations and places is one mention; a row of dates, roles and statements is
one row of the record. The columns of the article are prefixed, since a role has a title and a
statement a source of its own.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pydantic_core

from newsclaims.records import Article, ArticleRecord

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Written = Mapping[str, Any]  # a record or one of its rows, as JSON holds it

# What of an article stands in each of its rows, and names it wherever it is shown.
HEAD = ("id", "title", "published", "source", "url")
_ARTICLE = (
    *(f"article_{name}" for name in HEAD),
    "article_cluster",
    "article_copy",
)
_MENTION = ("name", "mention", "start", "end", "sentence", "rule", "confidence")
_PERSON = ("external_id",)
_PLACE = ("geonameid", "kind", "country", "latitude", "longitude", "score", "margin")

# Every table and its columns, in order. `articles` also gets a column for each metadata field, and
# the indexes (see indexes.py) are made of all articles together.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "articles": (
            *_ARTICLE,
            "characters",
            *ArticleRecord.LAYERS,
            "text_sha256",
        ),
        "people": ("key", "person_id", *_MENTION, *_PERSON, *_ARTICLE),
        "organisations": ("key", "organisation_id", *_MENTION, *_ARTICLE),
        "places": ("key", "place_id", *_MENTION, *_PLACE, *_ARTICLE),
        "dates": (
            "key",
            "date_id",
            "expression",
            "start",
            "end",
            "type",
            "value",
            "mod",
            "earliest",
            "latest",
            "anchor",
            "sentence",
            "rule",
            *_ARTICLE,
        ),
        "roles": (
            "key",
            "role_id",
            "person",
            "person_id",
            "title",
            "organisation",
            "organisation_id",
            "organisation_name",
            "status",
            "status_cue",
            "qualifier",
            "since",
            "until",
            "asserted_in",
            "holder",
            "start",
            "end",
            "sentence",
            "rule",
            *_ARTICLE,
        ),
        "statements": (
            "key",
            "statement_id",
            "speaker",
            "speaker_id",
            "source",
            "cue",
            "content",
            "kind",
            "sort",
            "modality",
            "about",
            "speaker_reason",
            "start",
            "end",
            "sentence",
            "rule",
            *_ARTICLE,
        ),
        "people_index": (
            "key",
            "name",
            "one_word",
            "articles",
            "articles_without_copies",
            "first_published",
            "last_published",
            "titles",
            "organisations",
            "statuses",
        ),
        "offices_index": (
            "key",
            "title",
            "organisation",
            "articles",
            "articles_without_copies",
            "first_published",
            "last_published",
            "people",
            "statuses",
        ),
    }
)


class Column(NamedTuple):
    """A column of a table: `type` is "string", "integer" or "number"; `what` says what it holds."""

    name: str
    type: str
    what: str


@cache
def column(table: str, name: str) -> Column:
    """What a column of this name holds in this table; a column of metadata is a string."""
    if table == "articles" and name not in COLUMNS[table]:
        return Column(name, "string", "metadata of the article, as it was read")
    meanings = _meanings()
    return meanings.get((table, name)) or meanings["", name]


@cache
def _meanings() -> dict[tuple[str, str], Column]:
    """What each column holds, by the table ("" for all tables) and its name."""
    text = (resources.files("newsclaims") / "tables.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {(table, name): Column(name, type_, what) for table, name, type_, what in lines[1:]}


class Entry(NamedTuple):
    """One article of a dataset: its line of ``articles.jsonl`` and its record, as JSON objects."""

    article: dict[str, Any]
    record: dict[str, Any]


def rules_of(row: Written) -> list[str]:
    """The rules that made a row as JSON holds it: its own, then those of its mentions."""
    named = [row.get("rule"), *(mention.get("rule") for mention in row.get("mentions") or ())]
    return list(dict.fromkeys(rule for rule in named if rule))


def rule_of(row: Written) -> str | None:
    """The one rule that stands for a row: its own, else of the first mention that names one."""
    return next(iter(rules_of(row)), None)


def to_json(value: Any) -> str:
    """One line of JSON in the project's only spelling."""
    return pydantic_core.to_json(value).decode()  # four times as fast as `json.dumps`


class ArticleTables:
    """The table rows of one article.

    Args:
        entry: its line of ``articles.jsonl``, of which text, sentences and copies are read, and
            its record. Where the text is null, what the tables would say of it is left empty.
    """

    def __init__(self, entry: Entry) -> None:
        article, self.record = entry
        self._text: str | None = article["text"]
        self._sentences: Sequence[int] = article["sentences"]
        self._joined: dict[tuple[int, int], str] = {}
        self._characters = article.get("characters")
        head = self.record["article"]
        self._head = {
            **{f"article_{name}": head[name] for name in HEAD},
            "article_cluster": article.get("cluster"),
            "article_copy": article.get("copy"),
        }
        self._names = {
            row["id"]: row["name"]
            for layer in ("people", "organisations", "places")
            for row in self.record[layer]
        }
        self._dates = {row["id"]: row for row in self.record["dates"]}

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of one table, in the order of the record."""
        return _TABLES[table](self)

    def sentence(self, start: int, end: int) -> str | None:
        """The sentence or sentences around these characters, white space joined."""
        if self._text is None:
            return None
        begin, stop = sentence_bounds(self._sentences, len(self._text), start, end)
        if (begin, stop) not in self._joined:  # a sentence has several rows
            self._joined[begin, stop] = " ".join(self._text[begin:stop].split())
        return self._joined[begin, stop]

    def _article(self) -> Iterator[Row]:
        counts = {layer: len(self.record[layer]) for layer in ArticleRecord.LAYERS}
        yield {
            **self._head,
            "characters": self._characters if self._text is None else len(self._text),
            **counts,
            "text_sha256": self.record["article"]["text_sha256"],
        }

    def _mentions(self, layer: str, id_column: str, fields: Sequence[str] = ()) -> Iterator[Row]:
        for row in self.record[layer]:
            for mention in row["mentions"]:
                yield {
                    "key": row["key"],
                    id_column: row["id"],
                    "name": row["name"],
                    "mention": mention["text"],
                    **self._around(mention, mention),
                    "rule": mention["rule"],
                    "confidence": mention["confidence"],
                    **{field: row[field] for field in fields},
                    **self._head,
                }

    def _date_rows(self) -> Iterator[Row]:
        for row in self.record["dates"]:
            yield {
                **{field: row[field] for field in _DATE_FIELDS},
                "date_id": row["id"],
                "expression": row["span"]["text"],
                **self._around(row["span"], row["span"]),
                **self._head,
            }

    def _role_rows(self) -> Iterator[Row]:
        for row in self.record["roles"]:
            spans = [row[field] for field in _ROLE_SPANS if row[field]]
            first = min(spans, key=lambda span: span["start"])
            last = max(spans, key=lambda span: span["end"])
            yield {
                "key": row["key"],
                "role_id": row["id"],
                "person": self._names[row["person"]],
                "person_id": row["person"],
                **{field: row[field] and row[field]["text"] for field in _ROLE_SPANS},
                "organisation_id": row["organisation_id"],
                "organisation_name": self._names.get(row["organisation_id"]),
                "status": row["status"],
                "since": self._date(row["since"]),
                "until": self._date(row["until"]),
                "asserted_in": row["asserted_in"],
                **self._around(first, last),
                "rule": row["rule"],
                **self._head,
            }

    def _statement_rows(self) -> Iterator[Row]:
        for row in self.record["statements"]:
            spans = [*row["content"], *(row[field] for field in ("source", "cue") if row[field])]
            first = min(spans, key=lambda span: span["start"])
            last = max(spans, key=lambda span: span["end"])
            yield {
                "key": row["key"],
                "statement_id": row["id"],
                "speaker": self._names.get(row["speaker"]),
                "speaker_id": row["speaker"],
                "source": row["source"] and row["source"]["text"],
                "cue": row["cue"] and row["cue"]["text"],
                "content": self._text and " … ".join(span["text"] for span in row["content"]),
                "kind": row["kind"],
                "sort": row["sort"],
                "modality": row["modality"],
                "about": " ".join(row["about"]) or None,
                "speaker_reason": row["speaker_reason"],
                **self._around(first, last),
                "rule": row["rule"],
                **self._head,
            }

    def _around(self, first: Written, last: Written) -> Row:
        start, end = first["start"], last["end"]
        return {"start": start, "end": end, "sentence": self.sentence(start, end)}

    def _date(self, date_id: str | None) -> str | None:
        """A date's value, or its words where it has none."""
        if date_id is None:
            return None
        date = self._dates[date_id]
        return str(date["value"] or date["span"]["text"])


def sentence_bounds(sentences: Sequence[int], length: int, start: int, end: int) -> tuple[int, int]:
    """Where the sentence or sentences around these characters of a text begin and end.

    `sentences` are the offsets at which sentences begin; `length` is the text's.
    """
    first = bisect_right(sentences, start) - 1
    after = bisect_right(sentences, end - 1)
    begin = sentences[first] if first >= 0 else 0
    return begin, sentences[after] if after < len(sentences) else length


_DATE_FIELDS = ("key", "type", "value", "mod", "earliest", "latest", "anchor", "rule")
_ROLE_SPANS = ("title", "organisation", "status_cue", "qualifier", "holder")

_TABLES: Mapping[str, Callable[[ArticleTables], Iterator[Row]]] = MappingProxyType(
    {
        "articles": ArticleTables._article,
        "people": lambda tables: tables._mentions("people", "person_id", _PERSON),
        "organisations": lambda tables: tables._mentions("organisations", "organisation_id"),
        "places": lambda tables: tables._mentions("places", "place_id", _PLACE),
        "dates": ArticleTables._date_rows,
        "roles": ArticleTables._role_rows,
        "statements": ArticleTables._statement_rows,
    }
)


def to_frames(
    articles: Iterable[Article], records: Iterable[ArticleRecord]
) -> dict[str, "pd.DataFrame"]:
    """A pandas data frame for each table. `articles` and `records` go side by side.

    The sentence column holds the line around the words, since a record alone does not know where
    its sentences begin; the tables of an output folder hold the parser's sentences.
    """
    import pandas as pd

    rows: dict[str, list[Row]] = {table: [] for table in _TABLES}
    for article, record in zip(articles, records, strict=True):
        lines = [0, *(i + 1 for i, character in enumerate(article.text) if character == "\n")]
        line = {"text": article.text, "sentences": lines}
        tables = ArticleTables(Entry(line, record.model_dump(mode="json")))
        for table, found in rows.items():
            found.extend(tables.rows(table))
    return {table: pd.DataFrame(rows[table], columns=list(COLUMNS[table])) for table in _TABLES}
