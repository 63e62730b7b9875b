"""JSON: one article a file, an array of articles, or an object that holds one list of them.

A list is read item by item, so that memory does not grow with the file, and each item is parsed as
a line of JSON Lines is: NaN, which Python's writers leave in such files and no parser of streams
takes, counts as missing, and a name that stands twice is refused. Items count from 1.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple, NoReturn

from newsclaims.articles.encodings import decode, text_pieces
from newsclaims.articles.jsonl import parse_object
from newsclaims.articles.ninjs import news_item_fields, read_ninjs
from newsclaims.articles.rows import Fields, RefusedError, Row, Rows, Settings

_PIECE = 1 << 16  # bytes read at first; twice as many each time a value is longer
_CUT = 16  # characters before the end of what was read in which a value may seem to end
_PEEKED = 100  # items of a list whose names are looked at
_DEEPEST = 20  # objects inside each other that are searched for lists
_ITEM = json.JSONDecoder(parse_int=float)  # tells where a value ends; digits without limit

# Names in an object that is one item of news, as ninjs and news-please have it.
_NEWS = frozenset("uri bodies headlines body_text body_html body_xhtml maintext".split())

Keys = tuple[str, ...]


class _Part(NamedTuple):
    """A value as it is written: an item of the list at `keys`, from 1, or (0) the value there."""

    keys: Keys
    number: int
    written: str


class Shape(NamedTuple):
    """What a file holds: lists of objects by where they are, with the names that objects have."""

    is_list: bool
    names: frozenset[str]
    lists: Mapping[Keys, dict[str, None]]

    def articles(self, text: str) -> Keys | None:
        """Where the list of articles is: the only one with objects that have the column `text`.

        Without any such list, the only list of objects, unless the file is an item of news.
        """
        if self.is_list:
            return ()
        if text in self.names:
            return None
        with_text = [keys for keys, names in self.lists.items() if text in names]
        is_news = not _NEWS.isdisjoint(name.lower() for name in self.names)
        found = with_text or ([] if is_news else list(self.lists))
        return found[0] if len(found) == 1 else None


def holds_articles(path: Path, settings: Settings) -> bool:
    """Whether the file is a list of articles, and not one article."""
    return _shape(path, settings).articles(settings.column("text")) is not None


def list_columns(path: Path, settings: Settings) -> list[str]:
    """The names in the first objects of the list of articles."""
    shape = _shape(path, settings)
    keys = shape.articles(settings.column("text"))
    return list(shape.lists.get(keys, {})) if keys is not None else []


def read_json_list(path: Path, settings: Settings) -> Rows:
    """One row for each item of the list of articles."""
    chosen = _shape(path, settings).articles(settings.column("text"))
    number = 0
    try:
        for keys, number, written in _parts(_Scanner(path, settings.encoding)):
            if number and keys == chosen:
                yield Row(number, _item(written, settings))
    except RefusedError as refused:
        refused.line = number + 1
        raise


def read_json(path: Path, settings: Settings) -> Fields:
    """The fields of a file of one article: an object with the column of the text, else ninjs."""
    if settings.column("text") in _shape(path, settings).names:
        return settings.rename(parse_object(decode(path.read_bytes(), settings.encoding)))
    return read_ninjs(path, settings)


def _item(written: str, settings: Settings) -> Fields | RefusedError:
    try:
        item = parse_object(written, settings.encoding)
        news = None if settings.column("text") in item else news_item_fields(item)
    except RefusedError as refused:
        return refused
    return settings.rename(item) if news is None else news


def _shape(path: Path, settings: Settings) -> Shape:
    """What the file holds, as far as it can be read; a list alone tells by its first items."""
    scanner = _Scanner(path, settings.encoding)
    names: set[str] = set()
    lists: dict[Keys, dict[str, None]] = {}
    is_list = False
    try:
        is_list = scanner.peek() == "["
        for keys, number, written in _parts(scanner):
            if is_list and number > _PEEKED:
                break
            if len(keys) == 1:
                names.add(keys[0])
            if 0 < number <= _PEEKED and written.startswith("{"):
                item = _item(written, Settings({}, settings.encoding))
                if not isinstance(item, RefusedError):
                    lists.setdefault(keys, {}).update(dict.fromkeys(item))
    except (RefusedError, OSError):  # told when it is read
        pass
    return Shape(is_list, frozenset(names), lists)


def _parts(scanner: "_Scanner", keys: Keys = ()) -> Iterator[_Part]:
    """The items of all lists that are in no other list, and the other values of objects."""
    first = scanner.peek()
    if first == "[":
        for number in scanner.entries("[", "]"):
            yield _Part(keys, number, scanner.value())
    elif first == "{" and len(keys) < _DEEPEST:
        for _ in scanner.entries("{", "}"):
            if scanner.peek() != '"':
                scanner.refuse("a name")
            name = json.loads(scanner.value())
            scanner.take(":")
            yield from _parts(scanner, (*keys, name))
    else:
        yield _Part(keys, 0, scanner.value())
    if not keys and scanner.peek():
        scanner.refuse("the end of the file")


class _Scanner:
    """Reads a file of JSON piece by piece, and holds no more of it than the value being read."""

    def __init__(self, path: Path, encoding: str | None) -> None:
        self._pieces = text_pieces(path, encoding, _PIECE)
        self._text = ""
        self._place = 0
        self._before = 0  # characters that were read and are held no more

    def peek(self) -> str:
        """The next character that is no white space; empty at the end of the file."""
        while True:
            while self._place < len(self._text):
                if not self._text[self._place].isspace():
                    return self._text[self._place]
                self._place += 1
            if not self._read_on():
                return ""

    def take(self, expected: str) -> None:
        """Pass over this character. Raises `RefusedError` where another one stands."""
        if self.peek() != expected:
            self.refuse(repr(expected))
        self._place += 1

    def entries(self, opening: str, closing: str) -> Iterator[int]:
        """Number the entries between these brackets, standing at the start of each."""
        self.take(opening)
        if self.peek() != closing:
            for number in count(1):
                yield number
                if self.peek() != ",":
                    break
                self.take(",")
        self.take(closing)

    def value(self) -> str:
        """Pass over the next value, and give it as it is written."""
        self.peek()
        while True:
            try:
                _, end = _ITEM.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos + _CUT > len(self._text)
                if not (cut and self._read_on()):
                    self._place = error.pos
                    self.refuse("JSON")
            except RecursionError:
                raise RefusedError("json", "JSON nested too deeply to be read") from None
            else:
                if end + _CUT <= len(self._text) or not self._read_on():
                    written = self._text[self._place : end]
                    self._place = end
                    return written

    def refuse(self, expected: str) -> NoReturn:
        """Raise `RefusedError`, since something else stands here."""
        where = f"at character {self._before + self._place + 1} of the file"
        if self._place >= len(self._text):
            where = "and the file ends; it seems to be cut off"
        raise RefusedError(
            "json", f"not JSON: {expected} expected {where}; nothing after this was read"
        )

    def _read_on(self) -> bool:
        """Read the next piece, at least as long as what is held; whether there was one."""
        wanted = max(len(self._text) - self._place, 1)
        pieces: list[str] = []
        while wanted > 0 and (piece := next(self._pieces, "")):
            pieces.append(piece)
            wanted -= len(piece)
        if pieces:
            self._text = self._text[self._place :] + "".join(pieces)
            self._before += self._place
            self._place = 0
        return bool(pieces)
