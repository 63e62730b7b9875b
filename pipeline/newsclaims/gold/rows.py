"""Written records and gold, read as light values for scoring; nothing is changed on the way.

Gold lines are lines of ``records.jsonl`` with ``annotated`` (the layers to be scored) and, where it
may travel along, ``text``. Rows may lack fields that no layer scores, so they are read more
leniently than `newsclaims.records` reads what this project writes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

from newsclaims.errors import UsageError
from newsclaims.schema import LAYERS, MENTIONED

_Row = TypeVar("_Row")  # a named tuple


class GoldError(UsageError):
    """A file that cannot be scored; the message names the file and the line."""


class Span(NamedTuple):
    """Half-open code points of an article, with the characters they hold."""

    start: int
    end: int
    text: str


class Mention(NamedTuple):
    """One named mention of an entity; `rule` is null where the writer gave none."""

    span: Span
    rule: str | None = None


class Entity(NamedTuple):
    """A row of people, organisations or places. Coordinates are WGS 84 degrees."""

    id: str
    mentions: tuple[Mention, ...]
    name: str = ""
    optional: bool = False
    latitude: float | None = None
    longitude: float | None = None
    rule: str | None = None


class TimeExpression(NamedTuple):
    """A row of dates."""

    id: str
    span: Span
    type: str | None = None
    value: str | None = None
    mod: str | None = None
    optional: bool = False
    rule: str | None = None


class Role(NamedTuple):
    """A row of roles; `person` is the id of a row of people."""

    id: str
    person: str
    title: Span
    holder: Span | None = None
    organisation: Span | None = None
    status: str = "current"
    optional: bool = False
    rule: str | None = None


class Statement(NamedTuple):
    """A row of statements; `speaker` is the id of a row of the article, or null."""

    id: str
    content: tuple[Span, ...]
    speaker: str | None = None
    source: Span | None = None
    kind: str | None = None
    sort: str | None = None
    optional: bool = False
    rule: str | None = None


class Sample(NamedTuple):
    """How an article came into a sample: one of `drawn` of the `of` that its stratum has."""

    stratum: str
    drawn: int
    of: int

    @property
    def weight(self) -> float:
        """How many articles of the dataset it stands for."""
        return self.of / self.drawn


@dataclass(frozen=True, slots=True)
class Annotations:
    """All rows of one article, from a gold file or from records.

    Rows of other layers than those named here are read by their scorer, from `others`.
    """

    id: str
    text_sha256: str
    annotated: frozenset[str] = frozenset()
    text: str | None = None
    sample: Sample | None = None
    people: tuple[Entity, ...] = ()
    organisations: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    roles: tuple[Role, ...] = ()
    statements: tuple[Statement, ...] = ()
    others: Mapping[str, Any] = field(default_factory=dict)

    def read(self, layer: str, kind: type[_Row]) -> tuple[_Row, ...]:
        """The rows of a layer as named tuples of this kind. Raises `GoldError` if malformed."""
        try:
            return tuple(read_row(kind, row) for row in self.others.get(layer) or ())
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise GoldError(f"article {self.id}: {layer}: missing or malformed: {error}") from error

    def entity(self, row_id: str | None) -> Entity | None:
        """The person, organisation or place with this id."""
        rows = (row for name in MENTIONED for row in getattr(self, name))
        return next((row for row in rows if row.id == row_id), None)


def read_annotations(path: Path) -> dict[str, Annotations]:
    """Read a gold file or ``records.jsonl``: articles by id, sorted by id.

    Raises `GoldError` for a line that cannot be read and for an article given twice.
    """
    articles: dict[str, Annotations] = {}
    for number, line in json_lines(path):
        if not is_line(line):
            raise not_gold(path, number)
        try:
            article = annotations_of(line)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise GoldError(f"{path}, line {number}: missing or malformed: {error}") from error
        if article.id in articles:
            raise GoldError(f"{path}, line {number}: article {article.id} is given twice")
        articles[article.id] = article
    return dict(sorted(articles.items()))


def is_line(line: Any) -> bool:
    """Whether a JSON value is a line of gold or of records, whatever its rows are."""
    return isinstance(line, dict) and isinstance(line.get("article"), dict)


def not_gold(path: Path, number: int) -> GoldError:
    """Return the error for a file of another kind where gold or a dataset is needed."""
    return GoldError(
        f"{path}, line {number}: not a line of a gold file or of records.jsonl, one of which, or "
        "the folder of a dataset, is needed here"
    )


def read_metadata(path: Path) -> dict[str, dict[str, Any]]:
    """The columns of an ``articles.jsonl`` by article id, each line's ``metadata`` flattened in."""
    articles: dict[str, dict[str, Any]] = {}
    for number, line in json_lines(path):
        if not isinstance(line, dict) or "id" not in line:
            raise GoldError(f"{path}, line {number}: not an article with an id")
        carried = line.pop("metadata", None) or {}
        if not isinstance(carried, dict):
            raise GoldError(f"{path}, line {number}: metadata is not a JSON object")
        articles[str(line["id"])] = {**carried, **line}
    return articles


def texts_beside(path: Path) -> dict[str, str]:
    """The texts, by article id, of an ``articles.jsonl`` in the folder of `path`."""
    articles = path.parent / "articles.jsonl"
    columns = read_metadata(articles) if articles.exists() else {}
    return {name: row["text"] for name, row in columns.items() if isinstance(row.get("text"), str)}


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line's number, from 1, and JSON value. Raises `GoldError` for what is not JSON."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise GoldError(f"{path}, line {number}: not JSON: {error}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8: {error}") from error


def annotations_of(data: Mapping[str, Any]) -> Annotations:
    """One line's JSON object as values. Raises KeyError or TypeError where it is malformed."""
    head = data["article"]
    return Annotations(
        id=str(head["id"]),
        text_sha256=_text(head["text_sha256"]),
        annotated=frozenset(data.get("annotated") or ()),
        text=_text_or_none(data.get("text")),
        sample=sample_of(data),
        others={name: data.get(name) for name in LAYERS if name not in _KINDS},
        **{
            name: tuple(read_row(kind, row) for row in data.get(name) or ())
            for name, kind in _KINDS.items()
        },
    )


_KINDS: Mapping[str, Any] = {
    **dict.fromkeys(MENTIONED, Entity),
    "dates": TimeExpression,
    "roles": Role,
    "statements": Statement,
}


def read_row(kind: type[_Row], value: Mapping[str, Any]) -> _Row:
    """A row, or a part of one, as a named tuple; a field that is null has the tuple's default.

    Raises KeyError, TypeError or the like where what has no default is missing or of another type.
    """
    fields, made = {}, cast("Any", kind)
    for name, hint in _hints(made).items():
        given = value if name == "span" and "start" in value else value.get(name)
        if given is not None or name not in made._field_defaults:
            fields[name] = _value(hint, given)
    row: _Row = made(**fields)
    return row


_hints = cache(get_type_hints)


def _value(hint: Any, value: Any) -> Any:
    """A JSON value as a field of this type holds it; lists of spans in the order of the text."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return _value(inner[0], value)
    if origin is tuple:
        items = [_value(inner[0], item) for item in value]
        return tuple(sorted(items) if inner[0] is Span else items)
    if hint is Span:
        return _span(value)
    if hint is bool:
        return bool(value)
    if hint is float:
        return float(_number(value))
    return _text(value) if hint is str else read_row(hint, value)


def sample_of(data: Mapping[str, Any]) -> Sample | None:
    """The design that a line of a sample carries. Raises ValueError for an impossible one."""
    design = data.get("sample")
    if not design:
        return None
    sample = Sample(str(design["stratum"]), _number(design["drawn"]), _number(design["of"]))
    if not 1 <= sample.drawn <= sample.of:
        raise ValueError(f"sample: {sample.drawn} drawn of {sample.of}")
    return sample


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> Any:
    if type(value) not in (int, float):
        raise TypeError(f"{value!r} is no number")
    return value


def _span(value: Mapping[str, Any]) -> Span:
    # A dataset written without texts has none in the contents of statements.
    start, end = value["start"], value["end"]
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"{start!r}:{end!r} are no offsets")
    return Span(start, end, _text_or_none(value["text"]) or "")
