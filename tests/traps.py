"""Two articles with cells that spreadsheets are known to spoil, as entries of a dataset."""

from collections.abc import Iterator
from typing import Any

from newsclaims.records import Article, Mention, Row, Span
from newsclaims.schema import (
    LAYERS,
    ArticleHead,
    ArticleRecord,
    Date,
    Event,
    EventPlace,
    Organisation,
    Participant,
    Person,
    Place,
    Quantity,
    Role,
    Statement,
)
from newsclaims.tables import Entry

TEXT = (
    "Finance Minister Ana\r\nMüller of Oslo Bank said on 2025-05 that\nall is well - in Oslo. "
    "=1+1 is two."
)
TITLES = ("=1+1", "-")


def span(text: str) -> dict[str, Any]:
    start = TEXT.index(text)
    return {"start": start, "end": start + len(text), "text": text}


def entry(number: int, *, text_copy: int = 0, published: str | None = None) -> Entry:
    article = Article(
        id=f"a{number}",
        text=TEXT,
        title=TITLES[number % 2],
        published=published,
        source="'The Courier",
        metadata={"desk": "@world", "Title": "+1", "start": "x"},
    )
    minister = Mention(**span("Ana\r\nMüller"), rule="name", confidence=0.5)
    rows: list[Row] = [
        Person(id="person-1", name="Ana\r\nMüller", mentions=(minister,)),
        Organisation(
            id="organisation-1", name="Oslo Bank", mentions=(Mention(**span("Oslo Bank")),)
        ),
        Place(
            id="place-1",
            name="Oslo",
            mentions=tuple(
                Mention(start=at, end=at + 4, text="Oslo")
                for at in (TEXT.rindex("Oslo"), TEXT.index("Oslo"))
            ),
            geonameid=3143244,
            kind="city",
            country="NO",
            latitude=59.9127,
            longitude=-10.0,
        ),
        Date(id="date-1", span=Span(**span("2025-05")), type="DATE", value="2025-05"),
        Role(
            id="role-1",
            person="person-1",
            holder=Span(**span("Ana\r\nMüller")),
            title=Span(**span("Finance Minister")),
            organisation=Span(**span("Oslo Bank")),
            organisation_id="organisation-1",
            since="date-1",
            asserted_in="statement-1",
        ),
        Statement(
            id="statement-1",
            speaker="person-1",
            source=Span(**span("Finance Minister Ana\r\nMüller of Oslo Bank")),
            cue=Span(**span("said")),
            content=(Span(**span("that\nall is well - in Oslo")), Span(**span("=1+1 is two"))),
            about=("place-1", "role-1"),
        ),
        Event(
            id="event-1",
            type="meeting",
            triggers=(Span(**span("is well")), Span(**span("is two"))),
            participants=(
                Participant(role="agent", span=Span(**span("Oslo Bank")), ref="organisation-1"),
                Participant(role="agent", span=Span(**span("all"))),
            ),
            place=EventPlace(span=Span(**span("in Oslo")), ref="place-1"),
            date="date-1",
            quantities=(Quantity(kind="amount", span=Span(**span("=1+1")), value=2),),
            status="planned",
            asserted_in="statement-1",
            role="role-1",
        ),
    ]
    keyed = [row.keyed(article.text_sha256) for row in rows]
    record = ArticleRecord(
        article=ArticleHead(
            id=article.id,
            title=article.title,
            published=published,
            source=article.source,
            text_sha256=article.text_sha256,
        ),
        **{layer: (row,) for layer, row in zip(LAYERS, keyed, strict=True)},
    ).check_spans(TEXT)
    line = article.model_dump(mode="json") | {
        "sentences": [0, TEXT.index("=1+1")],
        "cluster": "0123456789abcdef",
        "copy": int(text_copy > 0),
        "text_copy": text_copy,
    }
    return Entry(line, record.model_dump(mode="json"))


def entries() -> Iterator[Entry]:
    yield entry(0, published="2025-06-02")
    yield entry(1, text_copy=1)


METADATA = ("Title", "desk", "start")
