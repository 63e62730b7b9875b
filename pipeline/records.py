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
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

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
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    metadata: Mapping[str, str] = Field(default_factory=dict)

    @property
    def text_sha256(self) -> str:
        return text_sha256(self.text)


class InputError(Record):
    """What went wrong with one article or file: one line of ``errors.jsonl``.

    `input` is the file as the user named it, `line` counts from 1. A warning tells of something
    left out while the article itself is extracted; anything else is an article, or a file, that is
    missing from the records.
    """

    WARNINGS: ClassVar[frozenset[str]] = frozenset(
        {"date", "metadata-article", "metadata-row", "skipped"}
    )

    input: str
    line: int | None = None
    article: str | None = None
    kind: str
    message: str

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
    end: int
    text: str

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
    confidence: Probability | None = None


class Reference(Span):
    """A pronoun or description that refers to a row without naming it. Never scored."""

    rule: str | None = None


class Row(Record):
    """One row of a record. `KEYED` lists the fields that its key is made of."""

    KIND: ClassVar[str]
    KEYED: ClassVar[tuple[str, ...]]

    id: str
    key: str = ""

    def expected_key(self, text_hash: str) -> str:
        """The key that this row must carry in an article with this text hash."""
        return row_key(text_hash, self.KIND, [_bare(getattr(self, name)) for name in self.KEYED])

    def keyed(self, text_hash: str) -> Self:
        """This row with its key filled in."""
        return self.model_copy(update={"key": self.expected_key(text_hash)})

    def spans(self) -> Iterator[tuple[str, Span]]:
        """All spans of this row, each with the name of its field."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Span):
                yield name, value
            elif isinstance(value, tuple):
                yield from ((name, item) for item in value if isinstance(item, Span))


def row_key(text_hash: str, kind: str, values: list[Any]) -> str:
    """First 16 hexadecimal digits of the SHA-256 over text hash, kind, spans and values."""
    payload = json.dumps([text_hash, kind, values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(payload.encode("utf-8")).hexdigest()[:16]


def _bare(value: Any) -> Any:
    """Spans without rule and confidence, so that a key depends on what is said alone."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_bare(item) for item in value]
    return value


class Person(Row):
    """A person of the article with all named mentions; `name` is the fullest of them.

    `external_id` is the user's id of a person whom the user has listed.
    """

    KIND = "person"
    KEYED = ("name", "mentions")

    name: str
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...] = ()
    external_id: str | None = None


class Organisation(Row):
    """An organisation of the article with all named mentions."""

    KIND = "organisation"
    KEYED = ("name", "mentions")

    name: str
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...] = ()


class Place(Row):
    """A place of the article; the fields of its gazetteer entry are null when evidence is weak.

    `latitude` and `longitude` are WGS 84 degrees. `score` and `margin` (over the next candidate)
    are the resolver's own scale, rounded to 4 digits.
    """

    KIND = "place"
    KEYED = ("name", "mentions", "geonameid", "kind", "country")

    name: str
    mentions: tuple[Mention, ...]
    geonameid: int | None = None
    kind: PlaceKind | None = None
    country: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    score: float | None = None
    margin: float | None = None
    rule: str | None = None


class Date(Row):
    """A time expression as TimeML TIMEX3 (Pustejovsky et al. 2003, ISO 24617-1).

    `earliest` and `latest` are inclusive ISO dates. `anchor` is "text", "published", the id of
    another date, or null when the value is unresolved.
    """

    KIND = "date"
    KEYED = ("span", "type", "value", "mod")

    span: Span
    type: TimexType
    value: str | None = None
    mod: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    rule: str | None = None


class Role(Row):
    """A position that the text says a person holds, held or will hold."""

    KIND = "role"
    KEYED = ("holder", "title", "organisation", "status", "status_cue", "qualifier")

    person: str
    holder: Span
    title: Span
    organisation: Span | None = None
    organisation_id: str | None = None
    status: Status = "current"
    status_cue: Span | None = None
    qualifier: Span | None = None
    since: str | None = None
    until: str | None = None
    asserted_in: str | None = None
    rule: str | None = None


class Statement(Row):
    """Who said what: a source, the reporting words, and the content.

    `sort` tells speech from beliefs, intentions and attitudes; `modality` marks a report that the
    text does not make as a fact ("did not say", "if he says", "did he say?"). `about` lists the ids
    of the people, roles, places and dates inside the content. `speaker_reason` says why the source
    was linked with its row, or why with none.
    """

    KIND = "statement"
    KEYED = ("source", "cue", "content", "kind")

    speaker: str | None = None
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...]
    kind: StatementKind | None = None
    sort: StatementSort | None = None
    modality: StatementModality | None = None
    about: tuple[str, ...] = ()
    speaker_reason: str | None = None
    rule: str | None = None


class ArticleHead(Record):
    """The article's identity inside a record."""

    id: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    text_sha256: str


class ArticleRecord(Record):
    """Everything that was found in one article: one line of ``records.jsonl``."""

    schema_version: Literal[1] = SCHEMA_VERSION
    article: ArticleHead
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    roles: tuple[Role, ...] = ()
    statements: tuple[Statement, ...] = ()

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
