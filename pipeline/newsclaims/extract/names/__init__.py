"""The model's entities, repaired: each named mention with its boundaries, kind and evidence.

Candidates (the model's entities and runs of capitals) get their boundaries, then the article's
evidence decides what each string names, and last the known names are found again elsewhere. A
mention's `rule` is the one that last changed it, "model" when nothing did.

- Bounds: `candidates` come from the model, `nicknames`, `datelines` and capitals; `boundaries` cuts
  and joins them, with `splitting`, `titles` and `body_parts`.
- Kinds: `evidence` and `body_evidence` hold the rules, which look at a `view` of a candidate, its
  `shape` and lists of `people_names`; `kinds` weighs what they say by `weights`; `organisations`
  tells bodies from what is neither person nor place.
- Then: `acronyms`, `repeats` and `teams`. What users bring is in `own_names`.

`words` is the text as all of these read it, `vocabulary` its word lists.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from newsclaims.extract.finds import Kind, KnownPlaces, Name
from newsclaims.extract.names import own_names
from newsclaims.extract.names.acronyms import RULES as ACRONYM_RULES
from newsclaims.extract.names.acronyms import Introduced, introduced_acronyms
from newsclaims.extract.names.boundaries import BOUNDARY_RULES, bounded_candidates
from newsclaims.extract.names.candidates import KIND_OF_LABEL
from newsclaims.extract.names.evidence import RULES
from newsclaims.extract.names.kinds import ARTICLE_RULES, VOTES, Verdict, judge
from newsclaims.extract.names.organisations import body_rule, is_organisation
from newsclaims.extract.names.repeats import repeated_names
from newsclaims.extract.names.teams import as_teams
from newsclaims.extract.names.weights import WEIGHTS, Weight, confidence
from newsclaims.extract.names.words import Words
from newsclaims.extract.own import NOTHING, OwnPerson, OwnRules
from newsclaims.rules import load_rules
from newsclaims.text.tokens import Tokens

__all__ = ["find_names"]

load_rules("extract/names/names").check_covers(
    {*BOUNDARY_RULES, *RULES, *ARTICLE_RULES, *ACRONYM_RULES, "repeat", "team"}
)


_WEIGHTS = {**WEIGHTS, **own_names.WEIGHTS}


def find_names(tokens: Tokens, known_places: KnownPlaces, own: OwnRules = NOTHING) -> list[Name]:
    """The named mentions of people, organisations and places, in order, without overlaps."""
    words = Words(tokens)
    bounded = bounded_candidates(words, known_places, own.without)
    candidates, listed = own_names.with_own(words, bounded, own)
    weights = _weights_without(own.without) if own.without else _WEIGHTS
    verdicts = judge(words, candidates, known_places, weights)
    kinds = [_kind(words, verdict, own.without) for verdict in verdicts]
    acronyms = introduced_acronyms(words, candidates, kinds, own.without)
    names = [
        name
        for verdict, kind in zip(verdicts, kinds, strict=True)
        if (name := _name(words, verdict, kind, acronyms, listed, own.without)) is not None
    ]
    if "repeat" not in own.without:
        names += repeated_names(words, names, candidates, acronyms)
    found = sorted(names)
    if "team" in own.without:
        return found
    return as_teams(words, found, _unnamed_places(words, verdicts, kinds))


def _unnamed_places(
    words: Words, verdicts: Sequence[Verdict], kinds: Sequence[Kind | None]
) -> list[Name]:
    """Known places' names that the article seems to use for something else."""
    return [
        Name(
            words.starts[verdict.candidate.start],
            words.end(verdict.candidate.end),
            Kind.PLACE,
            "gazetteer",
        )
        for verdict, kind in zip(verdicts, kinds, strict=True)
        if kind is None and verdict.has("gazetteer")
    ]


@cache
def _weights_without(rules: frozenset[str]) -> Mapping[str, Weight]:
    """The weights of the evidence that is left when rules are left out."""
    return {name: weight for name, weight in _WEIGHTS.items() if VOTES.get(name, name) not in rules}


def _kind(words: Words, verdict: Verdict, without: frozenset[str]) -> Kind | None:
    if own := own_names.own_kind(verdict.candidate):
        return own
    kind = verdict.kind
    if kind is None or kind is Kind.ORGANISATION:
        is_body = is_organisation(words, verdict.candidate) or body_rule(words, verdict, without)
        return Kind.ORGANISATION if is_body else None
    return kind


def _name(
    words: Words,
    verdict: Verdict,
    kind: Kind | None,
    acronyms: Mapping[str, Introduced],
    listed: Mapping[int, OwnPerson],
    without: frozenset[str],
) -> Name | None:
    candidate = verdict.candidate
    start, end = words.starts[candidate.start], words.end(candidate.end)
    introduced = acronyms.get(words.text[start:end])
    own = own_names.own_kind(candidate)
    if introduced is not None and introduced.kind is not kind and not own:
        return Name(start, end, introduced.kind, introduced.rule)
    if kind is None:
        return None
    rule = candidate.rule
    if not own and kind is not KIND_OF_LABEL.get(candidate.label):
        if kind is Kind.ORGANISATION:
            rule = body_rule(words, verdict, without) or rule
        else:
            rule = verdict.strongest_rule(kind, _WEIGHTS) or rule
    sure = confidence(kind, verdict.person, verdict.place)
    return Name(start, end, kind, rule, sure, listed.get(candidate.start))
