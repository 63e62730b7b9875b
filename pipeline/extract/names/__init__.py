"""The model's entities, repaired: each named mention with its boundaries, kind and evidence."""

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, KnownPlaces, Name
from pipeline.extract.names.boundaries import bounded_candidates
from pipeline.extract.names.words import Words

_KINDS = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.ORGANISATION,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
}


def find_names(doc: Doc, known_places: KnownPlaces) -> list[Name]:
    """The named mentions of people, organisations and places, in order, without overlaps."""
    words = Words(doc)
    return [
        Name(words.starts[c.start], words.end(c.end), _KINDS[c.label], c.rule)
        for c in bounded_candidates(words, known_places)
        if c.label in _KINDS
    ]
