"""A text with marked stretches as HTML that stands by itself, for notebooks and files.

Marks may nest and cross. A mark of the look "box" has a ground of its own colour and a label behind
it, "line" a line below, "ground" a pale ground; all tell what they are when the pointer rests on
them. Labels are no part of what is copied.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Literal, NamedTuple

_STYLE = """
.newsclaims{color:#1b1b1b;background:#fff;padding:1em;border-radius:6px;max-width:80ch;
font:16px/2 system-ui,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere}
.newsclaims header{font-size:13px;line-height:1.6;white-space:normal;margin-bottom:.8em}
.newsclaims header b{display:block;font-size:16px}
.newsclaims i{font-style:normal}
.newsclaims header i{margin-right:1em}
.newsclaims .box{background:var(--c);padding:.2em 0}
.newsclaims .ends{border-radius:0 .3em .3em 0;padding-right:.3em}
.newsclaims .begins{border-radius:.3em 0 0 .3em;padding-left:.3em}
.newsclaims .begins.ends{border-radius:.3em}
.newsclaims [data-label]::after{content:attr(data-label);font-size:.6em;font-weight:700;
margin-left:.5em;text-transform:uppercase;letter-spacing:.03em;color:#444}
.newsclaims .line{border-bottom:3px solid var(--l)}
.newsclaims .ground:not(.box){background:var(--g)}
.newsclaims i[title]:hover{outline:2px solid #1b1b1b}
""".strip().replace("\n", "")


class Look(NamedTuple):
    """How marks of a kind look: the style, and a colour of CSS."""

    style: Literal["box", "line", "ground"]
    colour: str = ""


class Mark(NamedTuple):
    """A half-open stretch of the text in code points.

    Attributes:
        kind: what the legend calls it.
        label: what stands behind it; empty for nothing.
        tells: what is told when the pointer rests on it.
    """

    start: int
    end: int
    kind: str
    label: str
    tells: str


class Html(str):
    """HTML that a notebook draws; elsewhere a string, to be written to a file."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def highlight(text: str, marks: Iterable[Mark], looks: Mapping[str, Look], title: str) -> Html:
    """Draw `text` with its marks.

    Args:
        text: the text, as it is; it is escaped here.
        marks: its marks in any order.
        looks: how each kind looks; those first win where two colour one ground.
        title: the heading.
    """
    order = list(looks)
    found = sorted(marks, key=lambda mark: (order.index(mark.kind), mark.start, mark.end))
    starts: dict[int, list[Mark]] = {}
    for mark in found:
        starts.setdefault(mark.start, []).append(mark)
    edges = sorted({0, len(text), *starts, *(mark.end for mark in found)})
    body: list[str] = []
    here: list[Mark] = []
    for start, end in pairwise(edges):
        here = [mark for mark in here if mark.end > start] + starts.get(start, [])
        here.sort(key=lambda mark: order.index(mark.kind))
        body.append(_stretch(text[start:end], start, end, here, looks))
    head = f"<header><b>{escape(title)}</b>{_legend(found, looks)}</header>"
    return Html(
        f'<style>{_STYLE}</style><div class="newsclaims">{head}<div>{"".join(body)}</div></div>'
    )


def _stretch(
    words: str, start: int, end: int, marks: Sequence[Mark], looks: Mapping[str, Look]
) -> str:
    """Characters that all have the same marks."""
    if not marks:
        return escape(words)
    of = {
        style: [mark for mark in marks if looks[mark.kind].style == style]
        for style in ("box", "line", "ground")
    }
    classes = [style for style, found in of.items() if found]
    attributes = ""
    if box := next(iter(of["box"]), None):
        classes += ["begins"] * (box.start == start) + ["ends"] * (box.end == end)
        if box.end == end and box.label:
            attributes += f' data-label="{escape(box.label)}"'
    styles = [("c", of["box"][:1]), ("l", of["line"][:1]), ("g", of["ground"][:1])]
    colours = ";".join(f"--{name}:{looks[one[0].kind].colour}" for name, one in styles if one)
    if colours:
        attributes += f' style="{escape(colours)}"'
    tells = escape("\n".join(dict.fromkeys(mark.tells for mark in marks)))
    return f'<i class="{" ".join(classes)}"{attributes} title="{tells}">{escape(words)}</i>'


def _legend(marks: Sequence[Mark], looks: Mapping[str, Look]) -> str:
    """Each kind as it looks."""
    kinds = {mark.kind for mark in marks}
    return "".join(
        f'<i class="{look.style} begins ends" style="{colours}">{escape(kind)}</i>'
        for kind, look in looks.items()
        if kind in kinds
        for colours in [";".join(f"--{name}:{look.colour}" for name in "clg")]
    )
