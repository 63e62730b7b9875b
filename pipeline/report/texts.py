"""Texts put back into a dataset that was written without them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.articles import read_articles
from pipeline.errors import UsageError
from pipeline.records import Article, text_sha256
from pipeline.tables import Entry


def read_texts(path: Path) -> dict[str, str]:
    """The texts of a file or folder of articles by their hash, whatever the articles are called."""
    articles = read_articles([path], any_language=True)
    return {text_sha256(one.text): one.text for one in articles if isinstance(one, Article)}


def with_texts(entries: Iterable[Entry], texts: Mapping[str, str]) -> Iterator[Entry]:
    """Each entry with its text and the contents of its statements.

    Raises `UsageError` for an article whose very text is not among `texts`.
    """
    for article, record in entries:
        text = texts.get(record["article"]["text_sha256"])
        if text is None:
            raise UsageError(f"the text of article {article['id']} is not among those given")
        statements = [
            {
                **row,
                "content": [
                    {**span, "text": text[span["start"] : span["end"]]} for span in row["content"]
                ],
            }
            for row in record["statements"]
        ]
        yield Entry({**article, "text": text}, {**record, "statements": statements})
