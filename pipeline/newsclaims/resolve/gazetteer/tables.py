"""Our own tables of places: what no package holds, written from general knowledge.

``regions.tsv`` (seas, rivers, mountains, regions, landmarks), ``points.tsv`` (where wide divisions
lie) and ``abbreviations.tsv`` (forms compared as written); demonyms are in the lexicon.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from types import MappingProxyType

from newsclaims import lexicon
from newsclaims.resolve.gazetteer.entries import Cue, Entry, Form, Naming, Places
from newsclaims.resolve.gazetteer.names import key_of
from newsclaims.schema import PlaceKind

# A region's rank in regions.tsv: 1 is known to every reader, 3 to readers of its area.
_REGION = MappingProxyType({1: 8.0, 2: 7.0, 3: 5.7})
# How far, in degrees, a row of regions.tsv may lie from the entry that it means.
_REACH = MappingProxyType({"admin1": 1.5, "admin2": 0.5, "city": 0.15})
# A division tells where a text is set when it is large, its name's first sense, and no short word.
_TELLING = 5.7
_LONG_ENOUGH = 4
# A common form written like any name.
_NAME_LIKE = re.compile(r"[A-Z][a-z]{3,}")


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this file; lines that begin with # are comments."""
    table = resources.files("newsclaims.resolve.gazetteer").joinpath(name)
    lines = table.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(
        (line for line in lines if not line.startswith("#")),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )


def add_regions(places: Places) -> None:
    """The rows of ``regions.tsv``; one whose place is there already lends it rank and names."""
    bearers: dict[str | None, list[tuple[Naming, int]]] = defaultdict(list)
    for (key, bearer), naming in places.names.items():
        bearers[key].append((naming, bearer))
    for number, row in enumerate(read_table("regions.tsv"), 1):
        region = _region(-number, row)
        aliases = row["aliases"].split("|") if row["aliases"] else []
        twins = [
            (naming, -entry.prior, entry.id)
            for naming, bearer in bearers.get(key_of(region.name), ())
            if _is_twin(entry := places.entries[bearer], region)
        ]
        twin = places.entries[min(twins)[-1]] if twins else region
        places.entries[twin.id] = twin._replace(prior=max(twin.prior, region.prior))
        for name in (region.name, *aliases):
            places.name(twin.id, name, Naming.OWN)


def _region(number: int, row: dict[str, str]) -> Entry:
    kind: PlaceKind = "feature" if row["kind"] == "feature" else "region"
    return Entry(
        number,
        row["name"],
        kind,
        row["country"] or None,
        0,
        0,
        float(row["latitude"]),
        float(row["longitude"]),
        0,
        _REGION[int(row["rank"])],
    )


def _is_twin(entry: Entry, region: Entry) -> bool:
    """Whether an entry is the place that a row of regions means: near it, for its size."""
    reach = _REACH.get(entry.kind, 0.0)
    return (
        entry.country == region.country
        and abs(entry.latitude - region.latitude) < reach
        and abs(entry.longitude - region.longitude) < reach
    )


class Directory:
    """Places by name, kind and country, as the tables refer to them."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._bearers: dict[tuple[str, str, str | None], Entry] = {}
        self._best: dict[str, float] = {}
        for key, number in places.names:
            entry = places.entries[number]
            for meaning in ((key, entry.kind, entry.country), (key, entry.kind, None)):
                if meaning not in self._bearers or entry.prior > self._bearers[meaning].prior:
                    self._bearers[meaning] = entry
            self._best[key] = max(self._best.get(key, 0.0), entry.prior)

    def entry(self, name: str, kind: str, country: str | None) -> Entry | None:
        """The likeliest place of this name and kind, in this country or in any."""
        return self._bearers.get((key_of(name) or "", kind, country or None))

    def telling(self) -> Iterator[Entry]:
        """Countries, and divisions whose names are long and mean nothing likelier."""
        for entry in self._places.entries.values():
            if entry.kind == "country" or (
                entry.kind == "admin1"
                and entry.prior >= _TELLING
                and entry.prior >= self._best[key_of(entry.name) or ""]
                and len(entry.name) >= _LONG_ENOUGH
            ):
                yield entry


def add_forms(places: Places, directory: Directory) -> None:
    """The forms of ``abbreviations.tsv``. Raises `LookupError` for a place that is not there.

    One that is written as names are is a name among others: Palestine is a town in Texas as well.
    """
    for row in read_table("abbreviations.tsv"):
        entry = _meant(directory, row["name"], row["kind"], row["country"])
        if row["style"] == "common" and _NAME_LIKE.fullmatch(row["form"]):
            places.name(entry.id, row["form"], Naming.OWN)
        else:
            places.forms.append(Form(row["form"], entry.id, row["style"] == "postal"))


def add_cues(
    places: Places, directory: Directory, demonyms: Iterable[tuple[str, str, str]]
) -> None:
    """Names of countries and divisions, then demonyms, ours last; of one word the last is kept."""
    words = {entry.name: entry.id for entry in directory.telling()}
    for word, name, country in demonyms:
        entry = directory.entry(name, "country", country)
        if entry is not None and len(word) >= _LONG_ENOUGH:
            words[word] = entry.id
    for word, (place,) in lexicon.values("places.demonyms").items():
        words[word] = _meant(directory, *place.split(", ")).id
    places.cues.extend(Cue(word, words[word]) for word in sorted(words))


def _meant(directory: Directory, name: str, kind: str, country: str = "") -> Entry:
    entry = directory.entry(name, kind, country)
    if entry is None:
        raise LookupError(f"no {kind} {name!r} of {country or 'any country'}")
    return entry
