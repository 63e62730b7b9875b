"""Clauses that a verb reports: "said that", "asked whether", and where such a clause ends."""

from newsclaims import lexicon
from newsclaims.extract.statements.asides import without_concession
from newsclaims.extract.statements.cue import particle
from newsclaims.extract.statements.scene import Contents, Scene, one
from newsclaims.extract.statements.sources import hearer, is_reporting, resumes
from newsclaims.extract.statements.words import HEARING, NOUNS, Cue

_FURTHEST = 25  # tokens between a verb and the "that" of its clause
# "The survey found that three in ten agreed, while one disagreed": both are the survey's.
_FINDING = frozenset({"find", "finds", "found", "show", "shows", "showed", "shown"})
# What tells the tense of a clause, or that a relative clause comes first.
_FINITE = frozenset({"MD", "VBD", "VBZ", "VBP", "WDT", "WP", "WP$"})
_SHIFTED = frozenset({"would", "could", "might", "had"})
_BEFORE_QUOTATION = frozenset({",", ":", "and", "but", "or", "as", "that"})
_ASKING = lexicon.words("statements.asking")


def clause(scene: Scene, verb: int, cue: Cue) -> Contents:
    """The clause of "said that the bridge was safe"."""
    heard = scene.low[verb] in HEARING and hearer(scene, verb) is None
    if heard or particle(scene, verb, cue) is None:
        return ()
    for child in scene.children[verb]:
        if child > verb and (scene.dep[child] == "ccomp" or _question(scene, verb, child)):
            start, end = scene.subtree(child)
            if scene.tag[start] == "RB" and scene.low[start + 1] == "that":  # "said only that"
                start += 1
            resumed = _resumption(scene, verb, child)
            if resumed is not None:
                return one(scene.phrase(max(start, verb + 1), resumed))
            end = _with_coordinate(scene, verb, _with_adjuncts(scene, verb, end))
            end = _with_quotation(scene, verb, _past_semicolon(scene, verb, end))
            whole = scene.phrase(max(start, verb + 1), end)
            if scene.low[verb] not in _FINDING:
                whole = without_concession(scene, whole)
            return _relative(scene, verb, start) + one(whole)
    return _that_clause(scene, verb)


def _relative(scene: Scene, verb: int, start: int) -> Contents:
    """The pronoun of "a tower which she said was unsafe", where the clause begins with it."""
    return ((start, start + 1),) if start < verb and scene.tag[start] in ("WDT", "WP") else ()


def _question(scene: Scene, verb: int, child: int) -> bool:
    """Whether the child is the clause of "asked if" or "asked whether"."""
    if scene.low[verb] not in _ASKING or scene.dep[child] not in ("advcl", "xcomp"):
        return False
    return scene.low[scene.subtree(child)[0]] in ("if", "whether", "how", "why", "what", "who")


def _with_adjuncts(scene: Scene, verb: int, end: int) -> int:
    """The end of a clause with what the parser hung on the verb above it."""
    for child in scene.children[verb]:
        start, stop = scene.subtree(child)
        if start == end and scene.dep[child] in ("prep", "advcl", "npadvmod", "advmod"):
            end = stop
    return end


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


def _past_semicolon(scene: Scene, verb: int, end: int) -> int:
    """The end of a clause with what a semicolon adds in the tense of reported speech.

    "She said the mill was old; it would close."
    """
    last = scene.sentence[verb][1]
    if scene.tag[verb] != "VBD" or end + 1 >= last or scene.low[end] != ";":
        return end
    stop = scene.semicolon(end + 1, last) or last
    first = next((t for t in range(end + 1, stop) if scene.tag[t] in _FINITE), end)
    reported = scene.low[first] in _SHIFTED
    told = any(is_reporting(scene, token) for token in range(end + 1, stop))
    return stop if reported and not told else end


def _with_quotation(scene: Scene, verb: int, end: int) -> int:
    """The end of a clause with the quotation that ends its sentence.

    "She said the mill was old and “would never” open": the parser cuts at the mark.
    """
    opening, limit = end, len(scene.low)
    while opening < limit and scene.low[opening] in _BEFORE_QUOTATION:
        opening += 1
    quotation = scene.opened_at(opening)
    if quotation is None or scene.paragraph[opening] != scene.paragraph[verb]:
        return end
    close = scene.after(quotation.end)
    last = scene.sentence[quotation.end - 1]
    ends = close == limit or scene.low[close] == "." or scene.sentence[close] != last
    return quotation.end if ends else end


def _resumption(scene: Scene, verb: int, complement: int) -> int | None:
    """Where the outer sentence goes on: at the conjunction in "said that A but added that B".

    The parser hangs "added" on A; it has no subject of its own and the tense of "said".
    """
    for child in scene.children[complement]:
        if scene.dep[child] == "conj" and (
            resumes(scene, child, verb) or _other_tense(scene, child, verb)
        ):
            start = child
            while scene.dep[start - 1] in ("advmod", "cc", "aux") and start - 1 > complement:
                start -= 1
            return start
    return None


def _other_tense(scene: Scene, verb: int, outer: int) -> bool:
    """Whether a verb without a subject has the tense of `outer` and not of the clause it ends.

    "She denies that the vote was rigged and asks for calm."
    """
    tense, inner = scene.tag[outer], _tense(scene, scene.head[verb])
    return (
        tense == scene.tag[verb]
        and {tense, inner} in ({"VBD", "VBZ"}, {"VBD", "VBP"})
        and scene.child(verb, "nsubj", "nsubjpass", "aux", "auxpass") is None
    )


def _tense(scene: Scene, verb: int) -> str:
    """The tag of the first auxiliary, or that of the verb itself."""
    auxiliary = scene.child(verb, "aux", "auxpass")
    return scene.tag[verb if auxiliary is None else auxiliary]


def _is_object(scene: Scene, verb: int, that: int) -> bool:
    """Whether the clause with this "that" hangs on the verb's own object."""
    noun = scene.head[scene.head[that]]
    return scene.head[noun] == verb and scene.dep[noun] == "dobj"


def _that_clause(scene: Scene, verb: int) -> Contents:
    """A clause that the parser hung on a noun between: "said in a statement that"."""
    for token in range(verb + 1, min(verb + _FURTHEST, scene.sentence[verb][1])):
        if scene.low[token] == "that" and scene.dep[token] == "mark":
            if scene.low[scene.head[scene.head[token]]] in NOUNS and _is_object(scene, verb, token):
                return ()  # "denied a report that": the report is the object
            return one(scene.phrase(token, scene.subtree(scene.head[token])[1]))
        if scene.low[token] == "saying" or scene.tag[token] in ("VBD", "VBZ", "VBP", "MD"):
            return ()
    return ()
