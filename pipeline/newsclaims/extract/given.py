"""Mentions that somebody else found, in place of those of the rooms."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from newsclaims.extract.finds import Kind, Name

Given = Mapping[Kind, Sequence[Name]]
NO_MENTIONS: Given = MappingProxyType({})


def with_given(names: Sequence[Name], given: Given) -> list[Name]:
    """`names` with all names of the given kinds replaced; what overlaps a given name goes, too."""
    if not given:
        return list(names)
    taken = [name for mentions in given.values() for name in mentions]
    kept = [
        name
        for name in names
        if name.kind not in given
        and not any(name.start < other.end and other.start < name.end for other in taken)
    ]
    return sorted([*kept, *taken])
