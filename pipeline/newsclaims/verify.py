"""A written dataset, checked to the last character.

Every span, hash and key is held against ``articles.jsonl``, every table in every form against the
records, and every file against the manifest's hashes. A dataset without texts is checked as far as
hashes and keys go, and wholly by who holds the texts.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsclaims.dataset import (
    DatasetError,
    Form,
    file_sha256,
    read_entries,
    read_form,
    read_manifest,
    table_rows,
)
from newsclaims.errors import UsageError
from newsclaims.formats import Cells, EntryRows, Format, Streams
from newsclaims.held_texts import HeldTexts, with_contents
from newsclaims.records import SpanError, text_sha256
from newsclaims.schema import ArticleRecord
from newsclaims.tables import Entry
from newsclaims.wording import plural


def verify(folder: Path, texts: HeldTexts | None = None) -> list[str]:
    """What is wrong with a dataset, one sentence each, naming file, article and row.

    Args:
        folder: the dataset.
        texts: for a dataset without texts, the texts of the articles.
    """
    findings: list[str] = []
    try:
        manifest = read_manifest(folder)
        changed = list(_changed_files(folder, manifest))
        findings += changed
        if any(finding.endswith(": missing") for finding in changed):
            return findings
        findings += _wrong_entries(folder, read_form(manifest), texts)
    except (DatasetError, KeyError, TypeError) as error:
        findings.append(str(error) if isinstance(error, DatasetError) else f"malformed: {error!r}")
    return findings


def _changed_files(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif file_sha256(path) != digest:
            yield f"{name}: changed since it was written (its hash is not the manifest's)"


def _wrong_entries(folder: Path, form: Form, texts: HeldTexts | None) -> Iterator[str]:
    held = None if form.texts else texts
    layout = form.layout()
    tables = [_Tables(format_, format_.read(layout, folder)) for format_ in form.tables().values()]
    for rows in table_rows(read_entries(folder, checked=False), form):
        if rows.entry is not None:
            yield from _wrong_rows(rows.entry, held)
        for table in tables:
            yield from table.wrong(rows)
    for table in tables:
        yield from table.left_over()


def _wrong_rows(entry: Entry, held: HeldTexts | None) -> Iterator[str]:
    article, text = entry.article["id"], entry.article["text"]
    text_hash = entry.record["article"]["text_sha256"]
    if held is not None:
        text = held.get(text_hash)
        if text is None:
            yield f"records.jsonl: {article}: its text is not among the texts given"
    written = entry.record if entry.article["text"] else with_contents(entry.record, text)
    try:
        record = ArticleRecord.model_validate(written)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        yield f"records.jsonl: {article}: {where}: {first['msg']}"
        return
    if record.article.id != article:
        yield f"records.jsonl: {record.article.id} stands where articles.jsonl has {article}"
    if text is not None:
        yield from _wrong_spans(entry, record, text)
        text_hash = text_sha256(text)
    for row in record.rows():
        if row.key != row.expected_key(text_hash):
            yield f"records.jsonl: {article}: {row.id}: the key is not that of its contents"


def _wrong_spans(entry: Entry, record: ArticleRecord, text: str) -> Iterator[str]:
    article = entry.article["id"]
    if record.article.text_sha256 != text_sha256(text):
        yield f"articles.jsonl: {article}: the text is not the one that the record was made from"
    try:
        record.check_spans(text)
    except SpanError as error:
        yield f"records.jsonl: {error}"
    if entry.article.get("characters", len(text)) != len(text):
        yield f"articles.jsonl: {article}: the text has {plural(len(text), 'character')}"


class _Tables:
    """The files of one form, read along with the entries."""

    def __init__(self, format_: Format, streams: Streams) -> None:
        self._shape = format_.shape
        self._streams = streams
        self._broken = False

    def wrong(self, rows: EntryRows) -> Iterator[str]:
        """What differs from these rows."""
        if self._broken:
            return
        try:
            for table, expected in self._shape(rows):
                place, found = next(self._streams[table], (f"{table}: the end", None))
                if found != list(expected):
                    yield _difference(place, rows, expected)
        except (UsageError, OSError, UnicodeError) as error:
            self._broken = True
            yield str(error)

    def left_over(self) -> Iterator[str]:
        """Rows that no record has."""
        if self._broken:
            return
        try:
            for stream in self._streams.values():
                for place, _ in stream:
                    yield f"{place}: a row that no record has"
        except (UsageError, OSError, UnicodeError) as error:
            yield str(error)


def _difference(place: str, rows: EntryRows, expected: Cells) -> str:
    if rows.entry is None:
        return f"{place}: not what the records say of {expected[1]}"
    return f"{place}: not what the record of {rows.entry.article['id']} says ({expected[0]})"
