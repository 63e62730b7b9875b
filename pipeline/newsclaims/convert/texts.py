"""Is this the text that the offsets count? If not, what a tool on the way did to it, named.

Offsets are worth nothing on another text, and tools change texts silently: line ends, entities,
a byte order mark, white space at the end, Unicode normalisation; or they count in other units.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsclaims.errors import UsageError
from newsclaims.records import text_sha256


class ConvertError(UsageError):
    """A file that cannot be converted; the message names file, article and cause."""


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Raise `ConvertError`, beginning with `what`, for values of other types and missing keys."""
    try:
        yield
    except UsageError:
        raise
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise ConvertError(f"{what}: {type(error).__name__}: {error}") from error


# What was done to a text -> how to undo it. Each undoing may give several texts.
_CHANGES: dict[str, Callable[[str], tuple[str, ...]]] = {
    "its CRLF line ends have become LF": lambda text: (re.sub(r"\r?\n", "\r\n", text),),
    "its LF line ends have become CRLF": lambda text: (text.replace("\r\n", "\n"),),
    "its CR line ends have become LF": lambda text: (text.replace("\n", "\r"),),
    "its entities (&amp; and the like) were decoded": lambda text: (
        html.escape(text),
        html.escape(text, quote=False),
    ),
    "entities (&amp; and the like) were put into it": lambda text: (html.unescape(text),),
    "a byte order mark was put before it": lambda text: (text.removeprefix("\ufeff"),),
    "a line end was added to it": lambda text: (text[:-1], text.removesuffix("\r\n")),
    "its last line end was cut": lambda text: (text + "\n", text + "\r\n"),
    "white space around it was cut or added": lambda text: (text.strip(), f"\n{text}", f"{text} "),
    "tabs have become spaces": lambda text: (text.replace(" ", "\t"),),
    "no-break spaces have become spaces": lambda text: (text.replace(" ", "\xa0"),),
    "it was normalised (Unicode NFC or NFD)": lambda text: (
        unicodedata.normalize("NFD", text),
        unicodedata.normalize("NFC", text),
    ),
}


def check_text(text: str, digest: str, where: str) -> None:
    """Raise `ConvertError` unless `text` has this SHA-256; names the change where it is known."""
    try:
        if text_sha256(text) == digest:
            return
    except UnicodeEncodeError as error:
        raise ConvertError(f"{where}: the text has no UTF-8 form: {error}") from error
    what = next(_named_changes(text, digest), "it was changed in a way that is not known")
    raise ConvertError(
        f"{where}: the text is not the one that the offsets count (its SHA-256 differs): {what}"
    )


def _named_changes(text: str, digest: str) -> Iterator[str]:
    for change, undo in _CHANGES.items():
        if any(text_sha256(was) == digest for was in undo(text)):
            yield change
    for one, undo_one in _CHANGES.items():
        for other, undo_other in _CHANGES.items():
            if any(text_sha256(w) == digest for was in undo_one(text) for w in undo_other(was)):
                yield f"{one}, and {other}"


def misplaced(text: str, start: int, end: int, words: str) -> str:
    """A sentence on a span whose words are not at its offsets: which other count they fit."""
    found = text[start:end]
    why = next(
        (f"; the offsets {reason}" for reason in _other_counts(text, start, words)),
        f"; {words!r} is not in the text" if words not in text else "",
    )
    return f"characters {start}:{end} are {found!r}, not {words!r}{why}"


_PLACES = 50  # of the words, of which each is counted in all ways


def _other_counts(text: str, start: int, words: str) -> Iterator[str]:
    places = [match.start() for match in re.finditer(re.escape(words), text)] if words else []
    for place in sorted(places, key=lambda place: abs(place - start))[:_PLACES]:
        before = text[:place]
        if len(before.encode("utf-16-le")) // 2 == start:
            yield "count UTF-16 code units"
        if len(before.encode("utf-8")) == start:
            yield "count bytes of UTF-8"
        if len(before.replace("\r\n", "\n")) == start:
            yield "count CRLF as one character"
        if len(before) + before.count("\n") - before.count("\r\n") == start:
            yield "count LF as two characters"
        if start in (len(html.escape(before)), len(html.escape(before, quote=False))):
            yield "count entities (&amp; and the like) in place of characters"
    if places:
        nearest = min(places, key=lambda place: (abs(place - start), place))
        yield f"are shifted by {start - nearest}"
