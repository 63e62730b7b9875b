"""Named mentions of places."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, Name


def find_places(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """The mentions of places, in the order of the text."""
    return [name for name in names if name.kind is Kind.PLACE]
