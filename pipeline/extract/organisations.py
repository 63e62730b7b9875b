"""Named mentions of organisations."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, Name


def find_organisations(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """The mentions of organisations, in the order of the text."""
    return [name for name in names if name.kind is Kind.ORGANISATION]
