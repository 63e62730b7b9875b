"""The page's parts, put into one file that asks nothing of any network.

The style and scripts are ours and go in as they are; the data goes in as JSON in which no markup
can begin. A content security policy names both by hash, so that nothing else can run or load.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from newsclaims.report.packing import pack

PAGE = Path(__file__).parent / "page"

# Outline of the land, as an SVG path in degrees from 180 W and 90 N: Natural Earth 1:110m (public
# domain) as world-atlas 2.0.2 has it, without Antarctica and thinned to 0.45 degrees.
LAND = "land.txt"

# In the order in which they build on each other.
SCRIPTS = (
    "dom",
    "unpack",
    "state",
    "verdicts",
    "filters",
    "table",
    "lists",
    "article",
    "card",
    "charts",
    "overview",
    "keys",
    "main",
)


def render(data: Mapping[str, Any]) -> str:
    """The whole page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined
    )
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    scripts = [(PAGE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    script = '"use strict";\n(() => {\n' + "\n".join(scripts) + "})();\n"
    return environment.get_template("page.html.j2").render(
        data=data,
        land=(PAGE / LAND).read_text(encoding="utf-8").strip(),
        json=_json(data),
        script=Markup(script),  # noqa: S704  # our own files
        style=Markup(style),  # noqa: S704
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _json(data: Mapping[str, Any]) -> Markup:
    """JSON for a script element: without "<" neither an end tag nor a comment can begin in it."""
    text = json.dumps(pack(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
