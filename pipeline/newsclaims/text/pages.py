"""Headers and footers of pages, which cut into the text of a paged document."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, pairwise
from typing import NamedTuple

from newsclaims.text.offsets import Edit

_MOST = 4  # lines of a header or footer
_LEAST_SHARE = 1 / 3  # of the pages; left and right pages may have headers of their own
_PAGE_NUMBER = re.compile(r"[\W_]*(?:page\s*)?0(?:\s*(?:of|/)\s*0)?[\W_]*")


class _Line(NamedTuple):
    start: int
    end: int
    said: str
    """The words in lower case, with 0 for each number."""


def page_edits(text: str) -> list[Edit]:
    """Page breaks as line ends, and the lines beside them that pages have in common cut."""
    if "\f" not in text:
        return []
    pages = [page for page in _pages(text) if page]
    headers = _common([page[:_MOST] for page in pages])
    footers = _common([page[: -_MOST - 1 : -1] for page in pages])
    bodies = [body for page in pages if (body := _body(page, headers, footers))]
    if not bodies:
        return []
    edits = [Edit(above[-1].end, below[0].start, "\n") for above, below in pairwise(bodies)]
    first, last = bodies[0][0].start, bodies[-1][-1].end
    return [edit for edit in (Edit(0, first, ""), *edits, Edit(last, len(text), "")) if edit.end]


def _pages(text: str) -> Iterator[list[_Line]]:
    """The lines of each page that hold words."""
    position = 0
    for page in text.split("\f"):
        lines = []
        for line in page.split("\n"):
            words = line.strip()
            if words:
                start = position + len(line) - len(line.lstrip())
                said = re.sub(r"\d+", "0", " ".join(words.lower().split()))
                lines.append(_Line(start, start + len(words), said))
            position += len(line) + 1
        yield lines


def _common(edges: Sequence[Sequence[_Line]]) -> set[str]:
    """What stands at the edges of several pages."""
    counts = Counter(said for lines in edges for said in {line.said for line in lines})
    least = max(2, len(edges) * _LEAST_SHARE)
    return {said for said, count in counts.items() if count >= least}


def _body(page: list[_Line], headers: set[str], footers: set[str]) -> list[_Line]:
    return _without(_without(page, headers)[::-1], footers)[::-1]


def _without(lines: Iterable[_Line], common: set[str]) -> list[_Line]:
    """The lines from the first that is neither common nor a page number."""
    return list(
        dropwhile(lambda line: line.said in common or _PAGE_NUMBER.fullmatch(line.said), lines)
    )
