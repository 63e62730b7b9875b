"""HTML as text: a fragment from a column of a table, a feed or a body of a news item.

Blocks (paragraphs, list items, rows of a table) stand on lines of their own and ``<br>`` ends a
line; everything else is inline, and its text stays where it was. ``<q>`` gets the quotation marks
that a browser draws.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import entitydefs, html5
from typing import Any

from newsclaims.articles.encodings import refuse_unwritable
from newsclaims.articles.rows import RefusedError

# Elements before and after which a browser begins a new line.
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
    "menu nav ol optgroup option p pre section summary table tbody tfoot thead tr ul".split()
)

# Elements whose content no browser shows as text.
_HIDDEN = frozenset(
    "applet area audio base canvas embed frame frameset head iframe img input link map math meta "
    "noembed noframes object param script select source style svg template textarea title track "
    "video".split()
)

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big blink button cite code col colgroup data datalist del dfn em "
    "font i ins kbd label mark marquee meter nobr noscript output progress q rp rt ruby s samp "
    "small span strike strong sub sup td th time tt u var wbr".split()
)

NAMES = BLOCKS | _HIDDEN | _INLINE

# A "<" that opens no tag: in "profits < losses", "<3", or before an address in angle brackets.
_NO_TAG = re.compile(
    rf"<(?!!--|!doctype|!\[|\?|/?(?:{'|'.join(sorted(NAMES))})(?=[\s/>])"
    r"|/?[a-z]\w*[-:][\w:-]+(?=[\s/>]))",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS - {'html', 'body'}))})(?=[\s/>])", re.I)

# Numbers of Windows-1252 for characters that have others in Unicode, and names that are younger
# than the parser; both as the HTML standard has them.
_REFERENCE = re.compile(
    r"&#(?:0*1[2345]\d|x0*[89][0-9a-f])(?!\d);?|&([a-z][a-z0-9]*;)", re.IGNORECASE
)

_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)

# libxml2 compares each attribute of an element with all before it. Pages have some ten.
_MOST_ATTRIBUTES = 1000
_LONG_TAG = 2 * _MOST_ATTRIBUTES  # characters: so many attributes are not in fewer
_SKIPPED_OR_TAG = re.compile(
    r"<!--[^-]*+(?:-(?!->)[^-]*+)*+"
    r"|<(?P<raw>script|style|textarea|title)\b[^>]*+[^<]*+(?:<(?!/(?P=raw))[^<]*+)*+"
    r"""|<[a-z](?P<tag>[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?[^>=]*+)*+)""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""[^\s/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'][^\s]*+)?)?+""")

_QUOTATION_MARKS = (("“", "”"), ("‘", "’"))
_OPENED = tuple("\"'“‘„«»”’\u2039\u203a")
_CELL = "\x1f"  # between two cells of a row until the lines are known
_SPACES = re.compile(r"[ \t\r\f\xa0]+")
_LINE_ENDS = re.compile(rf"[ {_CELL}]*\n[ \n{_CELL}]*")


def fragment_text(markup: str) -> str:
    r"""The text of a piece of HTML, one block a line.

    A fragment without any block keeps its line ends, which are then all its layout. Character
    references are read once. What only looks like a tag stays as it is.

    Args:
        markup: HTML without a frame around it; of a whole page, its body is read.

    Returns:
        The text, empty when there is nothing but tags.

    Raises:
        RefusedError: characters stand in it that end the reading, or tags nested too deeply.

    >>> fragment_text("<p><q>We &amp; you,</q> she <b>said</b>.<p>Rain fell.</p>")
    '“We & you,” she said.\nRain fell.'
    """
    import lxml.html

    refuse_unwritable("text", markup)
    refuse_attributes(markup)
    keeps_lines = _BLOCK_TAG.search(markup) is None
    body = _CDATA.sub(r"\1", read_references(_NO_TAG.sub("&lt;", markup)))
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>", parser=parser)
    if parser.error_log.filter_from_fatals():
        raise RefusedError("text", "the text is HTML nested too deeply to be read")
    mark_quotations(root)
    text = _SPACES.sub(" ", "".join(_pieces(root, keeps_lines)))
    return _LINE_ENDS.sub("\n", text).strip(f" \n{_CELL}").replace(_CELL, " | ")


def refuse_attributes(markup: str) -> None:
    """Raise `RefusedError` for an element with more attributes than can be read in fair time."""
    for element in _SKIPPED_OR_TAG.finditer(markup):
        tag = element["tag"] or ""
        if len(tag) > _LONG_TAG and sum(1 for _ in _ATTRIBUTE.finditer(tag)) > _MOST_ATTRIBUTES:
            raise RefusedError(
                "unreadable", f"an element has more than {_MOST_ATTRIBUTES:,} attributes"
            )


def read_references(markup: str) -> str:
    """`markup` with the character references resolved that libxml2 reads otherwise than browsers.

    >>> read_references("&#147;Yes&#148;&comma; &amp; &lt;no&gt;")
    '“Yes”, &amp; &lt;no&gt;'
    """
    return _REFERENCE.sub(_character, markup) if "&" in markup else markup


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name is None:
        return unescape(reference[0])
    known = name[:-1] in entitydefs or html5.get(name, "<") in "<>&\"'"
    return reference[0] if known else html5[name]


def mark_quotations(root: Any) -> None:
    """Replace each ``<q>`` under `root` by its text in quotation marks, or in those that it has."""
    for quotation in list(root.iter("q")):
        content = quotation.text_content().strip()
        if content and not content.startswith(_OPENED):
            opening, closing = _QUOTATION_MARKS[sum(1 for _ in quotation.iterancestors("q")) % 2]
            quotation.text = opening + (quotation.text or "").lstrip()
            _append(quotation, closing)
    for quotation in list(root.iter("q")):
        quotation.drop_tag()


def _append(element: Any, mark: str) -> None:
    """Put `mark` behind the last character of an element that is no white space."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + mark
    else:
        element.text = element.text.rstrip() + mark


def _pieces(root: Any, keeps_lines: bool) -> Iterator[str]:
    """The text under `root`, a line end at each edge of a block."""
    from lxml.etree import iterwalk

    preformatted = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        edge = "\n" if element.tag in BLOCKS else ""
        if event == "start":
            preformatted += element.tag == "pre"
            if element.tag in _HIDDEN:
                walk.skip_subtree()
                continue
            beside = element.tag in ("td", "th") and element.getprevious() is not None
            yield _CELL if beside else edge
            text = element.text
        else:
            yield edge
            preformatted -= element.tag == "pre"
            text = element.tail
        if text:
            yield text if keeps_lines or preformatted else text.replace("\n", " ")
