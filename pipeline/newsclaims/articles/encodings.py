"""From bytes to text: a byte order mark decides, else what the file declares, else the user.

Nothing is guessed. Bytes that the encoding does not know are refused, never replaced.
"""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from newsclaims.articles.rows import RefusedError
from newsclaims.errors import UsageError

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Labels of pages that stand for a larger encoding (WHATWG Encoding Standard, 4.2). A page that
# declares UTF-16 in bytes which could be read to find that out is in UTF-8.
_PAGE_LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# Encodings of host names and of strings in programs.
_NOT_OF_FILES = frozenset(
    "idna punycode undefined unicode-escape unicode_escape raw-unicode-escape "
    "raw_unicode_escape".split()
)

_PAGE_DECLARATIONS = (
    re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""<meta\b[^>]*\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
)
_DECLARED_WITHIN = 4096  # bytes; browsers look at the first 1024

# Bytes of a line, which is read into memory: ten times the longest text in the widest encoding, so
# that a packed file of zeros, or a file that is no table, does not fill the machine.
LONGEST_LINE = 100_000_000

_ESCAPED = re.compile("[\udc80-\udcff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def check_encoding(encoding: str | None) -> None:
    """Raise `UsageError` when Python has no text encoding of this name."""
    if encoding is not None and not _is_of_files(encoding):
        raise UsageError(f"--encoding: no encoding {encoding!r}; try cp1252 or utf-8")


def _is_of_files(encoding: str) -> bool:
    """Whether Python has an encoding of this name in which files are written."""
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name not in _NOT_OF_FILES
    except (LookupError, ValueError):
        return False


def decode(data: bytes, encoding: str | None) -> str:
    """The text of a whole file, its byte order mark left out, its line ends untouched.

    Raises:
        RefusedError: naming the first byte that the encoding does not know.
    """
    mark, marked = _mark(data)
    name = marked or encoding or "utf-8"
    try:
        return data[len(mark) :].decode(name)
    except UnicodeError as error:
        if not isinstance(error, UnicodeDecodeError):  # of UTF-16 without its mark
            raise _not_wide(name, error) from None
        place = len(mark) + error.start
        raise RefusedError(
            "encoding",
            f"not {_spoken(name)}: byte 0x{data[place]:02X} at offset {place}"
            + _hint(marked or encoding, data),
            line=data.count(b"\n", 0, place) + 1,
        ) from None


def decode_page(data: bytes, encoding: str | None) -> str:
    """The text of an HTML page: its mark, else its declaration, else `encoding`, else UTF-8."""
    return decode(data, declared_encoding(data) or encoding)


def declared_encoding(page: bytes) -> str | None:
    """The encoding that a page's XML declaration or meta element names, if Python knows it."""
    for pattern in _PAGE_DECLARATIONS:
        if match := pattern.search(page, 0, _DECLARED_WITHIN):
            return known_encoding(match[1].decode("ascii"))
    return None


def known_encoding(label: str) -> str | None:
    """The encoding that a page or its server means by `label`, None if Python does not know it."""
    if not _is_of_files(label):
        return None
    name = codecs.lookup(label).name
    return _PAGE_LABELS.get(name, name)


def open_lines(path: Path) -> Iterator[bytes]:
    r"""The lines of a file, each with its ``\n``; unpacked when the name ends in ``.gz``.

    Raises:
        RefusedError: when the packed data are broken or cut off; lines before it are given.
        OSError: when the file cannot be read.
    """
    if path.suffix.lower() != ".gz":
        with path.open("rb") as file:
            yield from lines_of(file)
        return
    try:
        with gzip.open(path) as packed:
            yield from lines_of(packed)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise RefusedError(
            "gzip", f"the packed data are broken or cut off; nothing after this was read ({error})"
        ) from None


def lines_of(file: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    r"""The lines of a file, each with its ``\n``. Raises `RefusedError` for a huge one."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise RefusedError(
                "too-long",
                f"the line has more than {LONGEST_LINE // 1_000_000} MB; nothing after it was read",
                line=number,
            )
        yield line


def text_lines(lines: Iterable[bytes], encoding: str | None) -> Iterator[str]:
    r"""Decode the lines of a file, each with its ``\n``, a byte order mark left out.

    A byte that the encoding does not know comes out as a lone surrogate (`check_decoded` refuses
    the line), so that one bad line does not cost those after it. UTF-16 and UTF-32 cannot
    recover: there the rest of the file is refused.
    """
    lines = iter(lines)
    first = next(lines, b"")
    mark, marked = _mark(first)
    name = marked or encoding or "utf-8"
    first = first[len(mark) :]
    if _is_wide(name):
        yield from _wide_lines(_chain(first, lines), name)
        return
    try:
        for line in _chain(first, lines):
            yield line.decode(name, "surrogateescape")
    except UnicodeDecodeError as error:  # an encoding whose bad bytes are ASCII, such as UTF-7
        raise _not_wide(name, error) from None


def text_pieces(path: Path, encoding: str | None, size: int) -> Iterator[str]:
    """Decode a file piece by piece, `size` bytes each, a byte order mark left out.

    Bytes that the encoding does not know come out as in `text_lines`.
    """
    with path.open("rb") as file:
        first = file.read(size)
        mark, marked = _mark(first)
        name = marked or encoding or "utf-8"
        errors = "strict" if _is_wide(name) else "surrogateescape"
        decoder = codecs.getincrementaldecoder(name)(errors)
        pieces = chain([first[len(mark) :]], iter(partial(file.read, size), b""))
        try:
            yield from filter(None, map(decoder.decode, pieces))
            yield decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise _not_wide(name, error) from None


def check_decoded(text: str, encoding: str | None) -> None:
    """Refuse a line of `text_lines` that holds bytes the encoding does not know."""
    if text.isascii():
        return
    if bad := _ESCAPED.search(text):
        raise RefusedError(
            "encoding",
            f"not {_spoken(encoding or 'utf-8')}: byte 0x{ord(bad[0]) - 0xDC00:02X} at character "
            f"{bad.start() + 1} of the line"
            + ("" if encoding else _hint(None, text.encode("utf-8", "surrogateescape"))),
        )


def refuse_nul(name: str, text: str) -> None:
    """Refuse a NUL byte: no text has one, and what is read as C strings ends there."""
    if (place := text.find("\0")) >= 0:
        raise RefusedError(
            "nul",
            f"a NUL byte stands at character {place + 1} of the {name}; a file that is UTF-16 "
            "without a byte order mark needs --encoding utf-16-le or utf-16-be",
        )


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _wide_lines(chunks: Iterator[bytes], name: str) -> Iterator[str]:
    """Lines of an encoding whose line ends are not single bytes."""
    decoder = codecs.getincrementaldecoder(name)()
    waiting: list[str] = []  # of a line that goes on
    try:
        for data in chain(chunks, [None]):
            decoded = decoder.decode(data or b"", final=data is None)
            for piece in _by_line(decoded):
                waiting.append(piece)
                if piece.endswith("\n"):
                    yield "".join(waiting)
                    waiting = []
    except UnicodeError as error:
        raise _not_wide(name, error) from None
    if waiting:
        yield "".join(waiting)


def _by_line(text: str) -> Iterator[str]:
    """The parts of a text up to each line feed, and what is left."""
    *whole, rest = text.split("\n")
    yield from (f"{line}\n" for line in whole)
    if rest:
        yield rest


def _not_wide(name: str, error: UnicodeError) -> RefusedError:
    reason = getattr(error, "reason", error)
    return RefusedError("encoding", f"not {_spoken(name)} ({reason}); nothing after this was read")


def _is_wide(name: str) -> bool:
    return codecs.lookup(name).name.startswith(("utf-16", "utf-32"))


def _mark(data: bytes) -> tuple[bytes, str | None]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    return b"", None


def _spoken(name: str) -> str:
    return name.upper() if name.startswith("utf") else name


def refuse_unwritable(name: str, value: str) -> None:
    """Refuse NUL, and what has no UTF-8 form: it could be read but never written again."""
    refuse_nul(name, value)
    if value.isascii():
        return
    if match := _LONE_SURROGATE.search(value):
        raise RefusedError(
            "surrogate",
            f"the {name} holds half a character, the lone surrogate U+{ord(match[0]):04X} at "
            f"character {match.start() + 1}; it has no UTF-8 form",
        )


def _hint(encoding: str | None, data: bytes) -> str:
    """What a user who named no encoding may try; Windows-1252 is what most such files are in."""
    if encoding:
        return ""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "; if you know its encoding, give it with --encoding"
    return "; if it was written on Windows, try --encoding cp1252"
