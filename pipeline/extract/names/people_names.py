"""Given and family names of many cultures, from the `faker` package (MIT licence).

They are evidence among others: an unlisted name is found by what is said around it.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple


class PeopleNames(NamedTuple):
    """Lower-case names."""

    given: frozenset[str]
    family: frozenset[str]


@cache
def people_names() -> PeopleNames:
    """The names of all locales in Latin letters; takes a fifth of a second, once."""
    given: set[str] = set()
    family: set[str] = set()
    for provider in _providers():
        for attribute, names in vars(provider).items():
            if "first_name" in attribute:
                given.update(_latin(names))
            elif "last_name" in attribute:
                family.update(_latin(names))
    return PeopleNames(frozenset(given), frozenset(family))


def _providers() -> Iterator[type]:
    package = importlib.import_module("faker.providers.person")
    for locale in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        yield importlib.import_module(f"faker.providers.person.{locale}").Provider


def _latin(names: object) -> Iterator[str]:
    """The names of a list, or of a mapping from names to frequencies."""
    if isinstance(names, Iterable) and not isinstance(names, str):
        for name in names:
            if isinstance(name, str) and name[:1].isupper() and name[0] < "ɐ":
                yield name.lower()
