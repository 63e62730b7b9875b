"""The model's entities, repaired: each named mention with its boundaries, kind and evidence.

Candidates (the model's entities and runs of capitals) get their boundaries, then the article's
evidence decides what each string names, and last the known names are found again elsewhere. A
mention's `rule` is the one that last changed it, "model" when nothing did.
"""

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.extract.finds import Kind, KnownPlaces, Name
from pipeline.extract.names.acronyms import introduced_acronyms
from pipeline.extract.names.boundaries import BOUNDARY_RULES, bounded_candidates
from pipeline.extract.names.candidates import KIND_OF_LABEL
from pipeline.extract.names.evidence import RULES
from pipeline.extract.names.kinds import ARTICLE_RULES, Verdict, judge
from pipeline.extract.names.organisations import is_organisation
from pipeline.extract.names.repeats import repeated_names
from pipeline.extract.names.weights import WEIGHTS, confidence
from pipeline.extract.names.words import Words
from pipeline.rules import load_rules

__all__ = ["find_names"]

load_rules("extract/names/names").check_covers(
    {*BOUNDARY_RULES, *RULES, *ARTICLE_RULES, "repeat", "introduced-acronym"}
)


def find_names(doc: Doc, known_places: KnownPlaces) -> list[Name]:
    """The named mentions of people, organisations and places, in order, without overlaps."""
    words = Words(doc)
    candidates = bounded_candidates(words, known_places)
    verdicts = judge(words, candidates, known_places, WEIGHTS)
    kinds = [_kind(words, verdict) for verdict in verdicts]
    acronyms = introduced_acronyms(words, candidates, kinds)
    names = [
        name
        for verdict, kind in zip(verdicts, kinds, strict=True)
        if (name := _name(words, verdict, kind, acronyms)) is not None
    ]
    return sorted([*names, *repeated_names(words, names, candidates, acronyms)])


def _kind(words: Words, verdict: Verdict) -> Kind | None:
    kind = verdict.kind
    if kind is None or kind is Kind.ORGANISATION:
        return Kind.ORGANISATION if is_organisation(words, verdict.candidate) else None
    return kind


def _name(
    words: Words, verdict: Verdict, kind: Kind | None, acronyms: Mapping[str, Kind]
) -> Name | None:
    candidate = verdict.candidate
    start, end = words.starts[candidate.start], words.end(candidate.end)
    introduced = acronyms.get(words.text[start:end])
    if introduced is not None and introduced is not kind:
        return Name(start, end, introduced, "introduced-acronym")
    if kind is None:
        return None
    rule = candidate.rule
    if kind is not KIND_OF_LABEL.get(candidate.label):
        if kind is Kind.ORGANISATION:
            rule = "organisation-noun-last"
        else:
            rule = verdict.strongest_rule(kind, WEIGHTS) or rule
    return Name(start, end, kind, rule, confidence(kind, verdict.person, verdict.place))
