"""Which ids a run has seen, in memory that a million of them do not fill."""

from hashlib import blake2b

from newsclaims.articles.rows import RefusedError


class SeenIds:
    """Ids and where each was first seen, in two small integers an id."""

    _LINES = 40  # bits of a line number; the bits above are the number of the input

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._inputs: dict[str, int] = {}

    def add(self, identity: str, input_: str, line: int | None) -> None:
        """Remember an id. Raises `RefusedError` naming the article that has it already."""
        key = int.from_bytes(blake2b(identity.encode("utf-8"), digest_size=8).digest(), "big")
        number = self._inputs.setdefault(input_, len(self._inputs))
        place = number << self._LINES | (line or 0)
        first = self._places.get(key)
        if first is None:
            self._places[key] = place
        else:
            where = list(self._inputs)[first >> self._LINES]
            first_line = first & ((1 << self._LINES) - 1)
            raise RefusedError(
                "duplicate-id",
                f"the id {identity!r} is already that of {where}"
                + (f", line {first_line}" if first_line else ""),
            )
