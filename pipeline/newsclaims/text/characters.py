"""Characters that do not show, or show as others do, written as the ones that are meant."""

import re
import unicodedata

from newsclaims.text.offsets import Edit, without_overlaps

_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Soft hyphens, zero-width characters, joiners, marks of direction, byte order marks.
_INVISIBLE = (
    "\xad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_LETTERS = "\u212a\u212b\ufb00-\ufb06"  # Kelvin, Ångström, ligatures
_ODD = re.compile(rf"[\r\x0b\x80-\x9f¬\u2028\u2029{_LETTERS}{_INVISIBLE}{_SPACES}]")
_UNUSUAL = re.compile(
    rf"""
      (?P<newline>\r\n?|[\x0b\u2028\u2029])
    | (?P<hyphenated>[\xad¬](?<=\w.)[^\S\n]*\n\s*(?=\w))  # at a line end: the word goes on
    | (?P<invisible>[{_INVISIBLE}]+)
    | (?P<space>[{_SPACES}])
    | (?P<windows>[\x80-\x9f])
    | (?P<letter>[{_LETTERS}])
    """,
    re.VERBOSE,
)
_ACCENT = re.compile(f"[{_COMBINING}]")
_COMPOSED = re.compile(rf"[^\W_][{_INVISIBLE}]*[{_COMBINING}]+")
_NOT_SHOWN = re.compile(f"[{_INVISIBLE}]+")


def character_edits(text: str) -> list[Edit]:
    """Line ends as LF, spaces as spaces, accents composed, and what does not show cut.

    Characters U+0080 to U+009F, which no text holds on purpose, are read as Windows-1252.
    """
    edits = []
    if _ODD.search(text):
        edits = [Edit(*match.span(), _plain(match)) for match in _UNUSUAL.finditer(text)]
    if _ACCENT.search(text):
        edits = without_overlaps([*map(_composed, _COMPOSED.finditer(text)), *edits])
    return edits


def _composed(match: re.Match[str]) -> Edit:
    visible = _NOT_SHOWN.sub("", match[0])
    return Edit(*match.span(), unicodedata.normalize("NFC", visible))


def _plain(match: re.Match[str]) -> str:
    written = match[0]
    match match.lastgroup:
        case "newline":
            return "\n\n" if written == "\u2029" else "\n"
        case "space":
            return " "
        case "windows":
            return written.encode("latin-1").decode("cp1252", errors="ignore") or written
        case "letter":
            return unicodedata.normalize("NFKC", written)
    return ""
