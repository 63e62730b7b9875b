"""The model's entities, repaired: each named mention with its boundaries, kind and evidence.

Candidates (the model's entities and runs of capitals) get their boundaries, then the article's
evidence decides what each string names, and last the known names are found again elsewhere.
"""

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, KnownPlaces, Name
from pipeline.extract.names.acronyms import introduced_acronyms
from pipeline.extract.names.boundaries import bounded_candidates
from pipeline.extract.names.kinds import Judged, is_part_of_title, judge, kind_of
from pipeline.extract.names.repeats import repeated_names
from pipeline.extract.names.weights import WEIGHTS
from pipeline.extract.names.words import Words

__all__ = ["find_names"]


def find_names(doc: Doc, known_places: KnownPlaces) -> list[Name]:
    """The named mentions of people, organisations and places, in order, without overlaps."""
    words = Words(doc)
    candidates = bounded_candidates(words, known_places)
    judged = judge(words, candidates, known_places, WEIGHTS)
    kinds = [_kind(words, verdict) for verdict in judged]
    acronyms = introduced_acronyms(words, candidates, kinds)
    names = []
    for verdict, kind in zip(judged, kinds, strict=True):
        start, end = words.starts[verdict.candidate.start], words.end(verdict.candidate.end)
        rule = verdict.candidate.rule
        if (introduced := acronyms.get(words.text[start:end])) is not None and introduced != kind:
            kind, rule = introduced, "introduced-acronym"
        if kind is not None:
            names.append(Name(start, end, kind, rule))
    return sorted([*names, *repeated_names(words, names, candidates, acronyms)])


def _kind(words: Words, verdict: Judged) -> Kind | None:
    kind = kind_of(verdict)
    if kind is Kind.ORGANISATION and is_part_of_title(words, verdict.candidate):
        return None
    return kind
