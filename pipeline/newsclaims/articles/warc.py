"""Web archives: an article each HTML page that a server gave; other records are counted."""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, suppress
from email.message import Message
from io import StringIO
from pathlib import Path
from typing import Any

from newsclaims.articles.encodings import decode, decode_page, known_encoding
from newsclaims.articles.html import read_page
from newsclaims.articles.rows import Fields, RefusedError, Row, Rows, Settings

_PAGES = ("text/html", "application/xhtml+xml")
_CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_MAX_PAGE = 64 * 2**20  # bytes of a page, unpacked
_BLOCK = 1 << 16


def read_warc(path: Path, settings: Settings) -> Rows:
    """One row for each page, by the number of its record in the file."""
    others: Counter[str] = Counter()
    pages = 0
    with _Unpacked(path) as file:
        for number, record in enumerate(_records(file), 1):
            if other := _no_page(record):
                others[other] += 1
                _pass_over(record)
                continue
            pages += 1
            try:
                yield Row(number, _fields(record, settings))
            except RefusedError as refused:
                refused.line = None  # which would be that of the page
                yield Row(number, refused)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
    if not pages:
        raise RefusedError("empty", f"no record is an HTML page ({counts or 'there is none'})")
    if others:
        raise RefusedError("skipped", f"records that are no HTML page are not read: {counts}")


def _records(file: "_Unpacked") -> Iterator[Any]:
    """The records, without what the library writes to standard error."""
    from warcio.archiveiterator import ArchiveIterator

    iterator = ArchiveIterator(file)
    while not file.is_broken:
        try:
            with redirect_stderr(StringIO()):
                record = next(iterator, None)
        except (RefusedError, OSError):
            raise
        except Exception as error:  # the library has several, and trips over what is missing
            reason = str(error).strip().splitlines()[0] if str(error) else type(error).__name__
            raise RefusedError(
                "warc", f"no record of a web archive; nothing after this was read ({reason})"
            ) from None
        cut = iterator.next_line if record is None else record.length is None
        if cut:
            raise RefusedError("warc", "the file is cut off inside the headers of a record")
        if record is None:
            return
        if iterator.err_count:
            raise RefusedError(
                "warc", "a record is longer than it says; nothing after this was read"
            )
        yield record


def _no_page(record: Any) -> str | None:
    """What a record is that is no page, in a word or two."""
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    if record.http_headers is None:
        kind = record.content_type
    else:
        kind = record.http_headers.get_header("content-type")
        status = record.http_headers.get_statuscode()
        if status != "200":
            return f"of status {status}"
    name = _content_type(kind)[0]
    return None if name in _PAGES else f"of type {name}"


def _content_type(header: str | None) -> tuple[str, str | None]:
    """The type of content in lower case, and its encoding if it is named."""
    message = Message()
    message["content-type"] = header or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def _fields(record: Any, settings: Settings) -> Fields:
    content = _content(record)
    headers = record.http_headers
    _, charset = _content_type(headers and headers.get_header("content-type"))
    return {
        **read_page(_decoded(content, charset, settings), settings),
        "url": record.rec_headers.get_header("WARC-Target-URI"),
        "crawled": record.rec_headers.get_header("WARC-Date"),
    }


def _content(record: Any) -> bytes:
    """The page's bytes, unpacked."""
    coding = (record.http_headers and record.http_headers.get_header("content-encoding")) or ""
    if coding.strip().lower() not in _CODINGS:
        _pass_over(record)
        raise RefusedError("warc", f"a page packed by {coding!r} is not read")
    content: bytes = record.content_stream().read(_MAX_PAGE + 1)
    if len(content) > _MAX_PAGE:
        _pass_over(record)
        raise RefusedError("bomb", f"the page is longer than {_MAX_PAGE:,} bytes; not read")
    _pass_over(record)
    if reason := record.rec_headers.get_header("WARC-Truncated"):
        raise RefusedError("warc", f"the crawler cut the page off ({reason})")
    return content


def _pass_over(record: Any) -> None:
    """Read a record to its end. Raises `RefusedError` where the file ends before it."""
    while record.raw_stream.read(_BLOCK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise RefusedError("warc", "the file is cut off inside this record")


def _decoded(content: bytes, charset: str | None, settings: Settings) -> str:
    """The page in the encoding that the server named, else in that which it names itself."""
    if charset and (encoding := known_encoding(charset)):
        with suppress(RefusedError):  # servers name one for all their pages
            return decode(content, encoding)
    return decode_page(content, settings.encoding)


class _Unpacked:
    """A file of records, unpacked when its name ends in ``.gz``, for one reading from its start."""

    def __init__(self, path: Path) -> None:
        self.is_broken = False
        packed = path.suffix.lower() == ".gz"
        self._file: Any = gzip.open(path) if packed else path.open("rb")  # noqa: SIM115

    def __enter__(self) -> "_Unpacked":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        try:
            # No more than is unpacked already, so that nothing before a fault is lost.
            return b"" if self.is_broken else bytes(self._file.read1(size))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self.is_broken = True
            raise RefusedError(
                "gzip",
                f"the packed data are broken or cut off; nothing after this was read ({error})",
            ) from None
