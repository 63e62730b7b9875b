"""Verbs with what they report: clauses, infinitives, objects and prepositional phrases."""

from collections.abc import Callable, Iterator

from pipeline.extract.statements.scene import Draft, Range, Scene
from pipeline.extract.statements.sources import (
    active_source,
    is_passive,
    is_reporting,
    resumes,
    source_of,
)
from pipeline.extract.statements.words import VERBS, Cue, Frame, Frames

RULES = (
    "clause",
    "order",
    "infinitive",
    "raised-passive",
    "told-about",
    "blame",
    "preposition",
    "regard",
    "object",
    "passive-object",
)

Contents = tuple[Range, ...]
_TO = "to"
_ASIDE_MARKS = frozenset({",", "-", "–", "—", "--"})
_FURTHEST = 25  # tokens between a verb and the "that" of its clause
_COMPLEMENTS = ("ccomp",)
_AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
_OF_OBJECT = frozenset({"prep", "oprd", "xcomp", "npadvmod", "dative", "acl", "advmod", "ccomp"})


def verb_reports(scene: Scene) -> Iterator[Draft]:
    """A draft for each verb that takes what it reports as a complement."""
    for verb, word in enumerate(scene.low):
        frames = VERBS.get(word)
        if frames is None or not is_verb(scene, verb):
            continue
        draft = verb_report(scene, verb, frames)
        if draft is not None:
            yield draft


def is_verb(scene: Scene, token: int) -> bool:
    """Whether the token is used as a verb."""
    return scene.tag[token].startswith("VB") and scene.dep[token] not in ("amod", "compound", "aux")


def verb_report(scene: Scene, verb: int, frames: Frames) -> Draft | None:
    """The first frame of the verb that the sentence fills."""
    for frame, rule, take in _FRAMES:
        for cue in frames.get(frame, ()):
            content = take(scene, verb, cue)
            if content:
                source = source_of(scene, verb)
                return Draft(verb, cue_of(scene, verb, content), source, content, rule, cue.sort)
    return None


def cue_of(scene: Scene, verb: int, content: Contents = ()) -> Range:
    """The verb with its auxiliaries, negation and particle."""
    start, end = verb, verb + 1
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


def without_aside(scene: Scene, phrase: Range | None) -> Range | None:
    """The phrase without a relative clause behind a comma at its end: the writer's own aside."""
    return _cut_at(scene, phrase, ("relcl",)) if phrase else None


def _cut_at(
    scene: Scene, phrase: Range, deps: tuple[str, ...], words: frozenset[str] | None = None
) -> Range | None:
    """The phrase up to a dependent at its end behind a comma or dash, begun by one of `words`."""
    start, end = phrase
    cut = end
    for token in range(start + 1, end):
        if scene.dep[token] in deps:
            low, high = scene.subtree(token)
            if words is not None and scene.low[low] not in words:
                continue
            while high < end and scene.loose(high):
                high += 1
            if high >= end and start < low - 1 < cut and scene.low[low - 1] in _ASIDE_MARKS:
                cut = low - 1
    return scene.phrase(start, cut) if cut < end else phrase


def _one(phrase: Range | None) -> Contents:
    return (phrase,) if phrase else ()


def _clause(scene: Scene, verb: int, cue: Cue) -> Contents:
    if particle(scene, verb, cue) is None:
        return ()
    for child in scene.children[verb]:
        if child > verb and (scene.dep[child] in _COMPLEMENTS or _question(scene, verb, child)):
            start, end = scene.subtree(child)
            resumed = resumption(scene, verb, child)
            if resumed is not None:
                return _one(scene.phrase(max(start, verb + 1), resumed))
            end = _with_coordinate(scene, verb, _with_adjuncts(scene, verb, end))
            return _one(_without_concession(scene, scene.phrase(max(start, verb + 1), end)))
    return _that_clause(scene, verb)


def _with_coordinate(scene: Scene, verb: int, end: int) -> int:
    """The end of a clause with a second one that the parser hung on the reporting verb.

    "She said the bridge was safe, but it would close": a pronoun or a modal verb goes on with what
    was said; a new noun phrase in the past tense may as well be the writer's own sentence.
    """
    for child in scene.children[verb]:
        if scene.dep[child] != "conj" or child < end or is_reporting(scene, child):
            continue
        subject = scene.child(child, "nsubj", "nsubjpass")
        modal = any(scene.tag[other] == "MD" for other in scene.children[child])
        if subject is not None and (modal or scene.tag[subject] == "PRP"):
            return scene.subtree(child)[1]
    return end


def _without_concession(scene: Scene, phrase: Range | None) -> Range | None:
    """The phrase without a comparison or concession at its end, which is the writer's.

    "She said the bridge was safe, although two lanes were shut."
    """
    if phrase is None:
        return None
    return _cut_at(scene, phrase, ("advcl", "prep"), _CONCESSIONS)


_CONCESSIONS = frozenset({"while", "even", "although", "though", "whereas", "compared", "despite"})
_ASKING = frozenset(
    "ask asks asked asking wonder wonders wondered wondering inquire inquired enquire enquired".split()
)


def _question(scene: Scene, verb: int, child: int) -> bool:
    """Whether the child is the clause of "asked if" or "asked whether"."""
    if scene.low[verb] not in _ASKING or scene.dep[child] not in ("advcl", "xcomp"):
        return False
    return scene.low[scene.subtree(child)[0]] in ("if", "whether", "how", "why", "what", "who")


def resumption(scene: Scene, verb: int, complement: int) -> int | None:
    """Where the outer sentence goes on: at the conjunction in "said that A but added that B".

    The parser hangs "added" on A; it has no subject of its own and the tense of "said".
    """
    for child in scene.children[complement]:
        if scene.dep[child] == "conj" and resumes(scene, child, verb):
            start = child
            while scene.dep[start - 1] in ("advmod", "cc", "aux") and start - 1 > complement:
                start -= 1
            return start
    return None


def _that_clause(scene: Scene, verb: int) -> Contents:
    """A clause that the parser hung on a noun between: "said in a statement that"."""
    for token in range(verb + 1, min(verb + _FURTHEST, scene.sentence[verb][1])):
        if scene.low[token] == "that" and scene.dep[token] == "mark":
            return _one(scene.phrase(token, scene.subtree(scene.head[token])[1]))
        if scene.tag[token] in ("VBD", "VBZ", "VBP", "MD"):
            return ()
    return ()


def _with_adjuncts(scene: Scene, verb: int, end: int) -> int:
    """The end of a clause with what the parser hung on the verb above it."""
    for child in scene.children[verb]:
        start, stop = scene.subtree(child)
        if start == end and scene.dep[child] in ("prep", "advcl", "npadvmod", "advmod"):
            end = stop
    return end


def _infinitive(scene: Scene, verb: int, cue: Cue) -> Contents:
    if is_passive(scene, verb):
        return ()
    for child in scene.children[verb]:
        if child > verb and scene.dep[child] in ("xcomp", "ccomp", "advcl"):
            start, end = scene.subtree(child)
            if start > verb and _has_to(scene, child) and not _addressee(scene, verb):
                return _one(scene.phrase(start, end))
    return ()


def _has_to(scene: Scene, verb: int) -> bool:
    return any(scene.low[c] == _TO and scene.dep[c] == "aux" for c in scene.children[verb])


def _addressee(scene: Scene, verb: int) -> bool:
    return any(c > verb and scene.dep[c] in ("dobj", "dative") for c in scene.children[verb])


def _order(scene: Scene, verb: int, cue: Cue) -> Contents:
    after = particle(scene, verb, cue)
    if after is None:
        return ()
    for child in scene.children[verb]:
        if child <= verb or scene.dep[child] not in ("xcomp", "ccomp", "advcl"):
            continue
        to = next((c for c in scene.children[child] if scene.low[c] == _TO and c < child), None)
        if to is not None and to > after:
            start = to - 1 if scene.low[to - 1] in ("not", "never") else to
            if not is_passive(scene, verb):
                start = min([start, *_addressed(scene, verb, child, after)])
            return _one(without_aside(scene, scene.phrase(start, scene.subtree(child)[1])))
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


def _raised(scene: Scene, verb: int, cue: Cue) -> Contents:
    if not is_passive(scene, verb):
        return ()
    subject = scene.child(verb, "nsubjpass", "nsubj")
    for child in scene.children[verb]:
        if child > verb and scene.dep[child] in ("xcomp", "ccomp") and _has_to(scene, child):
            tail = scene.phrase(max(scene.subtree(child)[0], verb + 1), scene.subtree(child)[1])
            if subject is None or subject > verb:
                return _one(tail)
            return _one(scene.phrase(*scene.subtree(subject))) + _one(tail)
    return ()


def _told_about(scene: Scene, verb: int, cue: Cue) -> Contents:
    named = scene.child(verb, "dobj", "dative", "nsubjpass")
    if named is None:
        return ()
    return _after_preposition(scene, [*scene.children[verb], *scene.children[named]], verb, cue)


def _blamed(scene: Scene, verb: int, cue: Cue) -> Contents:
    content = _told_about(scene, verb, cue)
    named = scene.child(verb, "dobj", "nsubjpass")
    if not content or named is None:
        return ()
    start, end = scene.subtree(named)
    if named > verb:
        return _one(without_aside(scene, scene.phrase(start, content[0][1])))
    preposition = content[0][0] - 1
    return _one(scene.phrase(start, end)) + _one(scene.phrase(preposition, content[0][1]))


def _preposition(scene: Scene, verb: int, cue: Cue) -> Contents:
    if is_passive(scene, verb) and scene.low[verb] not in _ASKING:
        return ()
    return _after_preposition(scene, scene.children[verb], verb, cue)


def _after_preposition(scene: Scene, children: list[int], verb: int, cue: Cue) -> Contents:
    for child in children:
        if child > verb and scene.low[child] in cue.words and scene.dep[child] != "aux":
            noun = scene.child(child, "pobj", "pcomp")
            if noun is not None and noun > child:
                topic = scene.phrase(child + 1, scene.subtree(noun)[1])
                return _one(without_aside(scene, topic))
    return ()


def _object(scene: Scene, verb: int, cue: Cue) -> Contents:
    after = particle(scene, verb, cue)
    if after is None or is_passive(scene, verb):
        return ()
    for child in scene.children[verb]:
        gerund = scene.dep[child] in ("xcomp", "pcomp", "advcl") and scene.tag[child] == "VBG"
        if child >= after and (scene.dep[child] in ("dobj", "ccomp", "oprd") or gerund):
            start, end = scene.subtree(child)
            if start >= verb + 1:
                whole = scene.phrase(max(start, after), _object_end(scene, verb, end))
                return _one(without_aside(scene, whole))
    return ()


def _regarded(scene: Scene, verb: int, cue: Cue) -> Contents:
    """An object with what it is taken for."""
    content = _object(scene, verb, cue)
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
    """The end of an object with what is said of it: "the plan as a mistake"."""
    for child in scene.children[verb]:
        start, stop = scene.subtree(child)
        as_clause = scene.dep[child] == "advcl" and scene.low[start] == "as"
        if start == end and (scene.dep[child] in _OF_OBJECT or as_clause):
            end = stop
    return end


def _passive_object(scene: Scene, verb: int, cue: Cue) -> Contents:
    subject = scene.child(verb, "nsubjpass")
    if subject is None or subject > verb or particle(scene, verb, cue) is None:
        return ()
    if source_of(scene, verb) is None:
        return ()
    return _one(scene.phrase(*scene.subtree(subject)))


_Take = Callable[[Scene, int, Cue], Contents]
_FRAMES: tuple[tuple[Frame, str, _Take], ...] = (
    (Frame.ORDER, "order", _order),
    (Frame.RAISED, "raised-passive", _raised),
    (Frame.INFINITIVE, "infinitive", _infinitive),
    (Frame.QUOTING, "clause", _clause),
    (Frame.CLAUSE, "clause", _clause),
    (Frame.TOLD, "told-about", _told_about),
    (Frame.BLAME, "blame", _blamed),
    (Frame.PREPOSITION, "preposition", _preposition),
    (Frame.REGARD, "regard", _regarded),
    (Frame.OBJECT, "object", _object),
    (Frame.OBJECT, "passive-object", _passive_object),
)

__all__ = ["RULES", "active_source", "cue_of", "is_verb", "particle", "verb_report", "verb_reports"]
