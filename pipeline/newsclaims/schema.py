"""Each layer of a record said once: its rows, what their fields hold, and the tables made of them.

A row model gives each field its type, in its docstring what it holds (the first sentence is also
what its column holds), and in `Annotated` which rows it refers to (`Refers`). A `Layer` adds what
concerns the rows as a whole. Tables and their types in every form, keys, the reading and checking
of gold, converters, diffs, corrections, the page and the reference documents follow from it.

A new layer is a row model, a `Layer` and a field of `ArticleRecord`; a new column is a field.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, PrivateAttr

from newsclaims.highlight import Html, Look, Mark, highlight
from newsclaims.records import (
    MADE,
    Held,
    Mention,
    Part,
    Record,
    Reference,
    Refers,
    Row,
    Span,
    SpanError,
    fields_of,
    row_key,
    text_sha256,
)

SCHEMA_VERSION: Literal[2] = 2

Json = Mapping[str, Any]  # a record or row as JSON holds it


class Label(NamedTuple):
    """Marks a field of spans with their label in annotation tools, where that is not its name."""

    text: str


CORRECTABLE = "correctable"
"""Marks a field that a reader may correct although no key is made of it."""

NAMING = "naming"
"""Marks a field whose words name another row."""

DAY = "day"
"""Marks a field that holds an ISO date, which is always whole."""

CONTENT = "content"
"""Marks a field whose words may not leave a dataset without texts."""


Status = Literal["current", "former", "acting", "incoming", "candidate"]
PlaceKind = Literal["country", "admin1", "admin2", "city", "region", "feature"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
StatementKind = Literal["direct", "mixed", "indirect"]
StatementSort = Literal["speech", "belief", "intention", "attitude"]
StatementModality = Literal["negated", "conditional", "questioned"]
EventType = Literal[  # not words: a closed set of values
    "attack",
    "death",
    "injury",
    "destruction",
    "detention",
    "justice",
    "meeting",
    "movement",
    "agreement",
    "appointment",
    "departure",
    "vote",
    "protest",
    "disaster",
    "sanction",
    "transfer",
]
EventStatus = Literal["happened", "ongoing", "planned", "failed", "negated", "possible"]
ParticipantRole = Literal["agent", "patient", "recipient", "organisation", "origin", "destination"]
QuantityKind = Literal[
    "dead", "injured", "missing", "detained", "displaced", "participants", "votes", "amount"
]


# Rows


class Person(Row):
    """A person of the article with all named mentions."""

    KIND = "person"
    KEYED = ("name", "mentions")

    name: str
    """The fullest mention in the article."""
    mentions: tuple[Mention, ...]
    """All named mentions, without titles."""
    references: Annotated[tuple[Reference, ...], Label("Reference")] = ()
    """Pronouns and descriptions that mean the person."""
    external_id: str | None = None
    """The user's id of a person on the user's own list."""


class Organisation(Row):
    """An organisation of the article with all named mentions."""

    KIND = "organisation"
    KEYED = ("name", "mentions")

    name: str
    """The fullest mention in the article."""
    mentions: tuple[Mention, ...]
    """All named mentions."""
    references: Annotated[tuple[Reference, ...], Label("Reference")] = ()
    """Pronouns and descriptions that mean the body."""


class Place(Row):
    """A place of the article; the fields of its gazetteer entry are null when evidence is weak.

    Numbers are rounded to 4 digits.
    """

    KIND = "place"
    KEYED = ("name", "mentions", "geonameid", "kind", "country")

    name: str
    """The fullest mention in the article."""
    mentions: tuple[Mention, ...]
    """All named mentions."""
    geonameid: int | None = None
    """The place in GeoNames."""
    kind: PlaceKind | None = None
    """Country, admin1, admin2, city, region or feature. A feature is a street, building, river or
    the like."""
    country: str | None = None
    """ISO 3166 code of the place's country. It has two letters."""
    latitude: Annotated[float | None, CORRECTABLE] = Field(default=None, ge=-90, le=90)
    """Degrees north, WGS 84."""
    longitude: Annotated[float | None, CORRECTABLE] = Field(default=None, ge=-180, le=180)
    """Degrees east, WGS 84."""
    score: Annotated[float | None, MADE] = None
    """The resolver's score of the place. It is on a scale of its own."""
    margin: Annotated[float | None, MADE] = None
    """By how much the score is above that of the next candidate."""
    rule: Annotated[str | None, MADE] = None
    """How the name was read."""


class Date(Row):
    """A time expression as TimeML TIMEX3 (Pustejovsky et al. 2003, ISO 24617-1)."""

    KIND = "date"
    KEYED = ("span", "type", "value", "mod")

    span: Span
    """The words of the date."""
    type: TimexType
    """TimeML type: DATE, TIME, DURATION or SET."""
    value: str | None = None
    """TimeML value. Null for a date that does not exist."""
    mod: str | None = None
    """TimeML modifier, or INVALID for a date that does not exist."""
    earliest: Annotated[str | None, CORRECTABLE, DAY] = None
    """First day that the date may mean. An ISO date."""
    latest: Annotated[str | None, CORRECTABLE, DAY] = None
    """Last day that the date may mean. An ISO date."""
    anchor: Annotated[str | None, Refers("text", "published", dates=None)] = None
    """What fixes the date: text, published, the id of another date, or nothing."""
    rule: Annotated[str | None, MADE] = None
    """The rule that found it."""


class Role(Row):
    """A position that the text says a person holds, held or will hold."""

    KIND = "role"
    KEYED = ("holder", "title", "organisation", "status", "status_cue", "qualifier")

    person: Annotated[str, Refers(people="person_key")]
    """Id of the person."""
    holder: Annotated[Span, NAMING]
    """The words for the holder that the title stands with. A mention of the person."""
    title: Span
    """The words of the title."""
    organisation: Annotated[Span | None, Label("Body"), NAMING] = None
    """The words of the body or place for which the title is held."""
    organisation_id: Annotated[
        str | None, Refers(organisations="organisation_key", places="place_key")
    ] = None
    """Id of the row that these words name."""
    status: Status = "current"
    """Current, former, acting, incoming or candidate. Says whether the role is held now."""
    status_cue: Span | None = None
    """The words that say so. Null for plain current."""
    qualifier: Span | None = None
    """Words such as self-proclaimed or alleged."""
    since: Annotated[str | None, Refers(dates=None)] = None
    """Id of the date from which the role is held."""
    until: Annotated[str | None, Refers(dates=None)] = None
    """Id of the date until which the role is held."""
    asserted_in: Annotated[str | None, Refers(statements="asserted_in")] = None
    """The statement that asserts the role, when it is not the article's own."""
    rule: Annotated[str | None, MADE] = None
    """The rule that made the row."""


class Statement(Row):
    """Who said what: a source, the reporting words, and the content."""

    KIND = "statement"
    KEYED = ("source", "cue", "content", "kind")

    speaker: Annotated[
        str | None,
        Refers(
            people="speaker_key",
            organisations="speaker_organisation_key",
            places="speaker_place_key",
        ),
    ] = None
    """Id of the person, organisation or place that the source means."""
    source: Span | None = None
    """The words that name the speaker."""
    cue: Span | None = None
    """The reporting words. With auxiliaries and negation."""
    content: Annotated[tuple[Span, ...], CONTENT]
    """What is reported, in one piece or more."""
    kind: StatementKind | None = None
    """Direct, mixed or indirect. All, some or none of the content stands in quotation marks."""
    sort: StatementSort | None = None
    """Speech, belief, intention or attitude."""
    modality: StatementModality | None = None
    """What keeps the report from being told as a fact. "Did not say", "if he says", "did he
    say?"."""
    about: Annotated[
        tuple[str, ...],
        Refers(
            people="person_key",
            organisations="organisation_key",
            places="place_key",
            dates="date_key",
            roles="role_key",
        ),
    ] = ()
    """The rows of the record that stand inside the content. Ids of people, places, dates, roles."""
    speaker_reason: Annotated[str | None, MADE] = None
    """Why the source is taken for this speaker. Or for none."""
    rule: Annotated[str | None, MADE] = None
    """The rule that made the row."""


class Participant(Part):
    """Who or what takes part in an event."""

    role: ParticipantRole
    """Agent, patient, recipient, organisation, origin or destination."""
    span: Span
    """The words for it, the fullest of the article."""
    ref: Annotated[
        str | None,
        Refers(people="person_key", organisations="organisation_key", places="place_key"),
    ] = None
    """The row that these words name. Its id, or null where they name none."""


class EventPlace(Part):
    """Where an event happened."""

    span: Span
    """The words for it, the narrowest that the text gives."""
    ref: Annotated[
        str | None, Refers(places="place_key", organisations="place_organisation_key")
    ] = None
    """The row that these words name. Its id, or null where they name none."""


class Quantity(Part):
    """A number that an event is told with."""

    kind: QuantityKind
    """Dead, injured, missing, detained, displaced, participants, votes or amount."""
    span: Span
    """The numeral with its modifiers."""
    value: int | float | None = None
    """The number. Null where the words give none."""


class Event(Row):
    """What happened, to whom, where and when."""

    KIND = "event"
    KEYED = ("type", "triggers", "participants", "place", "quantities", "status", "status_cue")

    type: EventType
    """What kind of event it is."""
    triggers: Annotated[tuple[Span, ...], Label("Trigger")]
    """The words that tell of the event. A head word for each time that it is told."""
    participants: Annotated[tuple[Participant, ...], Label("Participant")] = ()
    """Who and what takes part, each after its role."""
    place: Annotated[EventPlace | None, Label("Event-place")] = None
    """The words for where it happened."""
    date: Annotated[str | None, Refers(dates="date_key")] = None
    """Id of the date on which it happened, or began."""
    until: Annotated[str | None, Refers(dates=None)] = None
    """Id of the date until which it lasted."""
    quantities: Annotated[tuple[Quantity, ...], Label("Quantity")] = ()
    """The numbers that it is told with, each after its kind."""
    status: EventStatus = "happened"
    """Happened, ongoing, planned, failed, negated or possible."""
    status_cue: Span | None = None
    """The words that say so. Null for plain happened."""
    asserted_in: Annotated[str | None, Refers(statements="asserted_in")] = None
    """The statement that tells it, when the article never does in its own voice."""
    role: Annotated[str | None, Refers(roles="role_key")] = None
    """Id of the role that an appointment begins or a departure ends."""
    rule: Annotated[str | None, MADE] = None
    """The rule that made the row."""


# Columns and layers


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        type: "string", "integer", "number", "date" (an ISO date, always whole) or "list" (of
            strings). Forms that have no dates or lists write strings.
        what: what it holds.
        of: the field of the row, or of its item, that it shows, with a point that of a part; empty
            for what is not of the row.
        show: "" for the field itself (of spans the words), "name" for the name of the row that
            the field refers to, "date" for that date's value.
    """

    name: str
    what: str = ""
    of: str = ""
    show: Literal["", "name", "date"] = ""
    type: str = "string"


def _whole(name: str, what: str) -> Column:
    return Column(name, what, type="integer")


KEY = Column("key", "names the row by what it says; the same while other rows come and go", "key")
START = _whole("start", "first character, counted in code points of the text from 0")
END = _whole("end", "the character after the last")
SENTENCE = Column(
    "sentence",
    "the sentence or sentences around, white space joined; of more than 2,000 characters the part "
    "around the words, with … where it was cut",
)
RULE = Column("rule", "the rule that made the row", "rule")
_MENTION = (
    "name",
    Column("mention", "the words of this mention", "mentions"),
    *(START, END, SENTENCE, RULE),
    "confidence",
)
_IN_RECORD = "in the record of the article"
_BODY_ID = Column("organisation_id", f"the row of the organisation or place {_IN_RECORD}")

# What of an article stands in each of its rows, and names it wherever it is shown.
HEAD = ("id", "title", "published", "source", "url")
ARTICLE = (
    Column("article_id", "id of the article"),
    Column("article_title", "title of the article"),
    Column("article_published", "publication date of the article"),
    Column("article_source", "source of the article"),
    Column("article_url", "address of the article"),
    Column("article_cluster", "the same for all articles with this or nearly this text"),
    _whole("article_copy", "0 for one article of the cluster, 1 for its copies"),
)


def _id_of(kind: str, field: str = "id") -> Column:
    return Column(f"{kind}_id", f"the {kind}'s row {_IN_RECORD}", field)


def _name(column: str, what: str, field: str) -> Column:
    return Column(column, what, field, "name")


class Table(NamedTuple):
    """A table with a row for each row of a layer, or, with `each`, for each item of that field.

    Attributes:
        columns: those that come before the columns of the article.
        fields: the fields that they show, those of an item among them.
    """

    columns: tuple[Column, ...]
    fields: Mapping[str, Held]
    each: str


class Layer:
    """What concerns the rows of one kind as a whole.

    Args:
        name: its name in a record, and of its table.
        row: the model of its rows.
        anchor: the field whose spans stand for a row.
        says: the fields that say a row in a line; of "a|b" the first that is not null.
        columns: those of its table, between the key and those of the article: the name of a field
            or a `Column`.
        parts: the columns of a table for each item of a field, by the field.
        indexed: the columns that a database has an index of.
        scored: the names under which gold annotates it.
    """

    def __init__(
        self,
        name: str,
        row: type[Row],
        *,
        anchor: str,
        says: tuple[str, ...],
        columns: tuple[str | Column, ...],
        parts: Mapping[str, tuple[str | Column, ...]] = MappingProxyType({}),
        indexed: tuple[str, ...] = (),
        scored: tuple[str, ...] = (),
    ) -> None:
        self.name, self.row, self.kind, self.anchor = name, row, row.KIND, anchor
        self.says, self.indexed, self.scored = says, indexed, scored or (name,)
        self.fields = fields_of(row)
        self.spans = {name: held for name, held in self.fields.items() if held.holds_spans}
        self.is_mentioned = anchor == "mentions"
        self.tables = {name: self._table(columns, anchor if self.is_mentioned else "")}
        for field, of_part in parts.items():
            self.tables[f"{self.kind}_{field}"] = self._table(of_part, field)

    def _table(self, columns: tuple[str | Column, ...], each: str) -> Table:
        fields = dict(self.fields)
        for name, held in self.spans.items():
            of_part = fields_of(held.item) if held.inner and not held.several else {}
            fields |= {f"{name}.{inner}": field for inner, field in of_part.items()}
        if each:
            of_item = fields_of(self.fields[each].item)
            fields |= {**of_item, each: self.fields[each]._replace(several=False, inner="")}
        return Table(tuple(_column(column, fields) for column in (KEY, *columns)), fields, each)

    @cached_property
    def references(self) -> Mapping[str, Refers]:
        """The fields of a row that hold ids of other rows."""
        return {name: held.refers for name, held in self.fields.items() if held.refers}

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The fields that hold lists of ids."""
        return tuple(name for name in self.references if self.fields[name].several)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The fields that refer to a row without which there is none of these."""
        return tuple(name for name in self.references if self.fields[name].required)

    @cached_property
    def correctable(self) -> Mapping[str, Held]:
        """The fields that a reader may correct."""
        return {
            name: held
            for name, held in self.fields.items()
            if not (held.several or held.inner)
            and (name in self.row.KEYED or CORRECTABLE in held.marks)
        }

    def label(self, field: str) -> str:
        """The label of a field's spans in annotation tools."""
        named = [mark.text for mark in self.fields[field].marks if isinstance(mark, Label)]
        default = self.kind if field == self.anchor else field.replace("_", "-")
        return named[0] if named else default.capitalize()

    def spans_of(self, row: Json) -> Iterator[tuple[str, Json]]:
        """All spans of a row as JSON holds it, each with the name of its field."""
        for name, held in self.spans.items():
            value = row.get(name)
            for item in value or () if held.several else (value,):
                if item is not None:
                    yield name, item[held.inner] if held.inner else item

    def offsets_of(self, row: Json) -> list[tuple[int, int]]:
        """Where each span of a row begins and ends."""
        return [(span["start"], span["end"]) for _, span in self.spans_of(row)]

    def anchors_of(self, row: Json) -> list[Json]:
        """The spans that stand for a row."""
        return [span for name, span in self.spans_of(row) if name == self.anchor]

    def key_of(self, row: Json, text_hash: str) -> str:
        """The key that a row as JSON holds it must carry in an article with this text hash."""
        values = [_bare(self.fields[name], row.get(name)) for name in self.row.KEYED]
        return row_key(text_hash, self.kind, values)

    def told(self, row: Json, name_of: Callable[[str], str | None]) -> list[str | None]:
        """What says a row in a line, part by part; `name_of` names the rows that it refers to."""
        return [
            next(filter(None, (self._words(name, row, name_of) for name in names.split("|"))), None)
            for names in self.says
        ]

    def _words(self, name: str, row: Json, name_of: Callable[[str], str | None]) -> str | None:
        held, value = self.fields[name], row.get(name)
        if held.holds_spans:
            spans = (span for field, span in self.spans_of(row) if field == name)
            return " … ".join(span["text"] or "(no text)" for span in spans)
        return name_of(value) if value and held.refers else value

    def marks(self, row: Row, name_of: Callable[[str], str | None]) -> Iterator[Mark]:
        """The spans of a row as they are drawn, each telling what the row says."""
        written = row.model_dump(mode="json")
        words = " · ".join(filter(None, self.told(written, name_of)))
        rule = next((item.get("rule") for _, item in self.spans_of(written)), None)
        made = f" (rule {written.get('rule') or rule})" if written.get("rule") or rule else ""
        for field, span in row.spans():
            label = self.label(field)
            kind = self.name if field == self.anchor else PART_OF_A_ROW
            if kind in LOOKS:
                tells = f"{label}, {row.id}: {words}{made}"
                short = label if LOOKS[kind].style == "box" else ""
                yield Mark(span.start, span.end, kind, short, tells)

    def refer(self, row: Json, change: Callable[[str, Held], str | None]) -> dict[str, Any]:
        """The row with each id that it holds changed; of lists those that become null left out."""
        return {name: _refer(self.fields.get(name), value, change) for name, value in row.items()}


def _refer(held: Held | None, value: Any, change: Callable[[str, Held], str | None]) -> Any:
    if held is None or value is None:
        return value
    if held.several:
        items = (_refer(held._replace(several=False), item, change) for item in value)
        return [item for item in items if item is not None]
    if held.refers:
        return value if value in held.refers.words else change(value, held)
    if held.inner:
        fields = fields_of(held.item)
        return {name: _refer(fields.get(name), item, change) for name, item in value.items()}
    return value


def _bare(held: Held, value: Any) -> Any:
    """What `Row.of` makes a key of, of a value as JSON holds it."""
    if isinstance(value, list) and held.several:
        return [_bare(held._replace(several=False), item) for item in value]
    if not isinstance(value, Mapping):
        return value
    if not held.inner:
        return [value["start"], value["end"]]
    fields = fields_of(held.item).items()
    return [_bare(inner, value.get(name)) for name, inner in fields if not inner.refers]


def _column(column: str | Column, fields: Mapping[str, Held]) -> Column:
    """The column of a field: its type, and the first sentence of its docstring as a phrase."""
    if isinstance(column, Column):
        return column
    held = fields[column]
    what = held.what.partition(". ")[0].removesuffix(".")
    if what[1:2].islower() and what.split()[0][1:].islower():
        what = what[0].lower() + what[1:]
    return Column(column, what, column, type=_type_of(held))


def _type_of(held: Held) -> str:
    if held.several:
        return "list"
    return "date" if DAY in held.marks else _TYPES.get(held.item, "string")


_TYPES: Mapping[type, str] = {int: "integer", float: "number"}


LAYERS: Mapping[str, Layer] = {
    layer.name: layer
    for layer in (
        Layer(
            "people",
            Person,
            anchor="mentions",
            says=("name",),
            columns=(_id_of("person"), *_MENTION, "external_id"),
            indexed=("name",),
            scored=("people.mentions", "people"),
        ),
        Layer(
            "organisations",
            Organisation,
            anchor="mentions",
            says=("name",),
            columns=(_BODY_ID._replace(of="id"), *_MENTION),
            indexed=("name",),
            scored=("organisations.mentions",),
        ),
        Layer(
            "places",
            Place,
            anchor="mentions",
            says=("name", "country"),
            columns=(
                _id_of("place"),
                *_MENTION,
                *("geonameid", "kind", "country", "latitude", "longitude", "score", "margin"),
            ),
            indexed=("name", "geonameid", "country"),
            scored=("places.mentions", "places.resolution"),
        ),
        Layer(
            "dates",
            Date,
            anchor="span",
            says=("span", "value", "mod"),
            columns=(
                _id_of("date"),
                Column("expression", "the words of the date", "span"),
                *(START, END, "type", "value", "mod", "earliest", "latest", "anchor"),
                *(SENTENCE, RULE),
            ),
            indexed=("earliest", "latest", "value"),
        ),
        Layer(
            "roles",
            Role,
            anchor="title",
            says=("person", "title", "organisation", "status"),
            columns=(
                _id_of("role"),
                _name("person", "full name of the holder", "person"),
                _id_of("person", "person"),
                *("title", "organisation"),
                _BODY_ID._replace(of="organisation_id"),
                _name("organisation_name", "full name of that body or place", "organisation_id"),
                *("status", "status_cue", "qualifier"),
                Column("since", "date from which the role is held", "since", "date"),
                Column("until", "date until which the role is held", "until", "date"),
                *("asserted_in", "holder", START, END, SENTENCE, RULE),
            ),
            indexed=("person", "title", "organisation_name", "status"),
        ),
        Layer(
            "statements",
            Statement,
            anchor="content",
            says=("speaker|source", "content"),
            columns=(
                _id_of("statement"),
                _name("speaker", "full name of the speaker", "speaker"),
                Column("speaker_id", f"the row of the speaker {_IN_RECORD}", "speaker"),
                *("source", "cue"),
                Column("content", "the words reported, parts joined by an ellipsis", "content"),
                *("kind", "sort", "modality", "about", "speaker_reason"),
                *(START, END, SENTENCE, RULE),
            ),
            indexed=("speaker",),
        ),
        Layer(
            "events",
            Event,
            anchor="triggers",
            says=("type", "triggers", "participants", "place", "status"),
            columns=(
                _id_of("event"),
                *("type", "triggers", "participants", "place"),
                _id_of("place", "place.ref"),
                _name("place_name", "full name of that place", "place.ref"),
                Column("date", "date on which it happened, or began", "date", "date"),
                _id_of("date", "date"),
                Column("until", "date until which it lasted", "until", "date"),
                *("quantities", "status", "status_cue", "asserted_in"),
                _id_of("role", "role"),
                *(START, END, SENTENCE, RULE),
            ),
            parts={
                "participants": (
                    _id_of("event"),
                    *("type", "role"),
                    Column("participant", "the words for who or what takes part", "participants"),
                    Column("participant_id", f"the row that these words name {_IN_RECORD}", "ref"),
                    _name("participant_name", "full name of that row", "ref"),
                    *("status", START, END, SENTENCE, RULE),
                )
            },
            indexed=("type", "date", "place_name", "status"),
            scored=(
                *("events.triggers", "events.participants", "events.place"),
                *("events.date", "events.status", "events"),
            ),
        ),
    )
}
"""All layers, in the order of a record."""

PART_OF_A_ROW = "part of a row"

LOOKS: Mapping[str, Look] = {
    "people": Look("box", "#b9dcf5"),
    "organisations": Look("box", "#c9e8c4"),
    "places": Look("box", "#fbe0b3"),
    "dates": Look("box", "#e3d3f3"),
    "roles": Look("line", "#b3261e"),
    "events": Look("line", "#00695c"),
    PART_OF_A_ROW: Look("line", "#9a9aa5"),
    "statements": Look("ground", "#f1f1f4"),
}
"""How the spans of each layer are drawn; those of no row's anchor together."""

MENTIONED = tuple(name for name, layer in LAYERS.items() if layer.is_mentioned)
"""The layers whose rows are named in the text, with all their mentions."""

SCORED = tuple(name for layer in LAYERS.values() for name in layer.scored)
"""What a gold file may say it annotates, in the order in which it is shown."""

_ARTICLES = (
    *ARTICLE,
    _whole("characters", "length of the text"),
    *(_whole(name, f"{name} in the article") for name in LAYERS),
    Column("text_sha256", "SHA-256 of the text"),
)
_SEEN = (
    _whole("articles", "articles, copies among them"),
    _whole("articles_without_copies", "articles, those with nearly one text counted once"),
    Column("first_published", "day of the earliest of the articles", type="date"),
    Column("last_published", "day of the latest of the articles", type="date"),
)
_TITLES, _ORGANISATIONS, _STATUSES, _PEOPLE = (
    Column(name, f"{name} seen, the most frequent first", type="list")
    for name in ("titles", "organisations", "statuses", "people")
)

INDEXES: Mapping[str, tuple[Column, ...]] = {
    "people_index": (
        Column("key", "names the row: a hash of the normalised name"),
        Column("name", "the most frequent spelling of the full name"),
        _whole("one_word", "1 for a name of one word, which may be several people"),
        *_SEEN,
        *(_TITLES, _ORGANISATIONS, _STATUSES),
    ),
    "offices_index": (
        Column("key", "names the row: a hash of the normalised title and organisation"),
        Column("title", "the most frequent spelling of the title"),
        Column("organisation", "the most frequent spelling of the full name of the body or place"),
        *_SEEN,
        *(_PEOPLE, _STATUSES),
    ),
}
"""The tables that are made of all articles together."""

TABLES: Mapping[str, tuple[Column, ...]] = {
    "articles": _ARTICLES,
    **{
        name: (*table.columns, *ARTICLE)
        for layer in LAYERS.values()
        for name, table in layer.tables.items()
    },
    **INDEXES,
}
"""All tables with their columns; `articles` also gets a column for each metadata field."""


# The record


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
    """Everything that was found in one article: one line of ``records.jsonl``.

    A record made by a `Pipeline` also knows the text that its offsets count, and so can be shown;
    a record read from JSON learns it by `with_text`. The text is no field: it is neither written
    with the record nor compared.
    """

    schema_version: Literal[2] = SCHEMA_VERSION
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
    events: tuple[Event, ...] = ()
    """A row an event, however often it is told."""

    _text: str | None = PrivateAttr(default=None)
    _sentences: tuple[int, ...] | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArticleRecord) and self.__dict__ == other.__dict__

    def with_text(self, text: str, sentences: tuple[int, ...] | None = None) -> Self:
        """Return this record with the text that its offsets count.

        Args:
            text: the text of the article.
            sentences: the offsets at which its sentences begin.

        Raises:
            ValueError: it is not the text that the record was made from.
        """
        if text_sha256(text) != self.article.text_sha256:
            raise ValueError(f"{self.article.id}: not the text that the record was made from")
        record = self.model_copy()
        record._text, record._sentences = text, sentences
        return record

    @property
    def text(self) -> str:
        """The text that the offsets count. Raises `ValueError` where the record has none."""
        if self._text is None:
            raise ValueError(
                f"{self.article.id}: the record has no text; give it one by with_text(text)"
            )
        return self._text

    @property
    def sentences(self) -> tuple[int, ...] | None:
        """The offsets at which the sentences of the text begin; None where nobody has said."""
        return self._sentences

    def show(self) -> Html:
        """Draw the article with the spans of all layers; what a row says shows on hovering.

        Returns:
            HTML that a notebook draws. It is a string too, to be written to a file.

        Raises:
            ValueError: the record has no text.
        """
        rows: tuple[Person | Organisation | Place, ...] = (
            *self.people,
            *self.organisations,
            *self.places,
        )
        named = {row.id: row.name for row in rows}
        marks = (
            mark
            for layer in LAYERS.values()
            for row in getattr(self, layer.name)
            for mark in layer.marks(row, named.get)
        )
        return highlight(self.text, marks, LOOKS, self.article.title or self.article.id)

    def _repr_html_(self) -> str | None:
        """What a notebook draws of the record; None where it has no text, for its plain look."""
        return None if self._text is None else self.show()

    def rows(self) -> Iterator[Row]:
        """All rows, layer by layer."""
        for layer in LAYERS:
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
