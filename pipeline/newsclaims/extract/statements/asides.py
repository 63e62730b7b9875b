"""Where the writer goes on after what somebody said: asides and concessions at a content's end."""

from newsclaims.extract.statements.scene import Range, Scene

_MARKS = frozenset({",", "-", "–", "—", "--"})
_LONGEST = 150  # tokens of an aside; the bound keeps the time linear in any text
_CONCESSIONS = frozenset(
    {"while", "even", "although", "though", "whereas", "compared", "despite", "contrary"}
)


def without_aside(scene: Scene, phrase: Range | None) -> Range | None:
    """The phrase without a relative clause behind a comma at its end: the writer's own aside."""
    return _cut_at(scene, phrase, ("relcl",)) if phrase else None


def without_concession(scene: Scene, phrase: Range | None) -> Range | None:
    """The phrase without a comparison or concession at its end, which is the writer's.

    "She said the bridge was safe, although two lanes were shut."
    """
    if phrase is None:
        return None
    return _cut_at(scene, phrase, ("advcl", "prep"), _CONCESSIONS)


def _cut_at(
    scene: Scene, phrase: Range, deps: tuple[str, ...], words: frozenset[str] | None = None
) -> Range | None:
    """The phrase up to a dependent at its end behind a comma or dash, begun by one of `words`."""
    start, end = phrase
    cut = end
    for token in range(max(start + 1, end - _LONGEST), end):
        if scene.dep[token] in deps:
            low, high = scene.subtree(token)
            if words is not None and scene.low[low] not in words:
                continue
            while high < end and scene.loose(high):
                high += 1
            if high >= end and start < low - 1 < cut and scene.low[low - 1] in _MARKS:
                cut = low - 1
    return scene.phrase(start, cut) if cut < end else phrase
