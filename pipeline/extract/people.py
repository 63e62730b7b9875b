"""Named mentions of people."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, Name


def find_people(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """The mentions of people, in the order of the text."""
    return [name for name in names if name.kind is Kind.PERSON]
