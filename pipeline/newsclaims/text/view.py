"""A text as it was meant to be read: without what broken conversions and layouts left in it.

The rules read the view, in which a paragraph is a line; spans of records point at the raw text.
Each pass is a function text -> edits in a file of its own, and a text without anything to clean
costs one search a pass.
"""

from collections.abc import Callable
from types import MappingProxyType

from newsclaims.text.characters import character_edits
from newsclaims.text.lines import joining_edits
from newsclaims.text.markdown import markdown_edits
from newsclaims.text.markup import entity_edits, tag_edits
from newsclaims.text.offsets import Edit, OffsetMap, apply_edits
from newsclaims.text.pages import page_edits
from newsclaims.text.quotation_marks import quotation_mark_edits

Pass = Callable[[str], list[Edit]]

# In order: what is written in entities may be a tag, and no mark of Markdown may keep lines apart.
PASSES: MappingProxyType[str, Pass] = MappingProxyType(
    {
        "tags": tag_edits,
        "entities": entity_edits,
        "escaped tags": tag_edits,
        "characters": character_edits,
        "pages": page_edits,
        "markdown": markdown_edits,
        "lines": joining_edits,
        "quotation marks": quotation_mark_edits,
    }
)


def words_of(raw: str) -> str:
    """The words of a raw slice as its view reads them, with single spaces: "chief⏎execu-⏎tive"."""
    return " ".join(CleanView(raw).text.split())


class CleanView:
    """The clean view of a raw text, and the way back.

    Args:
        raw: the text as read.

    Attributes:
        text: the view.
        offsets: where its characters stand in the raw text.
    """

    def __init__(self, raw: str) -> None:
        text, steps = raw, []
        for edits_of in PASSES.values():
            edits = [edit for edit in edits_of(text) if edit.text != text[edit.start : edit.end]]
            if edits:
                text = apply_edits(text, edits)
                steps.append(edits)
        self.text = text
        self.offsets = OffsetMap(steps)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw characters that these of the view were read from, the first to the last."""
        return self.offsets.raw(start, end)
