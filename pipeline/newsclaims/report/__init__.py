"""A dataset as one page in which its rows can be seen, judged and mended.

`gather` and `judged` turn the written files and an evaluation into plain values, `offsets` counts
as browsers do, `packing` makes them small, and `render` puts it all into one file. What the page
looks like and does stands in ``page/``, as a template with its style and scripts.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsclaims.held_texts import HeldTexts
from newsclaims.report.gather import gather
from newsclaims.report.judged import add_gold, read_gold_ids
from newsclaims.report.render import render

__all__ = ["LIMIT", "Written", "page_data", "write_report"]


LIMIT = 2000  # articles; so many of 2 kB make a page of 17 MB that opens in 1 s


class Written(NamedTuple):
    """The size of a page in bytes, and how many articles it leaves out."""

    size: int
    left_out: int


def write_report(
    folder: Path,
    output: Path,
    gold: Path | None = None,
    limit: int = LIMIT,
    texts: HeldTexts | None = None,
) -> Written:
    """Write the page of a dataset, with gold beside what was found where there is gold.

    A dataset without texts gets them of `texts`.

    Raises `UsageError` for files that cannot be read.
    """
    data = page_data(folder, gold, limit, texts)
    page = render(data).encode("utf-8")
    output.write_bytes(page)
    return Written(len(page), data["left_out"])


def page_data(
    folder: Path, gold: Path | None = None, limit: int = LIMIT, texts: HeldTexts | None = None
) -> Mapping[str, Any]:
    """Everything that the page shows, as JSON values: the first articles, and all that gold has."""
    if gold is None:
        return gather(folder, limit, texts=texts)
    data = gather(folder, limit, read_gold_ids(gold), texts)
    add_gold(data, folder, gold)
    return data
