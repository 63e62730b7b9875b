"""Whether the text reports as a fact: "did not say", "if he says" and "did he say?" do not."""

from newsclaims.extract.statements.scene import Draft, Scene
from newsclaims.schema import StatementModality

_CONDITIONS = frozenset({"if", "unless", "should", "suppose", "supposing", "provided"})
_NOBODY = frozenset({"nobody", "no", "none", "neither", "nothing"})


def modality_of(scene: Scene, draft: Draft) -> StatementModality | None:
    """How the text takes back its report, or None where it does not."""
    if not scene.tag[draft.head].startswith("VB"):
        return None
    if _negated(scene, draft):
        return "negated"
    if _conditional(scene, draft.head):
        return "conditional"
    return "questioned" if _questioned(scene, draft) else None


def _negated(scene: Scene, draft: Draft) -> bool:
    if draft.source is not None and scene.low[draft.source[0]] in _NOBODY:
        return True
    before = scene.low[max(draft.head - 1, 0)]
    return before in ("neither", "nor") or scene.child(draft.head, "neg") is not None


def _conditional(scene: Scene, verb: int) -> bool:
    """Whether the verb, or the one that it is joined to by "and", follows an "if"."""
    while scene.dep[verb] == "conj" and scene.head[verb] < verb:
        verb = scene.head[verb]
    return any(
        scene.low[child] in _CONDITIONS and scene.dep[child] in ("mark", "advmod", "prep")
        for child in scene.children[verb]
        if child < verb
    )


def _questioned(scene: Scene, draft: Draft) -> bool:
    """Whether the report itself is asked: an auxiliary or question word goes before its subject."""
    first, end = scene.sentence[draft.head]
    last = scene.before(end)
    if scene.low[last] != "?" or scene.quoted[last] >= 0:
        return False
    subject = scene.child(draft.head, "nsubj")
    if subject is None or subject > draft.head:
        return False
    return any(
        child < subject and (scene.dep[child] == "aux" or scene.tag[child] in ("WP", "WRB", "WDT"))
        for child in scene.children[draft.head]
        if child >= first
    )
