"""What crosses a wall, as frozen pydantic models: articles, errors, spans, and what a row is.

A span counts Unicode code points of the article's text exactly as read and is half-open:
``text[start:end] == span.text``. A span is made with `Span.of` from the text itself. Which rows
there are, and what their fields hold, says `newsclaims.schema`.

Ids (``person-1``) number the rows of one article by first mention. Keys name a row by what it says:
a hash of the text's hash, the kind, the row's spans and values, so that it stays the same while
other rows come and go.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from numbers import Integral
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from newsclaims.published import UnreadableDateError, is_missing, read_published

MADE = "made"  # marks a field that tells how a row was made, and nothing of what the text says

Probability = Annotated[float, Field(ge=0, le=1)]


class SpanError(ValueError):
    """A span that does not hold the characters it names."""


class Record(BaseModel):
    """Base of all records: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Article(Record):
    """One article: its text untouched, its metadata, and columns carried along.

    Values may be those that data frames and spreadsheets hold: NaN, NaT and None are missing, and
    whole numbers are ids.

    Args:
        id: a string or a whole number.
        text: the text, of which no character is changed.
        title: the title.
        published: a date of publication: a `datetime.date`, a `datetime.datetime`, a pandas
            ``Timestamp``, or a string that has one reading, such as ``"2025-06-01"``.
        source: the publisher or paper.
        url: the address.
        metadata: further columns by name, as strings.

    Raises:
        ValueError: a value cannot be used; one sentence says which article, field and why.
    """

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

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**_article_fields(fields))
        except ValidationError as error:
            raise ValueError(f"{_named(fields)}{_in_a_sentence(error)}") from None

    @property
    def text_sha256(self) -> str:
        return text_sha256(self.text)


def _article_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an article as it holds them. Raises `ValueError` for what cannot be meant."""
    known = {name: None if is_missing(value) else value for name, value in fields.items()}
    try:
        if "id" in known:
            known["id"] = _identity(known["id"])
        if not isinstance(text := known.get("text"), str):
            raise ValueError(f"the text is {_not_a('string', text)}")
        text.encode()
        if known.get("published") is not None:
            known["published"] = read_published(known["published"])
    except UnicodeEncodeError as error:
        reason = f"the text has half a character (a lone surrogate) at {error.start}"
        raise ValueError(_named(fields) + reason) from None
    except UnreadableDateError as error:
        raise ValueError(
            f"{_named(fields)}the publication date {str(known['published'])!r} {error}"
        ) from None
    except ValueError as error:
        raise ValueError(f"{_named(fields)}{error}") from None
    return known


def _identity(value: Any) -> str:
    """An id as a string; a data frame holds whole numbers as floats where one is missing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | Integral):
        raise ValueError(f"the id is {_not_a('string or a whole number', value)}")
    if not (identity := str(value)).strip():
        raise ValueError("the id is nothing but white space")
    return identity


def _not_a(wanted: str, value: Any) -> str:
    return "missing" if value is None else f"of type {type(value).__name__}, not a {wanted}"


def _named(fields: Mapping[str, Any]) -> str:
    """How a sentence about an article begins."""
    identity = fields.get("id")
    return "" if is_missing(identity) else f"article {str(identity)!r}: "


def _in_a_sentence(error: ValidationError) -> str:
    """The first complaint of pydantic, without its lines of technicalities."""
    first = error.errors()[0]
    what = {
        "missing": "is missing",
        "extra_forbidden": "is no field of an article",
        "string_type": "is not a string",
    }
    return f"{'.'.join(map(str, first['loc']))} {what.get(first['type'], first['msg'])}"


class InputError(Record):
    """What went wrong with one article or file: one line of ``errors.jsonl``.

    A warning tells of something left out while the article itself is extracted; anything else is an
    article, or a file, that is missing from the records.
    """

    WARNINGS: ClassVar[frozenset[str]] = frozenset(
        {"date", "entities", "metadata-article", "metadata-row", "mojibake", "skipped", "tags"}
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

    rule: Annotated[str | None, MADE] = None
    """The rule that found it; `model` is the spaCy model."""
    confidence: Annotated[Probability | None, MADE] = None
    """How sure the rule is, from 0 to 1."""


class Reference(Span):
    """A pronoun or description that refers to a row without naming it. Never scored."""

    rule: Annotated[str | None, MADE] = None
    """The rule that found it."""


class Part(Record):
    """A part of a row: a span with values of its own."""


class Refers:
    """Marks a field that holds the id of a row, or ids.

    Args:
        words: what the field may hold beside ids.
        keys: the layers of these rows, each with the column for the key in a database of tables;
            null where the tables show something else than the id.
    """

    def __init__(self, *words: str, **keys: str | None) -> None:
        self.words = words
        self.keys = keys


class Held(NamedTuple):
    """What a field of a record holds.

    Attributes:
        item: the type of the value, or of each where there are `several`: a class or a Literal.
        marks: what `Annotated` says of the field.
        what: its docstring.
        inner: where the value is a part of a row, the field of the part that is its span.
    """

    name: str
    item: Any
    several: bool
    required: bool
    marks: tuple[Any, ...]
    what: str
    inner: str

    @property
    def refers(self) -> Refers | None:
        """Which rows the field refers to, if it does."""
        return next((mark for mark in self.marks if isinstance(mark, Refers)), None)

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that the field may have, where they are a closed set."""
        return get_args(self.item) if get_origin(self.item) is Literal else ()

    @property
    def holds_spans(self) -> bool:
        """Whether the value is a span or has one."""
        return isinstance(self.item, type) and issubclass(self.item, Span | Part)


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Held]:
    """What each field of a model holds, in order; found once: rows are made by the thousand."""
    return {
        name: Held(
            name,
            *_item(field.annotation),
            field.is_required(),
            tuple(field.metadata),
            " ".join((field.description or "").split()),
            _span_field(field.annotation),
        )
        for name, field in model.model_fields.items()
    }


def _span_field(annotation: Any) -> str:
    item, _ = _item(annotation)
    if not isinstance(item, type) or not issubclass(item, Part):
        return ""
    return next(name for name, held in fields_of(item).items() if held.item is Span)


def _item(annotation: Any) -> tuple[Any, bool]:
    """The type in an annotation, without None and what marks it, and whether it is of a list."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _item(next(one for one in inner if one is not NoneType))
    if origin is Annotated:
        return _item(inner[0])
    return (_item(inner[0])[0], True) if origin is tuple else (annotation, False)


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
        for name, several, inner in _with_spans(type(self)):
            value = getattr(self, name)
            for item in value if several else (value,):
                if item is not None:
                    yield name, getattr(item, inner) if inner else item

    def with_spans(self, change: Callable[[Span], Span]) -> Self:
        """This row with each span changed; its key is left as it is."""
        changed: dict[str, Any] = {}
        for name, several, inner in _with_spans(type(self)):
            value = getattr(self, name)
            items = value if several else (value,)
            new = tuple(item and _with_span(item, inner, change) for item in items)
            changed[name] = new if several else new[0]
        return self.model_copy(update=changed)


def _with_span(item: Any, inner: str, change: Callable[[Span], Span]) -> Any:
    """A span changed, or a part with the span of its field `inner` changed."""
    if not inner:
        return change(item)
    return item.model_copy(update={inner: change(getattr(item, inner))})


@cache
def _with_spans(row: type[Row]) -> tuple[tuple[str, bool, str], ...]:
    fields = fields_of(row).values()
    return tuple((held.name, held.several, held.inner) for held in fields if held.holds_spans)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def row_key(text_hash: str, kind: str, values: list[Any]) -> str:
    """First 16 hexadecimal digits of the SHA-256 over text hash, kind, spans and values."""
    payload = _ENCODER.encode([text_hash, kind, values])
    return hashlib.sha256(payload.encode("utf-8")).hexdigest()[:16]


def _bare(value: Any) -> Any:
    """A value without rules, confidence and ids, so that a key depends on what is said alone."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_bare(item) for item in value]
    if isinstance(value, Part):
        fields = fields_of(type(value)).values()
        return [_bare(getattr(value, held.name)) for held in fields if not held.refers]
    return value
