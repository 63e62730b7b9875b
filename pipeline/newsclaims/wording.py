"""How messages put numbers into words."""


def plural(count: int, one: str, many: str = "") -> str:
    """So many things; `many` is for a word that takes no s.

    >>> plural(1, "article"), plural(0, "article"), plural(2, "loss", "losses")
    ('1 article', '0 articles', '2 losses')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"
