"""The main text of an HTML page, by trafilatura."""

import logging
from copy import deepcopy
from functools import cache
from typing import Any

from newsclaims.articles.markup import (
    BLOCKS,
    NAMES,
    mark_quotations,
    read_references,
    refuse_attributes,
)
from newsclaims.articles.rows import RefusedError

_SHORT = 250  # characters under which trafilatura doubts its own result

# Elements beyond which trafilatura's second opinion, justext, is not asked: its time grows with
# their square (seconds at this bound), and pages of one article have some thousands.
_LARGE = 10_000
_MOST_ELEMENTS = 50_000  # some searches of libxml2 take the square of the elements, too

# Elements of running text. What they hold inline is part of it, whatever its element.
_PROSE = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote td th dd dt".split())

_EDGES = BLOCKS | {"td", "th"}

# Inline elements that trafilatura takes out with their text.
_DROPPED = frozenset("blink button label marquee meter output progress rp rt time".split())
_CONTROLS = frozenset(("button", "label"))


def load_page(page: str) -> Any:
    """The tree of a page; None when there is no HTML in it."""
    refuse_attributes(page)
    tree = _trafilatura()[0].load_html(read_references(page))
    if tree is not None and _elements(tree) > _MOST_ELEMENTS:
        raise RefusedError("unreadable", f"the page has more than {_MOST_ELEMENTS:,} elements")
    return tree


def _elements(tree: Any) -> int:
    return sum(1 for _ in tree.iter())


def main_text(page: str) -> str | None:
    """The main text of a page, one block a line; None when there is none."""
    tree = load_page(page)
    return None if tree is None else main_text_of(tree)


def main_text_of(tree: Any) -> str | None:
    """The main text of a page that has been loaded, one block a line; None when there is none."""
    trafilatura, any_length = _trafilatura()
    large = _elements(tree) > _LARGE
    tree = deepcopy(tree)
    mark_quotations(tree)
    _keep_inline_text(tree)
    text = trafilatura.extract(tree, include_comments=False, config=any_length, fast=large)
    if text is None or len(text) < _SHORT:
        # Either the article is short or most of it was missed. The rescue finds more in both
        # cases, headline and date among it, glued into one line: worth it only for a real gain.
        rescued = trafilatura.extract(tree, include_comments=False, fast=large)
        if rescued is not None and len(rescued) > 2 * len(text or ""):
            text = rescued
    return text or None


def _keep_inline_text(tree: Any) -> None:
    """Take away the tags in running text that trafilatura would remove with their text.

    A button that stands alone in its block is no part of a sentence, and is left to the library.
    """
    lengths: dict[Any, int] = {}
    for element in [element for element in tree.iter() if _is_dropped(element)]:
        block = next((above for above in element.iterancestors() if above.tag in _EDGES), None)
        if block is None or block.tag not in _PROSE:
            continue
        if block not in lengths:
            lengths[block] = _length(block)
        if element.tag not in _CONTROLS or _length(element) < lengths[block]:
            element.drop_tag()


def _is_dropped(element: Any) -> bool:
    name = element.tag
    return isinstance(name, str) and (name in _DROPPED or name not in NAMES)


def _length(element: Any) -> int:
    """Characters of the text in an element that are no white space."""
    return sum(len(part) for part in element.text_content().split())


@cache
def _trafilatura() -> tuple[Any, Any]:
    """The library, and its settings with no least length."""
    import trafilatura
    from trafilatura.settings import use_config

    # It logs each page it finds nothing in; that page is a line of errors.jsonl.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    any_length = use_config()
    any_length.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    any_length.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return trafilatura, any_length
