"""Pronouns and descriptions that refer to a person of the article, where only one can be meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from newsclaims.extract.finds import Name, Offsets
from newsclaims.records import Reference
from newsclaims.resolve.genders import PRONOUNS
from newsclaims.schema import Organisation, Person, Statement
from newsclaims.text.tokens import Tokens

_FORMS = {form: PRONOUNS[word] for word in PRONOUNS for form in (word, word.capitalize())}
_NOUN_TAGS = frozenset({"NN", "NNP"})


def pronoun_references(
    tokens: Tokens, people: Sequence[Sequence[Name]], genders: Sequence[str | None]
) -> list[list[Offsets]]:
    """For each person the pronouns that can mean nobody else.

    Others named in the sentence and the one before are in the way, unless their `genders` forbid it
    or the pronoun's gender is known of this person alone; a pronoun counts as naming its person.
    Where a person would get pronouns of both genders, only the more frequent ones are kept.
    """
    found: list[list[Offsets]] = [[] for _ in people]
    mentions = sorted((name.start, person) for person, names in enumerate(people) for name in names)
    if not mentions:
        return found
    previous: set[int] = set()
    here: set[int] = set()
    position = 0
    for word, start, opens in zip(tokens.texts, tokens.starts, tokens.begins, strict=True):
        pronoun = word in _FORMS
        if not opens and not pronoun:
            continue
        while position < len(mentions) and mentions[position][0] < start:
            here.add(mentions[position][1])
            position += 1
        if opens:
            previous, here = here or previous, set()
        if not pronoun:
            continue
        person = _only_one(here | previous, genders, _FORMS[word])
        if person is not None:
            found[person].append(Offsets(start, start + len(word)))
            here.add(person)
    return [_of_one_gender(tokens.text, references) for references in found]


def _only_one(people: Collection[int], genders: Sequence[str | None], gender: str) -> int | None:
    """The only one of this gender, or the only one who may be."""
    fitting = [person for person in people if genders[person] in (None, gender)]
    known = [person for person in fitting if genders[person] == gender]
    for candidates in (fitting, known):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _of_one_gender(text: str, references: list[Offsets]) -> list[Offsets]:
    genders = [_FORMS[text[start:end]] for start, end in references]
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


_Row = TypeVar("_Row", Person, Organisation)
_REFERRING = frozenset({"pronoun", "title", "description"})


def with_sources(text: str, rows: Sequence[_Row], statements: Iterable[Statement]) -> list[_Row]:
    """The rows with the pronouns and descriptions that statements were linked to them by.

    What else was taken for a reference at the same place gives way.
    """
    linked = {
        said.source.start: said
        for said in statements
        if said.source is not None and said.speaker_reason in _REFERRING
    }
    sources: dict[str, list[Reference]] = {}
    for start, said in sorted(linked.items()):
        if said.source is not None and said.speaker is not None:
            reference = Reference.of(text, start, said.source.end)
            sources.setdefault(said.speaker, []).append(reference)
    return [
        _referred_to(row, [one for one in row.references if one.start not in linked], sources)
        for row in rows
    ]


def _referred_to(
    row: _Row, kept: Sequence[Reference], sources: Mapping[str, Sequence[Reference]]
) -> _Row:
    """The row with these references and its sources, in the order of the text."""
    references = sorted([*kept, *sources.get(row.id, ())], key=lambda reference: reference.start)
    return row.model_copy(update={"references": tuple(references)})
