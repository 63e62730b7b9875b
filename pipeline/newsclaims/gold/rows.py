"""Written records and gold, read as light values for scoring; nothing is changed on the way.

Gold lines are lines of ``records.jsonl`` with ``annotated`` (the layers to be scored) and, where it
may travel along, ``text``. Rows may lack fields that no layer scores, so they are read more
leniently than `newsclaims.records` reads what this project writes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.errors import UsageError

LAYERS = (
    "people.mentions",
    "people",
    "organisations.mentions",
    "places.mentions",
    "places.resolution",
    "dates",
    "roles",
    "statements",
)
"""The layers that a gold file may say it annotates, in the order in which they are shown."""


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
    name: str
    mentions: tuple[Mention, ...]
    optional: bool = False
    latitude: float | None = None
    longitude: float | None = None
    rule: str | None = None


class TimeExpression(NamedTuple):
    """A row of dates."""

    id: str
    span: Span
    type: str | None
    value: str | None
    mod: str | None
    optional: bool = False
    rule: str | None = None


class Role(NamedTuple):
    """A row of roles; `person` is the id of a row of people."""

    id: str
    person: str
    holder: Span | None
    title: Span
    organisation: Span | None
    status: str
    optional: bool = False
    rule: str | None = None


class Statement(NamedTuple):
    """A row of statements; `speaker` is the id of a row of the article, or null."""

    id: str
    speaker: str | None
    source: Span | None
    content: tuple[Span, ...]
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
    """All rows of one article, from a gold file or from records."""

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

    def entity(self, row_id: str | None) -> Entity | None:
        """The person, organisation or place with this id."""
        rows = (*self.people, *self.organisations, *self.places)
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
        people=tuple(_entity(row) for row in data.get("people") or ()),
        organisations=tuple(_entity(row) for row in data.get("organisations") or ()),
        places=tuple(_entity(row) for row in data.get("places") or ()),
        dates=tuple(_date(row) for row in data.get("dates") or ()),
        roles=tuple(_role(row) for row in data.get("roles") or ()),
        statements=tuple(_statement(row) for row in data.get("statements") or ()),
    )


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


def _number_or_none(value: Any) -> float | None:
    return None if value is None else float(_number(value))


def _span(value: Mapping[str, Any]) -> Span:
    # A dataset written without texts has none in the contents of statements.
    start, end = value["start"], value["end"]
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"{start!r}:{end!r} are no offsets")
    return Span(start, end, _text_or_none(value["text"]) or "")


def _span_or_none(value: Mapping[str, Any] | None) -> Span | None:
    return _span(value) if value else None


def _entity(row: Mapping[str, Any]) -> Entity:
    return Entity(
        id=_text(row["id"]),
        name=_text_or_none(row.get("name")) or "",
        mentions=tuple(
            Mention(_span(value), _text_or_none(value.get("rule"))) for value in row["mentions"]
        ),
        optional=bool(row.get("optional")),
        latitude=_number_or_none(row.get("latitude")),
        longitude=_number_or_none(row.get("longitude")),
        rule=_text_or_none(row.get("rule")),
    )


def _date(row: Mapping[str, Any]) -> TimeExpression:
    return TimeExpression(
        id=_text(row["id"]),
        span=_span(row["span"]),
        type=_text_or_none(row.get("type")),
        value=_text_or_none(row.get("value")),
        mod=_text_or_none(row.get("mod")),
        optional=bool(row.get("optional")),
        rule=_text_or_none(row.get("rule")),
    )


def _role(row: Mapping[str, Any]) -> Role:
    return Role(
        id=_text(row["id"]),
        person=_text(row["person"]),
        holder=_span_or_none(row.get("holder")),
        title=_span(row["title"]),
        organisation=_span_or_none(row.get("organisation")),
        status=_text_or_none(row.get("status")) or "current",
        optional=bool(row.get("optional")),
        rule=_text_or_none(row.get("rule")),
    )


def _statement(row: Mapping[str, Any]) -> Statement:
    return Statement(
        id=_text(row["id"]),
        speaker=_text_or_none(row.get("speaker")),
        source=_span_or_none(row.get("source")),
        content=tuple(sorted(_span(value) for value in row["content"])),
        kind=_text_or_none(row.get("kind")),
        sort=_text_or_none(row.get("sort")),
        optional=bool(row.get("optional")),
        rule=_text_or_none(row.get("rule")),
    )
