"""Gold lines with everything that a form may stumble over."""

from typing import Any

from hypothesis import strategies as st
from newsclaims.records import Held, fields_of, text_sha256
from newsclaims.schema import LAYERS, SCHEMA_VERSION

Line = dict[str, Any]

# Characters that change in tools: line ends, entities, astral and combining characters.
PIECES = (
    "Ana",
    "Popescu",
    "&amp;",
    "<b>",
    "\r\n",
    "\n",
    "  ",
    "\t",
    "😀",
    "é",
    "e\u0301",
    '"',
    ".",
)
WORDS = st.text(alphabet="abc \n\t|:;é😀", min_size=1, max_size=8)


@st.composite
def gold_lines(draw: st.DrawFn, *, layers: tuple[str, ...] = tuple(LAYERS)) -> Line:
    """A gold line: spans do not begin or end with white space, as no annotation does."""
    text = "x" + " ".join(draw(st.lists(st.sampled_from(PIECES), min_size=3, max_size=12))) + "x"
    digest = text_sha256(text)
    places = [
        {"start": start, "end": end, "text": text[start:end]}
        for start in range(len(text))
        for end in range(start + 1, min(start + 9, len(text)) + 1)
        if not text[start].isspace() and not text[end - 1].isspace()
    ]
    spans = st.sampled_from(places)
    line: Line = {
        "schema_version": SCHEMA_VERSION,
        "article": {"id": draw(st.sampled_from(["a1", "a/b", "ä b", "."])), "text_sha256": digest},
        "annotated": ["people.mentions"],
        **{layer: [] for layer in LAYERS},
        "text": text,
    }
    for layer in layers:
        for number in range(1, draw(st.integers(0, 3)) + 1):
            row = draw(_rows(layer, spans))
            line[layer].append({"id": f"{LAYERS[layer].kind}-{number}", **row})
            if draw(st.booleans()):
                line[layer][-1]["key"] = LAYERS[layer].key_of(row, digest)
    if not line["people"]:
        line["roles"] = []
    for role in line["roles"]:
        role["person"] = "person-1"
    return line


@st.composite
def _items(draw: st.DrawFn, held: Held, span: Line) -> Line:
    """A span, or a part of a row that has one."""
    if not held.inner:
        return dict(span)
    values = {
        name: draw(st.sampled_from([None, *inner.choices]))
        for name, inner in fields_of(held.item).items()
    }
    return {**values, held.inner: dict(span)}


@st.composite
def _rows(draw: st.DrawFn, layer: str, spans: st.SearchStrategy[Line]) -> Line:
    row: Line = {"optional": True} if draw(st.booleans()) else {}
    for name, held in LAYERS[layer].spans.items():
        is_anchor = name == LAYERS[layer].anchor
        if held.several:
            least = int(is_anchor)
            some = st.lists(spans, min_size=least, max_size=3, unique_by=lambda s: s["start"])
            row[name] = [draw(_items(held, span)) for span in draw(some)]
            if row[name] and not held.inner and draw(st.booleans()):
                row[name][0] |= {"rule": draw(WORDS), "confidence": 0.5}
        elif is_anchor or draw(st.booleans()):
            row[name] = draw(_items(held, draw(spans)))
        else:
            row[name] = None
    if layer == "dates":
        row |= {"type": draw(st.sampled_from(["DATE", None])), "value": draw(WORDS), "mod": None}
    if "mentions" in row:
        row["name"] = row["mentions"][0]["text"]
        row["kind"] = draw(st.sampled_from([None, "city"])) if layer == "places" else None
    return row
