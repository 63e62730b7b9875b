"""CoNLL-2003 columns with BIO tags: mentions of people, organisations and places, nothing else.

Two columns, token and tag, a line end in the text as an empty line. A comment before each document
tells its id and the hash of its text. Tokens carry no offsets, so that reading needs the texts.
Files of other origin have more columns, tags of other schemes (`tags`) and no ids.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.convert.documents import (
    Document,
    Mark,
    is_label,
    label_of,
    leave_out_layers,
    mentions_of,
)
from newsclaims.convert.files import BOM, read_text
from newsclaims.convert.tags import Tagged, chunks_of, split_tag
from newsclaims.convert.texts import ConvertError, check_text
from newsclaims.convert.tokens import Token, tokens_of, without_overlaps
from newsclaims.records import text_sha256
from newsclaims.schema import MENTIONED
from newsclaims.wording import plural

_TAGS = {"Person": "PER", "Organisation": "ORG", "Place": "LOC"}
_HELD = tuple(f"{name}.mentions" for name in MENTIONED)
_DOCUMENT = "# newdoc id = "
_HASH = "# text_sha256 = "
_START = "-DOCSTART-"
_SPACE = re.compile(r"\s*")
_COMMENT = re.compile(r"#\s*\w[\w: ]*=")
_SIGNS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def write_conll(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one file; what is dropped is told, article by article."""
    losses: list[str] = []
    with output.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.write("-DOCSTART- O\n")
            file.write(f"{_DOCUMENT}{document.id}\n{_HASH}{text_sha256(document.text)}\n\n")
            file.writelines(f"{line}\n" for line in _lines(document, losses))
    return losses


def _lines(document: Document, losses: list[str]) -> Iterator[str]:
    mentions = [mark for mark, _ in mentions_of(document)]
    kept = without_overlaps([(mark.start, mark.end) for mark in mentions])
    marks = sorted((mark for i, mark in enumerate(mentions) if i in kept), key=lambda m: m.start)
    more = {
        "overlapping mention": len(mentions) - len(marks),
        "group of mentions": sum(len(row.anchors) > 1 for row in document.rows),
        "resolved place": sum(row.values.get("geonameid") is not None for row in document.rows),
    }
    leave_out_layers(losses, document, MENTIONED, more)
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    previous = Token(0, 0)
    at, begun = 0, -1
    for token in tokens_of(document.text, edges):
        if "\n" in document.text[previous.end : token.start]:
            yield ""
        previous = token
        while at < len(marks) and marks[at].end <= token.start:
            at += 1
        tag = "O"
        if at < len(marks) and marks[at].start <= token.start:
            tag = f"{'I' if begun == at else 'B'}-{_TAGS[marks[at].label]}"
            begun = at
        yield f"{document.text[token.start : token.end]} {tag}"
    yield ""


class _Block(NamedTuple):
    """The tokens of a document; its id and the hash of its text where comments tell them."""

    article: str | None
    digest: str | None
    line: int
    tokens: list[Tagged]


def read_conll(
    path: Path, losses: list[str], sources: Mapping[str, Document]
) -> Iterator[Document]:
    """The documents of a file, each mention a row of its own.

    `sources` are documents with the texts, by id. Blocks of a file of other origin, which tells no
    ids, are those of the texts that their tokens are. Raises `ConvertError` for tokens that are
    not those of a text from its beginning to its end, and for tags of no scheme.
    """
    blocks = list(_blocks(path))
    chunks = chunks_of([block.tokens for block in blocks], path)
    unread = dict(sources)
    for block, marked in zip(blocks, chunks, strict=True):
        at = 0
        while at < len(block.tokens) or (at == 0 and block.article is not None):
            source = _source_of(block, at, unread, path)
            spans = _aligned(block.tokens, at, source.text)
            _check_whole(block, at, spans, source, path)
            document = Document(_head(unread.pop(source.id), block), source.text)
            for number, chunk in enumerate(marked, 1):
                if at <= chunk.first and chunk.last < at + len(spans):
                    start, end = spans[chunk.first - at][0], spans[chunk.last - at][1]
                    document.marks.append(Mark(f"T{number}", label_of(chunk.label), start, end))
            yield document
            at += len(spans)
            if block.article is not None:
                break
    losses += [f"{article}: the article is left out: it has no tokens" for article in unread]


def _head(source: Document, block: _Block) -> dict[str, Any]:
    """The head of a text, which says nothing of layers that the file does not hold."""
    head = {name: value for name, value in source.head.items() if name != "annotated"}
    if block.digest and "annotated" in source.head:
        head["annotated"] = [layer for layer in source.head["annotated"] if layer in _HELD]
    return head


def _source_of(block: _Block, at: int, unread: Mapping[str, Document], path: Path) -> Document:
    """The document whose id a block has, or else whose text its tokens from `at` on are."""
    if block.article is None:
        if not unread:
            line = block.tokens[at].line
            raise ConvertError(f"{path}, line {line}: no text is left for the tokens from here on")
        return max(unread.values(), key=lambda source: _fit(block, at, source.text))
    where = f"{path}, line {block.line}"
    if block.article not in unread:
        raise ConvertError(f"{where}: no text is given for {block.article!r}")
    source = unread[block.article]
    if block.digest:
        check_text(source.text, block.digest, where)
    return source


def _fit(block: _Block, at: int, text: str) -> tuple[bool, int]:
    """How well a text fits the tokens: whether they reach its end, and how many there are."""
    spans = _aligned(block.tokens, at, text)
    return bool(spans) and not text[spans[-1][1] :].strip(), len(spans)


def _aligned(tokens: Sequence[Tagged], at: int, text: str) -> list[tuple[int, int]]:
    """Where the tokens from `at` on stand in a text, as far as it goes on with them."""
    spans: list[tuple[int, int]] = []
    end = 0
    for token in tokens[at:]:
        rest = _SPACE.match(text, end)
        start = rest.end() if rest else end
        word = next(
            (w for w in (token.word, _SIGNS.get(token.word)) if w and text.startswith(w, start)), ""
        )
        if not word:
            break
        end = start + len(word)
        spans.append((start, end))
    return spans


def _check_whole(
    block: _Block, at: int, spans: Sequence[tuple[int, int]], source: Document, path: Path
) -> None:
    """Raise `ConvertError` where the tokens from `at` on and the text are not of one length."""
    end = at + len(spans)
    rest = source.text[spans[-1][1] if spans else 0 :].strip()
    if end < len(block.tokens) and (rest or block.article is not None):
        token = block.tokens[end]
        raise ConvertError(
            f"{path}, line {token.line}: article {source.id}: the token {token.word!r} is not "
            f"what the text goes on with: {rest[:30]!r}"
        )
    if rest:
        line = block.tokens[-1].line if block.tokens else block.line
        raise ConvertError(
            f"{path}, line {line}: the tokens end, and the text of {source.id} goes on: "
            f"{rest[:30]!r}"
        )


def _blocks(path: Path) -> Iterator[_Block]:
    lines = read_text(path).removeprefix(BOM).replace("\r\n", "\n").split("\n")
    columns = _columns_of(lines, path)
    block = _Block(None, None, 0, [])
    broken = True
    for number, line in enumerate(lines, 1):
        if _is_token(line):
            block.tokens.append(columns.read(line, number, after_break=broken))
        elif line.startswith((_START, _DOCUMENT)) and (block.tokens or block.article is not None):
            yield block
            block = _Block(None, None, number, [])
        if line.startswith(_DOCUMENT):
            block = block._replace(article=line.removeprefix(_DOCUMENT), line=number)
        elif line.startswith(_HASH):
            block = block._replace(digest=line.removeprefix(_HASH))
        broken = not _is_token(line)
    if block.tokens or block.article is not None:
        yield block


def _is_token(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(_START) and not _COMMENT.match(line)


class _Columns(NamedTuple):
    """Which columns hold the tokens and the tags; `separator` parts them."""

    separator: re.Pattern[str]
    word: int
    tag: int
    width: int
    path: Path

    def read(self, line: str, number: int, *, after_break: bool) -> Tagged:
        """The token of a line. Raises `ConvertError` for a line with more or fewer columns."""
        cells = self.separator.split(line.strip(" \t\r"))
        if len(cells) != self.width:
            raise ConvertError(
                f"{self.path}, line {number}: {plural(len(cells), 'column')}, "
                f"where the first line has {self.width}"
            )
        letter, label = split_tag(cells[self.tag]) or ("O", "")
        return Tagged(number, cells[self.word], letter, label, after_break)


def _columns_of(lines: Iterable[str], path: Path) -> _Columns:
    """Find the column of tags: the one in which all are tags, with labels of ours if several."""
    numbered = [(number, line) for number, line in enumerate(lines, 1) if _is_token(line)]
    tabs = bool(numbered) and all("\t" in line for _, line in numbered)
    separator = re.compile(r"\t" if tabs else r"[ \t]+")
    rows = [separator.split(line.strip(" \t\r")) for _, line in numbered]
    count = len(rows[0]) if rows else 2
    whole = [row for row in rows if len(row) == count]
    tags = [c for c in range(count) if all(split_tag(row[c]) for row in whole)]
    named = [c for c in tags if any(_is_ours(row[c]) for row in whole)]
    if count < 2 or not tags:
        line = numbered[0][0]
        raise ConvertError(f"{path}, line {line}: no column holds tags such as B-PER or O alone")
    if len(named) > 1:
        where = " and ".join(str(c + 1) for c in named)
        raise ConvertError(
            f"{path}: columns {where} both hold names; leave one of them in the file"
        )
    tag = (named or tags)[-1]
    others = [c for c in range(count) if c != tag]
    numbers = all(row[others[0]].isdecimal() for row in whole) and len(others) > 1
    return _Columns(separator, others[1] if numbers else others[0], tag, count, path)


def _is_ours(tag: str) -> bool:
    letter, label = split_tag(tag) or ("O", "")
    return letter != "O" and is_label(label)
