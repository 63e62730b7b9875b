"""The model's entities, repaired: each named mention with its boundaries, kind and evidence."""

from spacy.tokens import Doc

from pipeline.extract.finds import KnownPlaces, Name
from pipeline.extract.names.boundaries import bounded_candidates
from pipeline.extract.names.kinds import judge, kind_of
from pipeline.extract.names.repeats import repeated_names
from pipeline.extract.names.weights import WEIGHTS
from pipeline.extract.names.words import Words


def find_names(doc: Doc, known_places: KnownPlaces) -> list[Name]:
    """The named mentions of people, organisations and places, in order, without overlaps."""
    words = Words(doc)
    candidates = bounded_candidates(words, known_places)
    names = [
        Name(
            words.starts[judged.candidate.start],
            words.end(judged.candidate.end),
            kind,
            judged.candidate.rule,
        )
        for judged in judge(words, candidates, known_places, WEIGHTS)
        if (kind := kind_of(judged)) is not None
    ]
    return sorted([*names, *repeated_names(words, names, candidates)])
