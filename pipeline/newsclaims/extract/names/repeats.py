"""Names that the article has already shown, found again where nothing marked them."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from newsclaims.extract.finds import Kind, Name
from newsclaims.extract.names.acronyms import Introduced
from newsclaims.extract.names.candidates import Candidate
from newsclaims.extract.names.vocabulary import SUFFIXES, TITLES
from newsclaims.extract.names.words import Words

# Shorter ones collide with words in capitals ("IT", "US").
_SHORTEST = 3


def repeated_names(
    words: Words,
    names: Sequence[Name],
    judged: Sequence[Candidate],
    acronyms: Mapping[str, Introduced],
) -> list[Name]:
    """Further mentions of people and places among `names`, outside of them.

    What has been judged is not taken up again, but for capitals, where labels are guesses, and
    for a place's name standing alone.
    A word that the tagger missed must have the known form; in a line of capitals the letters
    decide alone.
    """
    known = _known(words, names, acronyms)
    covered = _covered(words, names)
    sites = {words.text[name.start : name.end] for name in names if name.kind is Kind.PLACE}
    for candidate in judged:
        if words.written(candidate.start, candidate.end) in sites:
            continue
        for token in range(candidate.start, candidate.end):
            covered[token] |= not words.texts[token].isupper()
    found: list[Name] = []
    done = 0
    for token, word in enumerate(words.lower):
        if word not in known or covered[token] or token < done:
            continue
        match = _match(words, token, known[word], covered)
        if match is not None:
            length, kind = match
            done = token + length
            found.append(Name(words.starts[token], words.end(done), kind, "repeat"))
    return found


Forms = list[tuple[tuple[str, ...], tuple[str, ...], Kind]]
Known = dict[str, Forms]


def _known(words: Words, names: Sequence[Name], acronyms: Mapping[str, Introduced]) -> Known:
    """The known names by their first word, lower case; the longest of each first."""
    forms: dict[tuple[str, ...], Kind] = {}
    for name in names:
        if name.kind is Kind.ORGANISATION:
            continue
        parts = tuple(words.text[name.start : name.end].split())
        forms.setdefault(parts, name.kind)
        surname = parts[:-1] if parts[-1].lower() in SUFFIXES else parts
        if name.kind is Kind.PERSON and len(surname) > 1:
            forms.setdefault(surname[-1:], name.kind)
    known: Known = {}
    for acronym, (kind, _) in acronyms.items():
        known.setdefault(acronym.lower(), []).append(((acronym,), (acronym.lower(),), kind))
    for parts, kind in forms.items():
        if len("".join(parts)) >= _SHORTEST and parts[0][:1].isupper():
            lower = tuple(part.lower() for part in parts)
            known.setdefault(lower[0], []).append((parts, lower, kind))
    for entries in known.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return known


def _covered(words: Words, names: Sequence[Name]) -> bytearray:
    covered = bytearray(len(words))
    for name in names:
        first, end = (bisect_left(words.starts, offset) for offset in (name.start, name.end))
        covered[first:end] = b"\1" * (end - first)
    return covered


def _match(words: Words, token: int, entries: Forms, covered: bytearray) -> tuple[int, Kind] | None:
    if not words.texts[token][:1].isupper():
        return None
    for parts, lower, kind in entries:
        end = token + len(parts)
        if end > len(words) or any(covered[token:end]):
            continue
        texts = tuple(words.texts[token:end])
        in_capitals = all(text.isupper() for text in texts) and _line_of_capitals(words, token)
        if tuple(words.lower[token:end]) != lower:
            continue
        if in_capitals or (texts == parts and not _part_of_longer(words, token, end)):
            return len(parts), kind
    return None


def _part_of_longer(words: Words, start: int, end: int) -> bool:
    """Whether a capital stands directly before, or behind a possessive: another name's part."""
    before, after = words.before(start), words.after(end)
    if before >= 0 and before == start - 1 and words.is_capital(before):
        return words.lower[before] not in TITLES
    return (
        after >= 0
        and words.lower[after] in {"'s", "’s"}
        and after + 1 < len(words)
        and words.is_capital(after + 1)
    )


def _line_of_capitals(words: Words, token: int) -> bool:
    """Whether the words around are in capitals too, as in a headline."""
    near = [
        text
        for text in words.texts[max(0, token - 4) : token + 5]
        if text.isalpha() and len(text) > 1
    ]
    return len(near) > 2 and sum(text.isupper() for text in near) > 0.7 * len(near)
