"""Pronouns and descriptions that refer to a person of the article, where only one can be meant."""

from collections.abc import Sequence

from pipeline.extract.finds import Name, Offsets
from pipeline.tokens import Tokens

_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself", "He", "His"), "m"),
    **dict.fromkeys(("she", "her", "herself", "She", "Her"), "f"),
}
_NOUN_TAGS = frozenset({"NN", "NNP", "NNS"})


def pronoun_references(tokens: Tokens, people: Sequence[Sequence[Name]]) -> list[list[Offsets]]:
    """For each person the pronouns whose sentence and the one before name nobody else.

    Where a person would get pronouns of both genders, only the more frequent ones are kept.
    """
    found: list[list[Offsets]] = [[] for _ in people]
    mentions = sorted((name.start, person) for person, names in enumerate(people) for name in names)
    if not mentions:
        return found
    previous: set[int] = set()
    here: set[int] = set()
    position = 0
    for word, start, opens in zip(tokens.texts, tokens.starts, tokens.opens, strict=True):
        pronoun = word in _GENDERS
        if not opens and not pronoun:
            continue
        while position < len(mentions) and mentions[position][0] < start:
            here.add(mentions[position][1])
            position += 1
        if opens:
            previous, here = here or previous, set()
        if pronoun and len(candidates := here | previous) == 1:
            found[candidates.pop()].append(Offsets(start, start + len(word)))
    return [_of_one_gender(tokens.text, references) for references in found]


def _of_one_gender(text: str, references: list[Offsets]) -> list[Offsets]:
    genders = [_GENDERS[text[start:end]] for start, end in references]
    female = genders.count("f")
    if 2 * female == len(genders):
        return [] if female else references
    kept = "f" if 2 * female > len(genders) else "m"
    return [
        reference for reference, gender in zip(references, genders, strict=True) if gender == kept
    ]


def description_references(tokens: Tokens, people: Sequence[Sequence[Name]]) -> list[list[Offsets]]:
    """For each person the later "the minister" whose noun stands before this person's name alone.

    Only a noun written directly before a name is taken for a description of that person.
    """
    starts = {name.start: person for person, names in enumerate(people) for name in names}
    owners: dict[str, set[int]] = {}
    named = set()
    for index, offset in enumerate(tokens.starts):
        person = starts.get(offset)
        if person is None or index == 0:
            continue
        named.add(index)
        noun = index - 1
        if tokens.tags[noun] in _NOUN_TAGS and tokens.texts[noun].isalpha():
            owners.setdefault(tokens.lower[noun], set()).add(person)
    found: list[list[Offsets]] = [[] for _ in people]
    for index, text in enumerate(tokens.texts):
        holders = owners.get(text)
        if holders is None or len(holders) != 1 or index + 1 in named:
            continue
        (person,) = holders
        if _is_definite(tokens, index) and tokens.starts[index] > people[person][0].start:
            found[person].append(Offsets(tokens.starts[index - 1], tokens.ends[index]))
    return found


def _is_definite(tokens: Tokens, noun: int) -> bool:
    """Whether this is "the minister" and not the beginning of a longer phrase."""
    if noun == 0 or tokens.lower[noun - 1] != "the":
        return False
    after = noun + 1
    return after == len(tokens) or (
        tokens.lower[after] not in {"of", "for"}
        and tokens.tags[after] not in {"NN", "NNS", "NNP", "POS"}
    )
