"""Every record that crosses a wall, as frozen pydantic models, and what a span is.

A span counts Unicode code points of the article's text exactly as read and is half-open:
``text[start:end] == span.text``. A span is made with `Span.of` from the text itself; a whole
`ArticleRecord` is checked against the text by `ArticleRecord.check_spans` when it is made.

Ids (``person-1``) number the rows of one article by first mention. Keys name a row by what it says:
a hash of the text's hash, the kind, the row's spans and values, so that it stays the same while
other rows come and go.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION: Literal[1] = 1

Status = Literal["current", "former", "acting", "incoming", "candidate"]
PlaceKind = Literal["country", "admin1", "admin2", "city", "region", "feature"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
StatementKind = Literal["direct", "mixed", "indirect"]
StatementSort = Literal["speech", "belief", "intention", "attitude"]
StatementModality = Literal["negated", "conditional", "questioned"]

Probability = Annotated[float, Field(ge=0, le=1)]


class SpanError(ValueError):
    """A span that does not hold the characters it names."""


class Record(BaseModel):
    """Base of all records: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(Record):
    """One article as read: its text untouched, its metadata, and columns carried along."""

    id: str
    """Given, or the file's path without its ending, or `<file>-<line>`."""
    text: str
    """As read, no character changed."""
    title: str | None = None
    """Title, where one is given or declared."""
    published: str | None = None
    """ISO date or date and time; null where none is given or it cannot be read."""
    source: str | None = None
    """Publisher or paper."""
    url: str | None = None
    """Address."""
    metadata: Mapping[str, str] = Field(default_factory=dict)
    """All other columns, as strings."""

    @property
    def text_sha256(self) -> str:
        return text_sha256(self.text)


class InputError(Record):
    """What went wrong with one article or file: one line of ``errors.jsonl``.

    A warning tells of something left out while the article itself is extracted; anything else is an
    article, or a file, that is missing from the records.
    """

    WARNINGS: ClassVar[frozenset[str]] = frozenset(
        {"date", "metadata-article", "metadata-row", "skipped"}
    )

    input: str
    """The file, as the user named it."""
    line: int | None = None
    """Line of the file, from 1; null where the whole file is meant."""
    article: str | None = None
    """Id of the article, where it has one."""
    kind: str
    """What went wrong, in one word."""
    message: str
    """What went wrong, in a sentence."""

    @property
    def is_warning(self) -> bool:
        return self.kind in self.WARNINGS

    def __str__(self) -> str:
        """One sentence with its place: ``news.csv, line 7, article a7: ...``."""
        line = f", line {self.line}" if self.line is not None else ""
        article = f", article {self.article}" if self.article is not None else ""
        return f"{self.input}{line}{article}: {self.message}"


def text_sha256(text: str) -> str:
    """SHA-256 of the UTF-8 form of `text`, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Span(Record):
    """Characters of an article, half-open, counted in code points."""

    start: int = Field(ge=0)
    """First character, counted in code points from 0."""
    end: int
    """The character after the last."""
    text: str
    """The characters themselves."""

    @model_validator(mode="after")
    def _length_matches(self) -> Self:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(
                f"span {self.start}:{self.end} does not have the length of its text {self.text!r}"
            )
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int, **fields: Any) -> Self:
        """The span of `text` from `start` to `end`. Raises `SpanError` outside the text."""
        if not 0 <= start < end <= len(text):
            raise SpanError(f"span {start}:{end} is outside a text of {len(text)} characters")
        return cls(start=start, end=end, text=text[start:end], **fields)


class Mention(Span):
    """A named mention of a person, organisation or place, with the rule that found it."""

    rule: str | None = None
    """The rule that found it; `model` is the spaCy model."""
    confidence: Probability | None = None
    """How sure the rules are that it is a name of this kind, from 0 to 1."""


class Reference(Span):
    """A pronoun or description that refers to a row without naming it. Never scored."""

    rule: str | None = None
    """The rule that found it."""


class Row(Record):
    """One row of a record. `KEYED` lists the fields that its key is made of."""

    KIND: ClassVar[str]
    KEYED: ClassVar[tuple[str, ...]]

    id: str
    """Kind and number in the article, by first mention: `person-1`."""
    key: str = ""
    """Names the row by what it says; the same while other rows come and go."""

    @classmethod
    def of(cls, text_hash: str, **fields: Any) -> Self:
        """The row of these fields, all of `KEYED` among them, with its key filled in."""
        values = [_bare(fields[name]) for name in cls.KEYED]
        return cls(key=row_key(text_hash, cls.KIND, values), **fields)

    def expected_key(self, text_hash: str) -> str:
        """The key that this row must carry in an article with this text hash."""
        return row_key(text_hash, self.KIND, [_bare(getattr(self, name)) for name in self.KEYED])

    def keyed(self, text_hash: str) -> Self:
        """This row with its key filled in."""
        return self.model_copy(update={"key": self.expected_key(text_hash)})

    def spans(self) -> Iterator[tuple[str, Span]]:
        """All spans of this row, each with the name of its field."""
        for name in _span_fields(type(self)):
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from ((name, item) for item in value)
            elif value is not None:
                yield name, value

    def with_spans(self, change: Callable[[Span], Span]) -> Self:
        """This row with each span changed; its key is left as it is."""
        changed: dict[str, Any] = {}
        for name in _span_fields(type(self)):
            value = getattr(self, name)
            if value is not None:
                many = isinstance(value, tuple)
                changed[name] = tuple(map(change, value)) if many else change(value)
        return self.model_copy(update=changed)


@cache
def _span_fields(row: type[Row]) -> tuple[str, ...]:
    """The fields of a kind of row that hold spans, found once: rows are made by the thousand."""
    return tuple(name for name, field in row.model_fields.items() if _holds_spans(field.annotation))


def _holds_spans(annotation: Any) -> bool:
    """Whether a field of this type is a span, or may be one, or holds some."""
    inner = get_args(annotation)
    return any(map(_holds_spans, inner)) or (
        isinstance(annotation, type) and not inner and issubclass(annotation, Span)
    )


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def row_key(text_hash: str, kind: str, values: list[Any]) -> str:
    """First 16 hexadecimal digits of the SHA-256 over text hash, kind, spans and values."""
    payload = _ENCODER.encode([text_hash, kind, values])
    return hashlib.sha256(payload.encode("utf-8")).hexdigest()[:16]


def _bare(value: Any) -> Any:
    """Spans without rule and confidence, so that a key depends on what is said alone."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_bare(item) for item in value]
    return value


class Person(Row):
    """A person of the article with all named mentions."""

    KIND = "person"
    KEYED = ("name", "mentions")

    name: str
    """The fullest mention."""
    mentions: tuple[Mention, ...]
    """All named mentions, without titles."""
    references: tuple[Reference, ...] = ()
    """Pronouns and descriptions that mean the person."""
    external_id: str | None = None
    """The user's id of a person on the user's own list."""


class Organisation(Row):
    """An organisation of the article with all named mentions."""

    KIND = "organisation"
    KEYED = ("name", "mentions")

    name: str
    """The fullest mention."""
    mentions: tuple[Mention, ...]
    """All named mentions."""
    references: tuple[Reference, ...] = ()
    """Pronouns and descriptions that mean the body."""


class Place(Row):
    """A place of the article; the fields of its gazetteer entry are null when evidence is weak.

    Numbers are rounded to 4 digits.
    """

    KIND = "place"
    KEYED = ("name", "mentions", "geonameid", "kind", "country")

    name: str
    """The fullest mention."""
    mentions: tuple[Mention, ...]
    """All named mentions."""
    geonameid: int | None = None
    """The place in GeoNames."""
    kind: PlaceKind | None = None
    """What kind of place it is; a feature is a street, building, river or the like."""
    country: str | None = None
    """ISO 3166 code of two letters."""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    """Degrees north, WGS 84."""
    longitude: float | None = Field(default=None, ge=-180, le=180)
    """Degrees east, WGS 84."""
    score: float | None = None
    """The resolver's score of the place, on a scale of its own."""
    margin: float | None = None
    """By how much the score is above that of the next candidate."""
    rule: str | None = None
    """How the name was read."""


class Date(Row):
    """A time expression as TimeML TIMEX3 (Pustejovsky et al. 2003, ISO 24617-1)."""

    KIND = "date"
    KEYED = ("span", "type", "value", "mod")

    span: Span
    """The words of the date."""
    type: TimexType
    """TimeML type."""
    value: str | None = None
    """TimeML value; null for a date that does not exist."""
    mod: str | None = None
    """TimeML modifier, or INVALID for a date that does not exist."""
    earliest: str | None = None
    """First day that the date may mean, ISO."""
    latest: str | None = None
    """Last day that the date may mean, ISO."""
    anchor: str | None = None
    """What fixes the value: `text`, `published`, the id of another date, or null."""
    rule: str | None = None
    """The rule that found it."""


class Role(Row):
    """A position that the text says a person holds, held or will hold."""

    KIND = "role"
    KEYED = ("holder", "title", "organisation", "status", "status_cue", "qualifier")

    person: str
    """Id of the person."""
    holder: Span
    """The mention of the person that the title stands with."""
    title: Span
    """The words of the title."""
    organisation: Span | None = None
    """The words of the body or place for which the title is held."""
    organisation_id: str | None = None
    """Id of the row that these words name."""
    status: Status = "current"
    """Whether the role is held now."""
    status_cue: Span | None = None
    """The words that say so; null for plain current."""
    qualifier: Span | None = None
    """Words such as "self-proclaimed" or "alleged"."""
    since: str | None = None
    """Id of the date from which the role is held."""
    until: str | None = None
    """Id of the date until which the role is held."""
    asserted_in: str | None = None
    """Id of the statement that asserts the role, when it is not the article's own."""
    rule: str | None = None
    """The rule that made the row."""


class Statement(Row):
    """Who said what: a source, the reporting words, and the content."""

    KIND = "statement"
    KEYED = ("source", "cue", "content", "kind")

    speaker: str | None = None
    """Id of the person or organisation that the source means."""
    source: Span | None = None
    """The words that name the speaker."""
    cue: Span | None = None
    """The reporting words, with auxiliaries and negation."""
    content: tuple[Span, ...]
    """What is reported, in one piece or more."""
    kind: StatementKind | None = None
    """Whether all, some or none of the content stands in quotation marks."""
    sort: StatementSort | None = None
    """Speech, or what is thought, planned or felt."""
    modality: StatementModality | None = None
    """What keeps it from being told as a fact: "did not say", "if he says", "did he say?"."""
    about: tuple[str, ...] = ()
    """Ids of the people, roles, places and dates inside the content."""
    speaker_reason: str | None = None
    """Why the source means this row, or none."""
    rule: str | None = None
    """The rule that made the row."""


class ArticleHead(Record):
    """The article's identity inside a record."""

    id: str
    """Id of the article."""
    title: str | None = None
    """Its title."""
    published: str | None = None
    """Its date."""
    source: str | None = None
    """Its publisher."""
    url: str | None = None
    """Its address."""
    text_sha256: str
    """SHA-256 of the text in UTF-8, which the offsets count."""


class ArticleRecord(Record):
    """Everything that was found in one article: one line of ``records.jsonl``."""

    schema_version: Literal[1] = SCHEMA_VERSION
    """Version of this form."""
    article: ArticleHead
    """Which article this is."""
    people: tuple[Person, ...] = ()
    """A row a person."""
    organisations: tuple[Organisation, ...] = ()
    """A row an organisation."""
    places: tuple[Place, ...] = ()
    """A row a place."""
    dates: tuple[Date, ...] = ()
    """A row a time expression."""
    roles: tuple[Role, ...] = ()
    """A row a person, title and organisation."""
    statements: tuple[Statement, ...] = ()
    """A row a report of what somebody says."""

    LAYERS: ClassVar[tuple[str, ...]] = (
        "people",
        "organisations",
        "places",
        "dates",
        "roles",
        "statements",
    )

    def rows(self) -> Iterator[Row]:
        """All rows, layer by layer."""
        for layer in self.LAYERS:
            yield from getattr(self, layer)

    def check_spans(self, text: str) -> Self:
        """Return the record, or raise `SpanError` naming the first span that `text` contradicts."""
        for row in self.rows():
            for field, span in row.spans():
                if text[span.start : span.end] != span.text:
                    raise SpanError(
                        f"{self.article.id}: {row.id} {field}: characters {span.start}:{span.end} "
                        f"are {text[span.start : span.end]!r}, not {span.text!r}"
                    )
        return self
