"""Results as the store keeps them, and as a dataset is written from them: with their copies told.

A packed result begins with the signature of its text, so that copies are found without unpacking.
"""

import zlib
from array import array
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from pydantic_core import from_json

from newsclaims.copies import SIGNATURE, Copy, alone, find_copies, signature
from newsclaims.records import Article
from newsclaims.run.store import Store
from newsclaims.tables import Entry, to_json

if TYPE_CHECKING:
    from newsclaims.assemble import Extraction


def pack(article: Article, extraction: "Extraction") -> bytes:
    """An article and what was found in it, as the store keeps it: its signature comes first."""
    line = article.model_dump(mode="json") | {"sentences": list(extraction.sentences)}
    content = f"[{to_json(line)},{extraction.record.model_dump_json()}]"
    return signature(article.text) + zlib.compress(content.encode(), 1)


def unpack(blob: bytes) -> Entry:
    """The article and record that `pack` packed."""
    return Entry(*from_json(zlib.decompress(blob[SIGNATURE:])))


def told(entry: Entry, copy: Copy | None) -> Entry:
    """The entry with the cluster of copies that it belongs to; alone in one when `copy` is None."""
    article, record = entry
    copy = copy or alone(record["article"]["text_sha256"])
    return Entry(article | copy._asdict(), record)


def read_results(store: Store) -> Generator[Entry, None, None]:
    """The results of a run in input order, each article told which others are its copies."""
    positions = array("q")

    def signatures() -> Iterator[bytes]:
        for position, head in store.heads(SIGNATURE):
            positions.append(position)
            yield head

    def order_of(number: int) -> tuple[str, str]:
        article = unpack(store.result(positions[number])).article
        return article["published"] or "", article["id"]

    copies = find_copies(signatures(), order_of)
    for number, packed in enumerate(store.results()):
        yield told(unpack(packed), copies.get(number))
