"""Mentions of one person or organisation -> one row."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.finds import Name, Offsets


class Cluster(NamedTuple):
    """All mentions of one entity in the order of the text, and the fullest of them."""

    name: Name
    mentions: tuple[Name, ...]
    references: tuple[Offsets, ...] = ()


def group_people(doc: Doc, people: Sequence[Name]) -> list[Cluster]:
    """One cluster a person, by first mention."""
    return _by_text(doc, people)


def group_organisations(doc: Doc, organisations: Sequence[Name]) -> list[Cluster]:
    """One cluster an organisation, by first mention."""
    return _by_text(doc, organisations)


def _by_text(doc: Doc, names: Sequence[Name]) -> list[Cluster]:
    clusters: dict[str, list[Name]] = {}
    for name in names:
        clusters.setdefault(doc.text[name.start : name.end], []).append(name)
    return [Cluster(mentions[0], tuple(mentions)) for mentions in clusters.values()]
