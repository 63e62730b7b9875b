"""Given and family names of many cultures, from the `faker` package (MIT licence).

They are evidence among others: an unlisted name is found by what is said around it.
"""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

# A given name is a man's when it is on so many times more lists of men's than of women's names.
_CLEARLY = 4


class PeopleNames(NamedTuple):
    """Lower-case names; `genders` holds "m" or "f" for given names of one gender alone."""

    given: frozenset[str]
    family: frozenset[str]
    genders: Mapping[str, str]


@cache
def people_names() -> PeopleNames:
    """The names of all locales in Latin letters; takes a fifth of a second, once."""
    given: set[str] = set()
    family: set[str] = set()
    men: Counter[str] = Counter()
    women: Counter[str] = Counter()
    for provider in _providers():
        for attribute, names in vars(provider).items():
            if "first_name" in attribute:
                latin = set(_latin(names))
                given |= latin
                if "male" in attribute:
                    (women if "female" in attribute else men).update(latin)
            elif "last_name" in attribute:
                family.update(_latin(names))
    genders = {name: "m" for name in men if men[name] >= _CLEARLY * women[name]}
    genders |= {name: "f" for name in women if women[name] >= _CLEARLY * men[name]}
    return PeopleNames(frozenset(given), frozenset(family), genders)


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
