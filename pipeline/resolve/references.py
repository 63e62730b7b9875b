"""Pronouns and descriptions that refer to a person of the article, where only one can be meant."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.extract.finds import Name, Offsets

_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself", "He", "His"), "m"),
    **dict.fromkeys(("she", "her", "herself", "She", "Her"), "f"),
}
_NOUN_TAGS = frozenset({"NN", "NNP", "NNS"})


def pronoun_references(doc: Doc, people: Sequence[Sequence[Name]]) -> list[list[Offsets]]:
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
    texts = [token.text for token in doc]
    for index, opens in enumerate(doc.to_array("SENT_START").tolist()):
        pronoun = texts[index] in _GENDERS
        if opens != 1 and not pronoun:
            continue
        start = doc[index].idx
        while position < len(mentions) and mentions[position][0] < start:
            here.add(mentions[position][1])
            position += 1
        if opens == 1:
            previous, here = here or previous, set()
        if pronoun and len(candidates := here | previous) == 1:
            found[candidates.pop()].append(Offsets(start, start + len(texts[index])))
    text = doc.text  # made anew at each call
    return [_of_one_gender(text, references) for references in found]


def _of_one_gender(text: str, references: list[Offsets]) -> list[Offsets]:
    genders = [_GENDERS[text[start:end]] for start, end in references]
    female = genders.count("f")
    if 2 * female == len(genders):
        return [] if female else references
    kept = "f" if 2 * female > len(genders) else "m"
    return [
        reference for reference, gender in zip(references, genders, strict=True) if gender == kept
    ]


def description_references(doc: Doc, people: Sequence[Sequence[Name]]) -> list[list[Offsets]]:
    """For each person the later "the minister" whose noun stands before this person's name alone.

    Only a noun written directly before a name is taken for a description of that person.
    """
    starts = {name.start: person for person, names in enumerate(people) for name in names}
    owners: dict[str, set[int]] = {}
    named = set()
    for index, offset in enumerate([token.idx for token in doc]):
        person = starts.get(offset)
        if person is None or index == 0:
            continue
        named.add(index)
        noun = doc[index - 1]
        if noun.tag_ in _NOUN_TAGS and noun.is_alpha:
            owners.setdefault(noun.lower_, set()).add(person)
    found: list[list[Offsets]] = [[] for _ in people]
    for index, text in enumerate([token.text for token in doc]):
        holders = owners.get(text)
        if holders is None or len(holders) != 1 or index + 1 in named:
            continue
        (person,) = holders
        noun = doc[index]
        if _is_definite(noun) and noun.idx > people[person][0].start:
            article = doc[index - 1]
            found[person].append(Offsets(article.idx, noun.idx + len(noun)))
    return found


def _is_definite(noun: Token) -> bool:
    """Whether this is "the minister" and not the beginning of a longer phrase."""
    doc = noun.doc
    if noun.i == 0 or doc[noun.i - 1].lower_ != "the":
        return False
    following = doc[noun.i + 1] if noun.i + 1 < len(doc) else None
    return following is None or (
        following.lower_ not in {"of", "for"} and following.tag_ not in {"NN", "NNS", "NNP", "POS"}
    )
