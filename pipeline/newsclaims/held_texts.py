"""A dataset's texts, taken out of what may not hold them and put back by who holds them.

Texts are an article's own and the contents of statements. Offsets, hashes, names and values are
none, and always stay.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from newsclaims.errors import UsageError
from newsclaims.records import text_sha256
from newsclaims.schema import CONTENT, LAYERS
from newsclaims.tables import Entry

Words = Callable[[Mapping[str, Any]], str | None]  # the words of a span as JSON holds it


class HeldTexts:
    """Texts by their hash, on disk: they may be more than memory holds."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE texts (hash TEXT PRIMARY KEY, text TEXT)")
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT OR IGNORE INTO texts VALUES (?, ?)",
            ((text_sha256(text), text) for text in texts),
        )
        self._database.execute("COMMIT")

    def get(self, text_hash: str) -> str | None:
        """The text with this hash, if it is among them."""
        row = self._database.execute(
            "SELECT text FROM texts WHERE hash = ?", (text_hash,)
        ).fetchone()
        return None if row is None else str(row[0])


def without_texts(entry: Entry) -> Entry:
    """This entry without its text and the contents of its statements; offsets and hashes stay."""
    article, record = entry
    if article["text"] is None:
        return entry
    characters = {"characters": len(article["text"])}
    return Entry({**article, "text": None, **characters}, without_contents(record))


def with_texts(entries: Iterable[Entry], texts: HeldTexts) -> Iterator[Entry]:
    """Entries written without texts as they were with them.

    Raises `UsageError` for an article whose very text is not among `texts`.
    """
    for article, record in entries:
        text = texts.get(record["article"]["text_sha256"])
        if text is None:
            raise UsageError(f"the text of article {article['id']} is not among those given")
        whole = {name: value for name, value in article.items() if name != "characters"}
        yield Entry({**whole, "text": text}, with_contents(record, text))


def without_contents(value: Any) -> Any:
    """A record, row or change, as JSON holds it, without the words of contents."""
    return _with_words(value, lambda _: None)


def with_contents(value: Any, text: str | None) -> Any:
    """The same with the words of contents as `text` has them; "?" for each character if unknown."""

    def words(span: Mapping[str, Any]) -> str:
        start, end = span["start"], span["end"]
        return "?" * (end - start) if text is None else text[start:end]

    return _with_words(value, words)


def _with_words(value: Any, words: Words) -> Any:
    if isinstance(value, list):
        return [_with_words(item, words) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: [{**span, "text": words(span)} for span in item]
        if name in _CONTENTS
        else _with_words(item, words)
        for name, item in value.items()
    }


# The fields whose words are what an article says at length.
_CONTENTS = {
    name for layer in LAYERS.values() for name, held in layer.spans.items() if CONTENT in held.marks
}
