"""A dataset as one page in which its rows can be seen, judged and mended.

`gather` and `judged` turn the written files and an evaluation into plain values, `offsets` counts
as browsers do, and `render` puts it all into one file. What the page looks like and does stands in
``page/``, as a template with its style and scripts.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.report.gather import gather
from pipeline.report.judged import add_gold
from pipeline.report.render import render

__all__ = ["page_data", "write_report"]


def write_report(folder: Path, output: Path, gold: Path | None = None) -> int:
    """Write the page of a dataset, with gold beside what was found where there is gold.

    Returns the size of the page in bytes. Raises `UsageError` for files that cannot be read.
    """
    page = render(page_data(folder, gold)).encode("utf-8")
    output.write_bytes(page)
    return len(page)


def page_data(folder: Path, gold: Path | None = None) -> Mapping[str, Any]:
    """Everything that the page shows, as JSON values."""
    data = gather(folder)
    if gold is not None:
        add_gold(data, folder, gold)
    return data
