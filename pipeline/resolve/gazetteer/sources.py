"""Everything that the gazetteer is compiled from; runs once for each version."""

from pipeline.resolve.gazetteer.entries import Places
from pipeline.resolve.gazetteer.packages import add_packages, demonyms
from pipeline.resolve.gazetteer.tables import Directory, add_cues, add_forms, add_regions


def read_places() -> Places:
    """All places of the packages and of our own tables."""
    places = Places()
    add_packages(places)
    add_regions(places)
    directory = Directory(places)
    add_forms(places, directory)
    add_cues(places, directory, demonyms())
    return places
