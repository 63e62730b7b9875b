"""Phrases that a verb reports: infinitives, objects, and what prepositions name."""

from newsclaims.extract.statements.asides import without_aside
from newsclaims.extract.statements.cue import particle
from newsclaims.extract.statements.scene import Contents, Scene, one
from newsclaims.extract.statements.sources import agent_head, is_passive, source_of
from newsclaims.extract.statements.words import Cue

_TO = "to"
_PUTTING = frozenset({"put", "puts", "putting"})
_OF_OBJECT = frozenset({"prep", "oprd", "xcomp", "npadvmod", "dative", "acl", "advmod", "ccomp"})


def infinitive(scene: Scene, verb: int, _cue: Cue) -> Contents:
    """The infinitive of "plans to leave", whose subject is the source."""
    if is_passive(scene, verb):
        return ()
    for child in scene.children[verb]:
        if child > verb and scene.dep[child] in ("xcomp", "ccomp", "advcl"):
            start, end = scene.subtree(child)
            if scene.low[child] == "comment":  # who declines to comment says nothing
                return ()
            if start > verb and _has_to(scene, child) and not _addressee(scene, verb):
                return one(scene.phrase(start, end))
    return ()


def _has_to(scene: Scene, verb: int) -> bool:
    return any(scene.low[c] == _TO and scene.dep[c] == "aux" for c in scene.children[verb])


def _addressee(scene: Scene, verb: int) -> bool:
    return any(c > verb and scene.dep[c] in ("dobj", "dative") for c in scene.children[verb])


def order(scene: Scene, verb: int, cue: Cue) -> Contents:
    """The one who is asked and the infinitive of "urged them to leave"."""
    after = particle(scene, verb, cue)
    if after is None:
        return ()
    for child in scene.children[verb]:
        if child <= verb or scene.dep[child] not in ("xcomp", "ccomp", "advcl"):
            continue
        to = next((c for c in scene.children[child] if scene.low[c] == _TO and c < child), None)
        if to is not None and to >= after and is_passive(scene, verb):
            return _of_subject(scene, verb, child)
        if to is not None and to > after:
            start = to - 1 if scene.low[to - 1] in ("not", "never") else to
            start = min([start, *_addressed(scene, verb, child, after)])
            return one(without_aside(scene, scene.phrase(start, scene.subtree(child)[1])))
    return ()


def _addressed(scene: Scene, verb: int, infinitive: int, after: int) -> list[int]:
    """Where the noun phrase begins that is asked or told to do something."""
    nouns = [c for c in scene.children[verb] if scene.dep[c] in ("dobj", "dative")]
    nouns += [c for c in scene.children[infinitive] if scene.dep[c] == "nsubj"]
    nouns += [
        noun
        for c in scene.children[verb]
        if after - 1 == c and scene.dep[c] == "prep" and (noun := scene.child(c, "pobj"))
    ]
    starts = [scene.subtree(noun)[0] for noun in nouns if after <= noun < infinitive]
    return [start for start in starts if start >= after]


def raised(scene: Scene, verb: int, _cue: Cue) -> Contents:
    """The subject and the infinitive of "the bridge is expected to close"."""
    if not is_passive(scene, verb):
        return ()
    for child in scene.children[verb]:
        infinitive = scene.dep[child] in ("xcomp", "ccomp") and _has_to(scene, child)
        if child > verb and (infinitive or scene.dep[child] == "oprd"):
            return _of_subject(scene, verb, child)
    return ()


def passive_regard(scene: Scene, verb: int, _cue: Cue) -> Contents:
    """The subject and the complement of "the bridge is seen as a risk"."""
    if not is_passive(scene, verb) or scene.child(verb, "nsubjpass") is None:
        return ()
    for child in scene.children[verb]:
        if child > verb and (scene.dep[child] == "oprd" or _begins_with_as(scene, child)):
            return _of_subject(scene, verb, child)
    return ()


def _begins_with_as(scene: Scene, child: int) -> bool:
    return scene.dep[child] in ("prep", "advcl") and scene.low[scene.subtree(child)[0]] == "as"


def _of_subject(scene: Scene, verb: int, complement: int) -> Contents:
    """The subject of a passive, where there is one, and a complement after the verb."""
    start, end = scene.subtree(complement)
    tail = one(scene.phrase(max(start, verb + 1), end))
    subject = scene.child(verb, "nsubjpass", "nsubj")
    if subject is None or subject > verb:
        return tail
    return one(scene.phrase(*scene.subtree(subject))) + tail


def told_about(scene: Scene, verb: int, cue: Cue) -> Contents:
    """What a preposition names in "warned them of floods"."""
    named = scene.child(verb, "dobj", "dative", "nsubjpass")
    if named is None:
        return ()
    near = [*scene.children[verb], *scene.children[named]]
    agent = agent_head(scene, verb)
    if agent is not None:  # the parser hangs "of fraud" on "farmers" in "accused by farmers of"
        near += scene.children[agent]
    return _after_preposition(scene, near, verb, cue)


def blamed(scene: Scene, verb: int, cue: Cue) -> Contents:
    """The one who is blamed and the reason of "accused him of fraud"."""
    content = told_about(scene, verb, cue)
    named = scene.child(verb, "dobj", "nsubjpass")
    if not content or named is None:
        return ()
    if scene.low[verb] in _PUTTING and "CD" not in scene.tag[slice(*content[0])]:
        return ()  # "put him at ease"
    start, end = scene.subtree(named)
    if named > verb:
        return one(without_aside(scene, scene.phrase(start, content[0][1])))
    preposition = content[0][0] - 1
    return one(scene.phrase(start, end)) + one(scene.phrase(preposition, content[0][1]))


def preposition(scene: Scene, verb: int, cue: Cue) -> Contents:
    """What a preposition names in "called for a vote"."""
    if is_passive(scene, verb) and scene.low[verb] != "asked":
        return ()
    if scene.child(verb, "dobj") is not None:
        return ()
    return _after_preposition(scene, scene.children[verb], verb, cue)


def _after_preposition(scene: Scene, children: list[int], verb: int, cue: Cue) -> Contents:
    for child in children:
        if child > verb and scene.low[child] in cue.words and scene.dep[child] != "aux":
            noun = scene.child(child, "pobj", "pcomp")
            if noun is not None and noun > child:
                topic = scene.phrase(child + 1, scene.subtree(noun)[1])
                return one(without_aside(scene, topic))
    return ()


def objects(scene: Scene, verb: int, cue: Cue) -> Contents:
    """The object of "criticised the plan", with what is said of it."""
    after = particle(scene, verb, cue)
    if after is None or is_passive(scene, verb):
        return ()
    for child in scene.children[verb]:
        gerund = scene.dep[child] in ("xcomp", "pcomp", "advcl") and (
            "VBG" in (scene.tag[child], scene.tag[scene.subtree(child)[0]])
        )
        if child >= after and (scene.dep[child] in ("dobj", "ccomp", "oprd") or gerund):
            start, end = scene.subtree(child)
            if start >= verb + 1 and not _as_saying(scene, verb, child):
                whole = scene.phrase(max(start, after), _object_end(scene, verb, end))
                return one(without_aside(scene, whole))
    return ()


def _as_saying(scene: Scene, verb: int, named: int) -> bool:
    """Whether the object is quoted itself: "quoted the envoy as saying"."""
    for child in [*scene.children[verb], *scene.children[named]]:
        saying = scene.child(child, "pcomp") if scene.low[child] == "as" else None
        if saying is not None and scene.low[saying] == "saying":
            return True
    return False


def regarded(scene: Scene, verb: int, cue: Cue) -> Contents:
    """An object with what it is taken for."""
    content = objects(scene, verb, cue)
    if not content:
        return ()
    children = [*scene.children[verb]]
    named = scene.child(verb, "dobj", "ccomp")
    children += scene.children[named] if named is not None else []
    taken = any(
        c > verb and (scene.dep[c] == "oprd" or scene.low[scene.subtree(c)[0]] == "as")
        for c in children
    )
    small = named is not None and scene.dep[named] == "ccomp" and _verbless(scene, named)
    return content if taken or small else ()


def _verbless(scene: Scene, clause: int) -> bool:
    """Whether a clause is one like "the plan a mistake"."""
    return not scene.tag[clause].startswith(("VB", "MD"))


def _object_end(scene: Scene, verb: int, end: int) -> int:
    """The end of an object with what is said of it: "the plan as a mistake", "the plan “mad”"."""
    for child in scene.children[verb]:
        start, stop = scene.subtree(child)
        as_clause = scene.dep[child] == "advcl" and scene.low[start] in ("as", "unless", "if")
        if start == end and (scene.dep[child] in _OF_OBJECT or as_clause):
            end = stop
    quotation = scene.opened_at(end) if end < scene.sentence[verb][1] else None
    return quotation.end if quotation else end


def passive_object(scene: Scene, verb: int, cue: Cue) -> Contents:
    """The subject of "the plan was criticised by farmers", with what is said of it."""
    subject = scene.child(verb, "nsubjpass")
    if subject is None or subject > verb or particle(scene, verb, cue) is None:
        return ()
    if source_of(scene, verb) is None:
        return ()
    return passive_regard(scene, verb, cue) or one(scene.phrase(*scene.subtree(subject)))
