"""What may be a name: the model's entities and runs of capitals that the model left alone."""

from collections.abc import Iterator
from typing import NamedTuple

from newsclaims.extract.finds import Kind
from newsclaims.extract.names.vocabulary import CAPITAL_TAGS, NEVER_NAMES
from newsclaims.extract.names.words import Words

# Labels under which names of people and places hide; the rest (dates, amounts) are none.
NAME_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"}
)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
UNTAGGED = ""
KIND_OF_LABEL = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.ORGANISATION,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
}


class Candidate(NamedTuple):
    """Tokens `start` to `end` (half-open), the model's label or "", and the last rule applied.

    `evidence` is what the user's own lists and rules say of it, or "".
    """

    start: int
    end: int
    label: str
    rule: str = "model"
    evidence: str = ""


def model_candidates(words: Words) -> list[Candidate]:
    """The model's entities that may name people, organisations or places."""
    return [
        Candidate(ent.start, ent.end, ent.label)
        for ent in words.entities
        if ent.label in NAME_LABELS
    ]


def taken_tokens(words: Words) -> bytearray:
    """1 for each token inside an entity of the model, whatever its label."""
    taken = bytearray(len(words))
    for ent in words.entities:
        for token in range(ent.start, ent.end):
            taken[token] = 1
    return taken


def capital_runs(words: Words, taken: bytearray) -> Iterator[Candidate]:
    """Maximal runs of proper nouns outside the model's entities, within a sentence."""
    tags, texts, size = words.tags, words.texts, len(words)
    token = 0
    while token < size:
        named = tags[token] in CAPITAL_TAGS or token in words.title_ends
        if taken[token] or not named or not texts[token][0].isupper():
            token += 1
            continue
        start = token
        token += 1
        while token < size and not words.opens_sentence(token):
            if not taken[token] and words.is_capital(token):
                token += 1
            elif _is_inner_hyphen(words, token, taken):
                token += 2
            else:
                break
        if token - start > 1 or words.lower[start] not in NEVER_NAMES:
            yield Candidate(start, token, UNTAGGED, "capital-run")


def _is_inner_hyphen(words: Words, token: int, taken: bytearray) -> bool:
    """Whether a hyphen without spaces joins the capitals on both of its sides."""
    return (
        words.texts[token] == "-"
        and token + 1 < len(words)
        and not taken[token + 1]
        and words.is_capital(token + 1)
        and words.starts[token] == words.end(token)
        and words.starts[token + 1] == words.end(token + 1)
    )
