"""E-mail: the plain text of a message, else its HTML, with subject, sender and date."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from newsclaims.articles.encodings import decode, decode_page, known_encoding
from newsclaims.articles.markup import fragment_text
from newsclaims.articles.rows import Fields, RefusedError, Row, Rows, Settings

_HEADERS = ("from", "date", "subject", "received", "message-id")
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def read_eml(path: Path, settings: Settings) -> Rows:
    """The article of a message; its attachments are named as not read."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    if not any(name in message for name in _HEADERS):
        raise RefusedError("email", f"no e-mail: it has none of the headers {', '.join(_HEADERS)}")
    yield Row(None, _fields(message, settings))
    for name in _attachments(message):
        yield Row(None, RefusedError("skipped", f"the attachment {name} is not read"))


def _fields(message: EmailMessage, settings: Settings) -> Fields:
    part = message.get_body(("plain", "html"))
    if part is None:
        raise RefusedError("email", "no part of this message is plain text or HTML")
    if _is_cut_off(message, part):
        raise RefusedError("email", "the message is cut off inside its text")
    return {
        "text": _text(part, settings),
        "title": _header(message, "subject"),
        "published": _date(message),
        "source": _sender(message),
        "from": _header(message, "from"),
        "message_id": _header(message, "message-id"),
    }


def _is_cut_off(message: EmailMessage, part: Any) -> bool:
    """Whether the part with the text is the last one, and is never closed."""
    parts = list(message.walk())
    unclosed = any(isinstance(defect, _CUT) for holder in parts for defect in holder.defects)
    return unclosed and parts[-1] is part


def _text(part: Any, settings: Settings) -> str:
    data = part.get_payload(decode=True)
    if part.defects:
        kind = type(part.defects[0]).__name__
        raise RefusedError("email", f"the text is broken or cut off ({kind})")
    charset = part.get_content_charset()
    encoding = known_encoding(charset) if charset else settings.encoding
    if charset and encoding is None:
        raise RefusedError("encoding", f"the message names an unknown encoding, {charset!r}")
    is_html = part.get_content_type() == "text/html"
    try:
        text = decode_page(data, encoding) if is_html and not charset else decode(data, encoding)
    except RefusedError as refused:
        refused.line = None  # which would be that of the part
        raise
    return fragment_text(text) if is_html else text


def _header(message: EmailMessage, name: str) -> str | None:
    value = message[name]
    return None if value is None else " ".join(str(value).split())


def _date(message: EmailMessage) -> str | None:
    moment = getattr(message["date"], "datetime", None)
    return moment.isoformat() if moment else _header(message, "date")


def _sender(message: EmailMessage) -> str | None:
    addresses = getattr(message["from"], "addresses", ())
    names = (address.display_name or address.addr_spec for address in addresses)
    return next(filter(None, names), None)


def _attachments(message: EmailMessage) -> Iterator[str]:
    for number, part in enumerate(message.walk(), 1):
        if part.get_content_disposition() == "attachment":
            yield repr(part.get_filename() or f"in part {number}")
