"""Tags and entities that were left in a text column, such as ``<p>`` and ``&quot;``."""

import html
import re

from newsclaims.text.offsets import Edit

# The elements of HTML, which no library that we have lists. Anything else in angle brackets is no
# tag: "a < b", "<Reuters>".
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|img|ins|kbd|label|mark|q|rp|rt|ruby|s|"
    "samp|small|source|span|strike|strong|sub|sup|svg|time|track|tt|u|var|wbr|o:p"
)
_BLOCK = (
    "address|article|aside|audio|blockquote|body|br|button|canvas|caption|center|col|colgroup|dd|"
    "details|dialog|div|dl|dt|embed|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|"
    "html|iframe|legend|li|link|main|meta|nav|noscript|object|ol|optgroup|option|p|param|picture|"
    "pre|section|select|summary|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|ul|video"
)
_ATTRIBUTES = r"(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>]+))?)*"
_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    rf"""
      (?P<hidden><!--|<(?P<of>script|style)(?P<hiding>{_ATTRIBUTES})\s*>)
    | <(?P<block>/?(?:{_BLOCK}))(?P<more>{_ATTRIBUTES})\s*/?>
    | (?P<quotation></?q(?P<cite>{_ATTRIBUTES})\s*>)
    | (?P<inline></?(?:{_INLINE})(?P<rest>{_ATTRIBUTES})\s*/?>)
    | (?P<declaration><!doctype\s[^<>]*>|<\?xml\s[^<>]*>|<!\[CDATA\[|\]\]>)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Elements that make paragraphs: where they do, line ends of the source are white space.
_PARAGRAPHS = frozenset({"p", "/p", "br", "div", "/div"})
_LINE_END = re.compile(r"(?<![\s-])\n[^\S\n]*(?=\S)")


def tag_edits(text: str) -> list[Edit]:
    """Tags cut, those of blocks as line ends; what no reader sees goes, too.

    Where tags make the paragraphs, single line ends are white space.
    """
    if "<" not in text:
        return []
    edits: list[Edit] = []
    of_paragraphs = False
    position, unclosed = 0, set[str]()
    while match := _TAG.search(text, position):
        position = match.end()
        if match["hidden"]:
            closer = f"</{match['of']}".lower() if match["of"] else "-->"
            end = -1 if closer in unclosed else _close(text, closer, position)
            if end < 0:
                unclosed.add(closer)
            else:
                edits.append(Edit(match.start(), end, ""))
                position = end
        elif match["block"]:
            if _is_tag(match["more"]):
                _add_block(edits, text, match)
                position = edits[-1].end
                of_paragraphs |= match["block"].lower() in _PARAGRAPHS
        elif match["quotation"]:
            edits.append(Edit(*match.span(), "”" if match[0][1] == "/" else "“"))
        elif match["declaration"] or _is_tag(match["rest"]):
            edits.append(Edit(*match.span(), ""))
    return sorted([*edits, *_line_ends(text, edits)]) if of_paragraphs else edits


def _is_tag(attributes: str) -> bool:
    """Whether what follows the name in a tag may stand there: "<b and c>" is prose."""
    return not attributes or "=" in attributes


def _close(text: str, closer: str, position: int) -> int:
    """Where the element or comment that `closer` ends is over, or -1."""
    match = re.compile(re.escape(closer) + (r"\s*>" if closer[0] == "<" else ""), re.I).search(
        text, position
    )
    return match.end() if match else -1


def _add_block(edits: list[Edit], text: str, match: re.Match[str]) -> None:
    """Add a block's tag with the white space around it, joined to the one before it."""
    start, end = match.span()
    floor = edits[-1].end if edits else 0
    while start > floor and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    instead = "\n" if match["block"].lower() == "br" else "\n\n"
    if edits and edits[-1].end == start and not edits[-1].text.strip("\n"):
        before = edits.pop()
        start, instead = before.start, "\n\n" if before.text else instead
    edits.append(Edit(start, end, instead if start > 0 and end < len(text) else ""))


def _line_ends(text: str, tags: list[Edit]) -> list[Edit]:
    """Single line ends between tags, as spaces."""
    bounds = [0, *(bound for tag in tags for bound in (tag.start, tag.end)), len(text)]
    return [
        Edit(*match.span(), " ")
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for match in _LINE_END.finditer(text, start, end)
    ]


def entity_edits(text: str) -> list[Edit]:
    """Entities as the characters that they stand for, those escaped twice, too."""
    if "&" not in text:
        return []
    return [Edit(*match.span(), _unescaped(match[0])) for match in _ENTITY.finditer(text)]


def _unescaped(entity: str) -> str:
    while (plain := html.unescape(entity)) != entity:
        entity = plain
    return plain
