"""Everything that the gazetteer is compiled from; runs once for each version."""

from newsclaims.resolve.gazetteer.entries import Places


def read_places() -> Places:
    """All places of the packages and of our own tables."""
    # The packages load tables of their own, which a compiled gazetteer makes needless.
    from newsclaims.resolve.gazetteer.packages import add_packages, demonyms
    from newsclaims.resolve.gazetteer.tables import Directory, add_cues, add_forms, add_regions

    places = Places()
    add_packages(places)
    add_regions(places)
    directory = Directory(places)
    add_forms(places, directory)
    add_cues(places, directory, demonyms())
    return places
