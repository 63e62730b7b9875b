"""What in a text shows that it was not read as it was meant: tags, references, wrong decodings.

The article is extracted all the same, since its author may have written of ``<b>`` or ``&quot;``.
"""

import re
from collections.abc import Iterator
from html.entities import html5

from newsclaims.articles.markup import NAMES
from newsclaims.wording import plural

# Bytes of UTF-8 as Windows-1252 or Latin-1 shows them, after a byte that begins a character. The
# quotation marks and dashes are left out, which may stand behind a real letter: "À LA CARTE Ã".
_CONTINUED = "[\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ\u017d˜™š›œ\u017eŸ]"  # noqa: RUF001
_SUSPECT = re.compile(
    rf"<(?P<tags>(?i:!--|/?(?:{'|'.join(sorted(NAMES))})(?:\s[^<>]*)?/?>))"
    r"|&(?P<entities>#\d{1,7};|#[Xx][0-9A-Fa-f]{1,6};|[A-Za-z]\w{1,30};)"
    rf"|(?P<mojibake>[\x80-\x9f\ufffd]|â€.|[ÃÐÑ]{_CONTINUED}|Â[\xa0-\xbf]|ï»¿|ðŸ)",
)

# What each of them begins with; looking for these alone first is seven times as fast.
_FIRST = re.compile("[<&\x80-\x9f\ufffdâÃÐÑÂïð]")

_NAMES = {
    "tags": "HTML tag",
    "entities": "HTML character reference",
    "mojibake": "wrongly decoded character",
}
_READS_HTML = "the first {} at character {}; where a column of a table is HTML, say --text-is html"
_MESSAGES = {
    "tags": _READS_HTML,
    "entities": _READS_HTML,
    "mojibake": "the first {} at character {}; the text was read in a wrong encoding, here "
    "(--encoding) or before",
}


def text_warnings(text: str) -> Iterator[tuple[str, str]]:
    """A kind of warning and its message for each kind of trouble that `text` shows.

    >>> [kind for kind, _ in text_warnings("<p>It&#39;s a cafÃ©.")]
    ['tags', 'entities', 'mojibake']
    """
    found: dict[str, list[re.Match[str]]] = {}
    for first in _FIRST.finditer(text):
        if match := _SUSPECT.match(text, first.start()):
            kind = match.lastgroup or ""
            if kind != "entities" or match[kind].startswith("#") or match[kind] in html5:
                found.setdefault(kind, []).append(match)
    for kind, message in _MESSAGES.items():
        if matches := found.get(kind):
            spoken = message.format(repr(matches[0][0][:20]), matches[0].start() + 1)
            yield kind, f"the text holds {plural(len(matches), _NAMES[kind])}, {spoken}"
