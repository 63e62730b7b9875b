"""Who speaks: the noun phrase that a reporting word has as its subject, however far away."""

from pipeline.extract.statements.scene import Range, Scene
from pipeline.extract.statements.words import DOCUMENTS, VERBS, Frame

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_CLIMB = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "acomp", "attr"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_HIGHEST = 5  # steps from a verb to the one whose subject it shares


def source_of(scene: Scene, verb: int) -> Range | None:
    """The noun phrase of the one who says what `verb` reports, or None where nobody is named."""
    if is_passive(scene, verb):
        return agent_of(scene, verb)
    return active_source(scene, verb)


def active_source(scene: Scene, verb: int) -> Range | None:
    """The subject of `verb`, or of the verb that it hangs on."""
    at = verb
    for _ in range(_HIGHEST):
        subject = next((c for c in scene.children[at] if scene.dep[c] in _SUBJECTS), None)
        if subject is not None:
            return _subject_phrase(scene, at, subject, verb)
        dep, head = scene.dep[at], scene.head[at]
        if dep == "acl" and scene.low[head] in DOCUMENTS and scene.dep[head] in ("dobj", "pobj"):
            at = scene.head[head] if scene.dep[head] == "dobj" else scene.head[scene.head[head]]
            if at < head and scene.tag[at].startswith("VB"):
                continue
        if dep in ("acl", "relcl"):
            return noun_phrase(scene, head, verb)
        if dep not in _CLIMB or head == at:
            return None
        if dep == "xcomp" and (controller := scene.child(head, "dobj", "dative")) is not None:
            if controller < at and Frame.ORDER in VERBS.get(scene.low[head], {}):
                return noun_phrase(scene, controller, verb)
        if dep == "ccomp" and scene.tag[at] not in ("VB", "VBG"):
            return None
        at = head
    return None


def _subject_phrase(scene: Scene, at: int, subject: int, verb: int) -> Range | None:
    if scene.dep[at] == "relcl" and scene.low[subject] in _RELATIVE:
        return noun_phrase(scene, scene.head[at], verb)
    if scene.low[subject] in ("it", "there") and scene.dep[subject] == "expl":
        return None
    return noun_phrase(scene, subject, verb)


def agent_of(scene: Scene, verb: int) -> Range | None:
    """The noun phrase after the "by" of a passive."""
    for child in scene.children[verb]:
        if scene.low[child] == "by" and child > verb:
            noun = scene.child(child, "pobj")
            if noun is not None:
                return noun_phrase(scene, noun, verb)
    return None


def is_passive(scene: Scene, verb: int) -> bool:
    """Whether the verb is a passive participle."""
    if scene.tag[verb] not in ("VBN", "VBD"):
        return False
    if any(scene.dep[child] in ("auxpass", "nsubjpass") for child in scene.children[verb]):
        return True
    return (
        scene.tag[verb] == "VBN"
        and scene.dep[verb] in ("acl", "amod", "advcl")
        and not any(scene.dep[child] in ("aux", "nsubj") for child in scene.children[verb])
    )


def noun_phrase(scene: Scene, noun: int, verb: int) -> Range | None:
    """All that hangs on `noun`, without the part that `verb` stands in, loose ends trimmed."""
    start, end = scene.subtree(noun)
    if noun < verb < end:
        end = verb
        for child in scene.children[noun]:
            low, high = scene.subtree(child)
            if low <= verb < high and low > noun:
                end = low
    elif start <= verb < noun:
        start = verb + 1
    return scene.trim((start, end))
