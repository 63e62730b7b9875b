"""The model's entities, repaired: each named mention with its boundaries, kind and evidence."""

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, KnownPlaces, Name

_KINDS = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.ORGANISATION,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
}


def find_names(doc: Doc, known_places: KnownPlaces) -> list[Name]:
    """The named mentions of people, organisations and places, in order, without overlaps."""
    return [
        Name(ent.start_char, ent.end_char, _KINDS[ent.label_], "model")
        for ent in doc.ents
        if ent.label_ in _KINDS
    ]
