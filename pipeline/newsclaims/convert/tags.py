"""Which scheme the tags of a CoNLL file follow, and the spans that they mark.

IO, IOB1, IOB2 (BIO), IOE, BIOES, BILOU and BMES (BMEWO) are told apart by the whole file: letters
of two schemes, or an order that the scheme does not allow, are refused with their line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsclaims.convert.documents import is_label
from newsclaims.convert.texts import ConvertError

_TAG = re.compile(r"([A-Za-z])[-_](\S+)")
# The letters of a scheme whose chunks have marked ends -> begin, inside, end, single.
_CLOSED = ("BIES", "BILU", "BMES", "BMEW")


def split_tag(tag: str) -> tuple[str, str] | None:
    """The letter and label of a tag, "O" and nothing outside; None for what is no tag.

    A bare label of ours is a tag of IO: the letter is I.

    >>> split_tag("B-PER"), split_tag("O"), split_tag("LOC"), split_tag("Brno")
    (('B', 'PER'), ('O', ''), ('I', 'LOC'), None)
    """
    if tag in ("O", "o"):
        return "O", ""
    if match := _TAG.fullmatch(tag):
        return match[1].upper(), match[2]
    return ("I", tag) if tag.isupper() and is_label(tag) else None


class Tagged(NamedTuple):
    """A token with the letter and label of its tag, and the line that it stands in.

    `after_break`: an empty line or the start of a document stands before it.
    """

    line: int
    word: str
    letter: str
    label: str
    after_break: bool


class Chunk(NamedTuple):
    """A span: its label, and its first and last token by number."""

    label: str
    first: int
    last: int


def chunks_of(documents: Sequence[Sequence[Tagged]], path: object) -> Iterator[list[Chunk]]:
    """The spans of each document. Raises `ConvertError` naming the line of an impossible tag."""
    tokens = [token for document in documents for token in document]
    scheme = _scheme(tokens, path)
    if scheme:
        for document in documents:
            yield list(_closed(document, scheme, path))
        return
    inside_first = _inside_first(documents, path)
    for document in documents:
        yield list(_open(document, inside_first=inside_first))


def _scheme(tokens: Iterable[Tagged], path: object) -> str | None:
    """The scheme with marked ends that all letters belong to; None for the open ones."""
    seen: dict[str, int] = {}
    for token in tokens:
        if token.letter != "O":
            seen.setdefault(token.letter, token.line)
            if not _known(set(seen)):
                others = ", ".join(sorted(set(seen) - {token.letter}))
                raise ConvertError(
                    f"{path}, line {token.line}: the tag {token.letter}-{token.label} is of no "
                    f"scheme that has {others or 'it'}: IO, IOB, IOE, BIOES, BILOU or BMES"
                )
    letters = set(seen)
    if letters <= set("BI") or letters <= set("IE"):
        return None
    return next(scheme for scheme in _CLOSED if letters <= set(scheme))


def _known(letters: set[str]) -> bool:
    return any(letters <= set(scheme) for scheme in _CLOSED)


def _closed(document: Sequence[Tagged], scheme: str, path: object) -> Iterator[Chunk]:
    begin, inside, end, single = tuple(scheme)
    first: int | None = None
    for number, token in enumerate(document):
        goes_on = token.letter in (inside, end)
        if goes_on and (first is None or token.label != document[number - 1].label):
            raise ConvertError(f"{path}, line {token.line}: {_said(token)} goes on with no name")
        if first is not None and not goes_on:
            raise _endless(document[number - 1], path)
        if token.letter == single:
            yield Chunk(token.label, number, number)
        elif token.letter == begin:
            first = number
        elif token.letter == end and first is not None:
            yield Chunk(token.label, first, number)
            first = None
    if first is not None:
        raise _endless(document[-1], path)


def _endless(token: Tagged, path: object) -> ConvertError:
    return ConvertError(f"{path}, line {token.line}: {_said(token)} has no end")


def _said(token: Tagged) -> str:
    return f"{token.letter}-{token.label}"


def _inside_first(documents: Iterable[Sequence[Tagged]], path: object) -> bool:
    """Whether chunks may begin with I (IO, IOB1, IOE); both ways in one file are refused."""
    inside: Tagged | None = None
    begin: Tagged | None = None
    for document in documents:
        for number, token in enumerate(document):
            before = document[number - 1] if number else None
            touches = before is not None and before.letter != "O" and before.label == token.label
            if token.letter in "IE" and not touches:
                inside = inside or token
            elif token.letter == "B" and (not touches or token.after_break):
                begin = begin or token
    if inside and begin:
        raise ConvertError(
            f"{path}, line {inside.line}: {_said(inside)} begins a name, as in IOB1, and in line "
            f"{begin.line} {_said(begin)} does, as in IOB2"
        )
    return inside is not None


def _open(document: Sequence[Tagged], *, inside_first: bool) -> Iterator[Chunk]:
    chunk: Chunk | None = None
    closed = True
    for number, token in enumerate(document):
        broken = token.after_break and inside_first  # in IOB2 a name may go on in the next line
        same = chunk is not None and chunk.label == token.label
        if token.letter in "IE" and same and not closed and not broken and chunk:
            chunk = chunk._replace(last=number)
        else:
            if chunk:
                yield chunk
            chunk = None if token.letter == "O" else Chunk(token.label, number, number)
        closed = token.letter in "OE"
    if chunk:
        yield chunk
