"""A reporting verb itself: whether a word is one, its particle, and its words in the text."""

from collections.abc import Sequence

from newsclaims.extract.statements.scene import Range, Scene
from newsclaims.extract.statements.words import VERBS, Cue, Frames

_AUXILIARIES = frozenset({"aux", "auxpass", "neg"})


def is_verb(scene: Scene, token: int) -> bool:
    """Whether the token is used as a verb."""
    return scene.tag[token].startswith("VB") and scene.dep[token] not in ("amod", "compound", "aux")


def reporting_verbs(scene: Scene) -> list[tuple[int, Frames]]:
    """Each token that is used as a reporting verb, with the frames of its word."""
    words = enumerate(scene.low)
    return [(token, VERBS[low]) for token, low in words if low in VERBS and is_verb(scene, token)]


def cue_of(scene: Scene, verb: int, content: Sequence[Range] = ()) -> Range:
    """The verb with its auxiliaries, negation and particle."""
    start, end = verb, verb + 1
    if verb > 1 and scene.low[verb] == "saying" and scene.low[verb - 1] == "as":
        quoted = scene.head[verb - 1]  # "was quoted as saying"
        start = cue_of(scene, quoted)[0] if quoted == verb - 2 else verb - 1
    for child in scene.children[verb]:
        if child < verb and scene.dep[child] in _AUXILIARIES:
            start = min(start, child)
        elif child == end and scene.dep[child] in ("prt", "neg"):
            end = child + 1
    subject = next((c for c in scene.children[verb] if scene.dep[c].startswith("nsubj")), None)
    if subject is not None and start < subject < verb:  # "Did he say"
        start = verb
    if content and content[0][0] > end and scene.dep[end] == "prep" and content[0][0] == end + 1:
        end += 1
    return start, end


def particle(scene: Scene, verb: int, cue: Cue) -> int | None:
    """The place after the verb and the particle that the cue needs; None where it is missing."""
    if not cue.words:
        return verb + 1
    after = verb + 1
    return after + 1 if after < len(scene.low) and scene.low[after] in cue.words else None
