"""Marks of Markdown: links, emphasis, headings and block quotations."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from newsclaims.text.offsets import Edit, without_overlaps

_MARKED = re.compile(r"[*_#>~\\\[]")
_LABEL = r"(?P<{0}>!?\[)(?P<{0}_label>[^\[\]]{{1,500}})"
_SPAN = re.compile(
    rf"""
      {_LABEL.format("link")}(?P<link_end>\]\(
        <?(?P<url>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?
        (?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\))
    | {_LABEL.format("reference")}(?P<reference_end>\]\ ?\[(?P<key>[^\[\]\n]{{0,80}})\])
    | (?P<footnote>\[\^[\w-]{{1,40}}\])
    | (?P<escape>\\(?=[*_\[\]()#>`~.!+-]))
    """,
    re.VERBOSE,
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<key>[^\[\]^\n]{1,80})\]:[ \t]+\S+[^\n]*(?:\n|\Z)", re.MULTILINE
)
_URL = re.compile(r"[/.:#@]")
_EMPHASISED = re.compile(r"[*_~]")
# A mark opens before a word and closes behind one, both in one paragraph.
_OPENING = re.compile(
    r"(?<![^\W_])(?<!\\)(?:(?<!\*)\*{1,3}(?![\s*])|(?<!_)_{1,3}(?![\s_])|(?<!~)~~(?![\s~]))"
)
_CLOSING = {
    mark: re.compile(rf"(?<![\s{mark[0]}\\]){re.escape(mark)}(?!{re.escape(mark[0])}|[^\W_])")
    for mark in ("*", "**", "***", "_", "__", "___", "~~")
}
_LONGEST = 1000  # characters of emphasis
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_HEADING_END = re.compile(r"[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=\S\n)(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]{0,3}>[> \t]*", re.MULTILINE)


def markdown_edits(text: str) -> list[Edit]:
    """The marks of links, emphasis, headings and block quotations, cut."""
    if not _MARKED.search(text):
        return []
    edits = without_overlaps([*_links(text), *_headings(text), *_blocks(text)])
    if not _EMPHASISED.search(text):
        return edits
    return without_overlaps([*edits, *_emphasis(text, edits)])


def _links(text: str) -> Iterator[Edit]:
    """Links and footnotes without their addresses, where these are addresses."""
    if "[" not in text and "\\" not in text:
        return
    definitions = {match["key"].lower(): match for match in _DEFINITION.finditer(text)}
    yield from (Edit(*match.span(), "") for match in definitions.values())
    for match in _SPAN.finditer(text):
        match match.lastgroup:
            case "footnote" | "escape":
                yield Edit(*match.span(), "")
            case "link_end" if _URL.search(match["url"]):
                yield Edit(*match.span("link"), "")
                yield Edit(*match.span("link_end"), "")
            case "reference_end" if (
                match["key"] or match["reference_label"]
            ).lower() in definitions:
                yield Edit(*match.span("reference"), "")
                yield Edit(*match.span("reference_end"), "")


def _headings(text: str) -> Iterator[Edit]:
    for match in _HEADING.finditer(text) if "#" in text else ():
        yield Edit(*match.span(), "")
        end = text.find("\n", match.end())
        closing = _HEADING_END.search(text, match.end(), len(text) if end < 0 else end)
        if closing:
            yield Edit(*closing.span(), "")
    if "===" in text or "---" in text:
        yield from (Edit(*match.span(), "") for match in _UNDERLINE.finditer(text))


def _blocks(text: str) -> Iterator[Edit]:
    """The marks of block quotations, but for those that a colon announces: these mark speech."""
    position, announced = 0, False
    for match in _BLOCK.finditer(text) if ">" in text else ():
        before = text[position : match.start()].strip()
        if before or not position:
            announced = text[: match.start()].rstrip().endswith(":")
        if not announced:
            yield Edit(*match.span(), "")
        end = text.find("\n", match.end())
        position = len(text) if end < 0 else end


def _emphasis(text: str, taken: list[Edit]) -> Iterator[Edit]:
    """Pairs of marks around words, outside of what is cut already."""
    starts = [edit.start for edit in taken]

    def is_taken(offset: int) -> bool:
        before = bisect_right(starts, offset) - 1
        return before >= 0 and offset < taken[before].end

    for opening in _OPENING.finditer(text):
        start, end = opening.span()
        limit = min(len(text), end + _LONGEST)
        paragraph = _PARAGRAPH_END.search(text, end, limit)
        closing = _CLOSING[opening[0]].search(text, end, paragraph.start() if paragraph else limit)
        if closing and not is_taken(start) and not is_taken(closing.start()):
            yield Edit(start, end, "")
            yield Edit(*closing.span(), "")
