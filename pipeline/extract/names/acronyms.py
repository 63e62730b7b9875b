"""Acronyms introduced in brackets: "the Harbour Trust (HT)" names what its full form names."""

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.finds import Kind
from pipeline.extract.names.candidates import Candidate
from pipeline.extract.names.words import Words

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,4}|[A-Z]{2,8}")
_PARTS = re.compile(r"[^\W_]+")


def introduced_acronyms(
    words: Words, candidates: Sequence[Candidate], kinds: Sequence[Kind | None]
) -> Mapping[str, Kind]:
    """Each acronym that stands in brackets behind its full form, with the kind of that form."""
    found: dict[str, Kind] = {}
    for candidate, kind in zip(candidates, kinds, strict=True):
        opening = candidate.end
        if (
            kind is None
            or opening + 2 >= len(words)
            or words.texts[opening] != "("
            or words.texts[opening + 2] != ")"
        ):
            continue
        acronym = words.texts[opening + 1]
        full = words.text[words.starts[candidate.start] : words.end(candidate.end)]
        if _ACRONYM.fullmatch(acronym) and _initials_spell(full, acronym):
            found.setdefault(acronym, kind)
    return found


def _initials_spell(full: str, acronym: str) -> bool:
    """Whether the words' first letters give the acronym, little words left out or not."""
    parts = _PARTS.findall(full)
    letters = acronym.lower()
    every = "".join(part[0] for part in parts).lower()
    capitals = "".join(part[0] for part in parts if part[0].isupper()).lower()
    return letters in {every, capitals}
