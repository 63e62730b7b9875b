"""Wire copy: articles that carry one text, or nearly one, are found and share a cluster.

A worker reduces each text to a signature (`signature`): its SHA-256, and a MinHash over runs of
`_RUN` words (Broder 1997). The parent compares signatures (`find_copies`) by locality-sensitive
hashing: texts that agree in one band of four values are compared in all, and are copies when
`_SIMILAR` of the values agree, which estimates the Jaccard similarity of the two texts (standard
error 0.04). At 0.6 a pair is compared with probability 0.99, at 0.5 with 0.87.

A signature is 288 bytes. Two million articles take 0.6 GB, and 0.2 GB more while they are sorted.
Nothing depends on the order of the articles.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsclaims.records import text_sha256

_RUN = 4  # words
_VALUES = 128  # of 16 bits: two that differ are taken for equal once in 65,536 times
_BAND = 4  # values, which are 64 bits
_SIMILAR = 0.6
_BLOCK = 4096  # runs hashed at once: 4 MB
_PAIRS = 65_536  # compared at once: 17 MB

SIGNATURE = 32 + 2 * _VALUES  # bytes

_WORD = re.compile(r"\w+")

_Hashes = NDArray[np.uint64]
_Numbers = NDArray[np.int64]


class Copy(NamedTuple):
    """Where an article stands among its copies.

    `cluster` is the same for all copies: the first 16 digits of the least hash of their texts.
    `copy` is 0 for one article of each cluster, the earliest published (then the least id), and 1
    for the others: rows where it is 0 are those without copies. `text_copy` counts the articles
    with the very same text, from 0 in that order.
    """

    cluster: str
    copy: int = 0
    text_copy: int = 0


def signature(text: str) -> bytes:
    """The hash of a text and the MinHash of its words, regardless of case and punctuation."""
    words = [crc32(word.encode()) for word in _WORD.findall(text.casefold())]
    if len(words) < _RUN:
        words += [0] * (_RUN - len(words))
    runs = _runs(np.array(words, dtype=np.uint64))
    least = np.full(_VALUES, np.iinfo(np.uint64).max, dtype=np.uint64)
    factors, addends = _permutations()
    for start in range(0, len(runs), _BLOCK):
        hashed = runs[start : start + _BLOCK, None] * factors + addends
        np.minimum(least, hashed.min(axis=0), out=least)
    # The middle bits: of the highest, which are small in a minimum, texts would share many.
    values = (least >> np.uint64(24)).astype("<u2")
    return bytes.fromhex(text_sha256(text)) + values.tobytes()


def alone(text_hash: str) -> Copy:
    """What stands for an article that has no copies, given the SHA-256 of its text."""
    return Copy(text_hash[:16])


def find_copies(
    signatures: Iterable[bytes], order_of: Callable[[int], tuple[str, str]]
) -> Mapping[int, Copy]:
    """The articles that have copies, by their number from 0.

    Args:
        signatures: one an article.
        order_of: publication date ("" for none) and id of the article with this number; asked of
            copies alone.
    """
    buffer = bytearray()
    for each in signatures:
        buffer += each
    table = np.frombuffer(buffer, dtype=np.uint8).reshape(-1, SIGNATURE)
    hashes = np.ascontiguousarray(table[:, :32]).view(">u8")
    order = np.lexsort(hashes.T[::-1])
    first = np.ones(len(order), dtype=bool)
    first[1:] = (hashes[order[1:]] != hashes[order[:-1]]).any(axis=1)
    text_of = np.cumsum(first) - 1  # number of the text, in order of the hashes
    values = np.ascontiguousarray(table[order[first], 32:]).view("<u2")
    cluster_of = _clusters(values)[text_of]
    return {
        number: copy
        for members in _several(order, cluster_of)
        for number, copy in _ranked(members, hashes, order_of)
    }


class Placed(NamedTuple):
    """What decides on the copies of an article: the signature of its text, its date and id."""

    signature: bytes
    published: str
    id: str


def find_placed_copies(articles: Iterable[Placed]) -> Mapping[int, Copy]:
    """As `find_copies`; dates and ids wait in a temporary database, not in memory."""
    database = sqlite3.connect("")  # a file of SQLite's own, gone when closed
    try:
        database.execute("CREATE TABLE articles (number INTEGER PRIMARY KEY, published, id)")

        def order_of(number: int) -> tuple[str, str]:
            query = "SELECT published, id FROM articles WHERE number = ?"
            published, identity = database.execute(query, (number,)).fetchone()
            return published, identity

        def signatures() -> Iterator[bytes]:
            for number, (signed, published, identity) in enumerate(articles):
                row = (number, published, identity)
                database.execute("INSERT INTO articles VALUES (?, ?, ?)", row)
                yield signed

        return find_copies(signatures(), order_of)
    finally:
        database.close()


def _several(order: _Numbers, cluster_of: _Numbers) -> Iterator[_Numbers]:
    """The articles of each cluster that has more than one."""
    by_cluster = np.argsort(cluster_of, kind="stable")
    sizes = np.bincount(cluster_of, minlength=1)
    ends = np.cumsum(sizes)
    for cluster in np.flatnonzero(sizes > 1):
        yield order[by_cluster[ends[cluster] - sizes[cluster] : ends[cluster]]]


def _ranked(
    members: _Numbers, hashes: NDArray[Any], order_of: Callable[[int], tuple[str, str]]
) -> Iterator[tuple[int, Copy]]:
    def earliest_first(number: int) -> tuple[bool, str, str]:
        published, identity = order_of(number)
        return not published, published, identity

    texts = {int(number): hashes[number].tobytes() for number in members}
    cluster = min(texts.values())[:8].hex()
    seen: dict[bytes, int] = {}
    for rank, number in enumerate(sorted(texts, key=earliest_first)):
        text_copy = seen.get(texts[number], 0)
        seen[texts[number]] = text_copy + 1
        yield number, Copy(cluster, int(rank > 0), text_copy)


def _runs(words: _Hashes) -> _Hashes:
    """A hash of each run of words."""
    count = len(words) - _RUN + 1
    runs = np.zeros(count, dtype=np.uint64)
    for offset, factor in enumerate(_odd_numbers(_RUN)):
        runs = (runs ^ words[offset : offset + count]) * factor
        runs ^= runs >> np.uint64(29)
    return runs


@cache
def _permutations() -> tuple[_Hashes, _Hashes]:
    numbers = _odd_numbers(2 * _VALUES)
    return numbers[:_VALUES], numbers[_VALUES:]


@cache
def _odd_numbers(count: int) -> _Hashes:
    """Fixed numbers without pattern: SplitMix64 (Steele et al. 2014) from 0, made odd."""
    state = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (state ^ (state >> np.uint64(31))) | np.uint64(1)


def _clusters(values: NDArray[np.uint16]) -> _Numbers:
    """The number of each text's cluster, which is that of its first text."""
    root: _Numbers = np.arange(len(values))
    for band in range(_VALUES // _BAND):
        keys = np.ascontiguousarray(values[:, band * _BAND : (band + 1) * _BAND]).view("<u8")[:, 0]
        for left, right in _pairs(keys, root):
            alike = (values[left] == values[right]).mean(axis=1) >= _SIMILAR
            for one, other in zip(left[alike], right[alike], strict=True):
                _unite(root, int(one), int(other))
    for text in range(len(root)):  # a root is never above its texts, so one pass flattens
        root[text] = root[root[text]]
    return root


def _pairs(keys: _Hashes, root: _Numbers) -> Iterator[tuple[_Numbers, _Numbers]]:
    """Pairs of texts with equal keys that are not united yet: each with the first and the last."""
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order[1:]] == keys[order[:-1]]) + 1
    begins = np.ones(len(order), dtype=bool)
    begins[same] = False
    first = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))[same]
    left = np.concatenate([order[same - 1], order[first]])
    right = np.concatenate([order[same], order[same]])
    for start in range(0, len(left), _PAIRS):
        one, other = left[start : start + _PAIRS], right[start : start + _PAIRS]
        open_ = root[one] != root[other]
        yield one[open_], other[open_]


def _unite(root: _Numbers, one: int, other: int) -> None:
    one, other = _root(root, one), _root(root, other)
    root[max(one, other)] = min(one, other)


def _root(root: _Numbers, text: int) -> int:
    while root[text] != text:
        root[text] = root[root[text]]  # halves the way for the next time
        text = int(root[text])
    return text
