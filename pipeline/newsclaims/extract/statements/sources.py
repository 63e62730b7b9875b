"""Who speaks: the noun phrase that a reporting word has as its subject, however far away."""

from newsclaims.extract.statements.scene import Range, Scene
from newsclaims.extract.statements.words import DOCUMENTS, HEARERS, HEARING, VERBS, Frame

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_CLIMB = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "acomp", "attr"})
_MISTAKEN = frozenset({"npadvmod", "dep", "appos", "dobj", "attr"})  # for subjects
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_BE = frozenset({"is", "was", "'s", "’s", "be", "been", "being"})
_REPORTING = (Frame.QUOTING, Frame.CLAUSE)
_LONGEST = 60  # tokens of a noun phrase before its verb
_HIGHEST = 5  # steps from a verb to the one whose subject it shares


def source_of(scene: Scene, verb: int) -> Range | None:
    """The noun phrase of the one who says what `verb` reports, or None where nobody is named."""
    if scene.low[verb] in HEARING and hearer(scene, verb):
        return None
    source = agent_of(scene, verb) if is_passive(scene, verb) else active_source(scene, verb)
    if source and scene.quoted[source[0]] >= 0 and scene.quoted[verb] != scene.quoted[source[0]]:
        return None  # a word of the quotation that the verb reports
    return source


def hearer(scene: Scene, verb: int) -> Range | None:
    """The body before which something is said: "the court heard", "an inquiry was told"."""
    subject = scene.child(verb, "nsubj", "nsubjpass")
    if subject is None or scene.low[subject] not in HEARERS:
        return None
    hears = scene.low[verb] in HEARING or (scene.low[verb] == "told" and is_passive(scene, verb))
    return noun_phrase(scene, subject, verb) if hears else None


def active_source(scene: Scene, verb: int) -> Range | None:
    """The subject of `verb`, of the verb that it hangs on, or the noun phrase right before it."""
    return _subject(scene, verb) or _noun_before(scene, verb)


def _noun_before(scene: Scene, verb: int) -> Range | None:
    """The noun phrase before a finite verb that the parser left without a subject."""
    if scene.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    for child in scene.children[verb]:
        if child > verb:
            break
        if scene.tag[child].startswith(("NN", "PRP")) and scene.dep[child] in _MISTAKEN:
            return noun_phrase(scene, child, verb)
        participle = scene.dep[child] == "advcl" and scene.tag[child] in ("VBG", "VBN")
        if participle or scene.dep[child] in ("aux", "dep"):
            subject = scene.child(child, "nsubj")
            if subject is not None and subject < verb:
                return noun_phrase(scene, subject, verb)
    before = scene.before(verb)
    while before > scene.sentence[verb][0] and scene.tag[before] in ("RB", "MD"):
        before -= 1
    if before >= scene.sentence[verb][0] and scene.low[before] == ",":
        before = _topmost_noun(scene, verb)
    if before < scene.sentence[verb][0] or scene.tag[before] not in ("NNP", "NN", "NNS", "PRP"):
        return None
    return noun_phrase(scene, before, verb)


def _topmost_noun(scene: Scene, verb: int) -> int:
    """The first noun of the sentence whose head stands at or behind the verb, or -1."""
    for token in range(max(scene.sentence[verb][0], verb - _LONGEST), verb):
        if scene.tag[token].startswith("NN") and scene.head[token] >= verb:
            return token
    return -1


def _subject(scene: Scene, verb: int) -> Range | None:
    """The subject of `verb`, or of the first verb above it that has one."""
    at: int | None = verb
    for _ in range(_HIGHEST):
        if at is None:
            return None
        subject = _nearest_subject(scene, at)
        if subject is not None:
            if scene.low[subject] == "it" and at != verb and _is_empty(scene, at, verb):
                return None
            return _subject_phrase(scene, at, subject, verb)
        noun = _modified(scene, at)
        if noun is not None:
            return noun_phrase(scene, noun, verb)
        at = _above(scene, at)
    return None


def _is_empty(scene: Scene, at: int, verb: int) -> bool:
    """Whether the "it" of `at` stands for what follows: "it is hard to imagine"."""
    return scene.low[at] in _BE or (scene.dep[verb] == "xcomp" and at != scene.head[verb])


def _modified(scene: Scene, verb: int) -> int | None:
    """The noun that speaks in "a man saying" and is quoted or told in "urged him to say"."""
    head = scene.head[verb]
    if scene.dep[verb] == "pcomp" and scene.low[head] == "as":  # "quoted her as saying"
        return scene.child(scene.head[head], "dobj", "nsubjpass")
    if scene.dep[verb] in ("acl", "relcl"):
        return head if _author(scene, verb) is None else None
    if scene.dep[verb] == "xcomp" and Frame.ORDER in VERBS.get(scene.low[head], {}):
        hearer = scene.child(head, "dobj", "dative")
        return hearer if hearer is not None and hearer < verb else None
    return None


def _author(scene: Scene, verb: int) -> int | None:
    """The verb whose subject wrote the document that `verb` hangs on: "sent a letter saying"."""
    document = scene.head[verb]
    if scene.dep[verb] != "acl" or scene.low[document] not in DOCUMENTS:
        return None
    above = scene.head[document]
    if scene.dep[document] == "pobj":
        above = scene.head[above]
    elif scene.dep[document] != "dobj":
        return None
    return above if above < document and scene.tag[above].startswith("VB") else None


def _above(scene: Scene, verb: int) -> int | None:
    """The word whose subject `verb` shares."""
    head = scene.head[verb]
    if scene.dep[verb] == "acl":
        return _author(scene, verb)
    if scene.dep[verb] not in _CLIMB or head == verb:
        return None
    if scene.dep[verb] == "ccomp" and scene.tag[verb] not in ("VB", "VBG"):
        return None
    if scene.dep[verb] == "conj" and resumes(scene, verb, scene.head[head]):
        return scene.head[head]
    return head


def is_reporting(scene: Scene, verb: int) -> bool:
    """Whether the word is a verb that reports clauses."""
    return not VERBS.get(scene.low[verb], {}).keys().isdisjoint(_REPORTING)


def resumes(scene: Scene, verb: int, outer: int) -> bool:
    """Whether a reporting verb without a subject goes on where `outer`, another one, left off."""
    return (
        scene.tag[verb] == scene.tag[outer]
        and scene.tag[verb] in ("VBD", "VBZ", "VBP")
        and scene.dep[scene.head[verb]] == "ccomp"
        and is_reporting(scene, verb)
        and is_reporting(scene, outer)
        and scene.child(verb, "ccomp") is not None
        and scene.child(verb, "nsubj", "nsubjpass", "aux") is None
    )


def _nearest_subject(scene: Scene, verb: int) -> int | None:
    """The subject nearest before the verb (a dateline may pass for another), else one after it."""
    subjects = [child for child in scene.children[verb] if scene.dep[child] in _SUBJECTS]
    before = [child for child in subjects if child < verb]
    return before[-1] if before else next(iter(subjects), None)


def _subject_phrase(scene: Scene, at: int, subject: int, verb: int) -> Range | None:
    if scene.dep[at] == "relcl" and scene.low[subject] in _RELATIVE:
        return noun_phrase(scene, scene.head[at], verb)
    if scene.low[subject] in ("it", "there") and scene.dep[subject] == "expl":
        return None
    return noun_phrase(scene, subject, verb)


def agent_of(scene: Scene, verb: int) -> Range | None:
    """The noun phrase after the "by" of a passive."""
    noun = agent_head(scene, verb)
    return noun_phrase(scene, noun, verb) if noun is not None else None


def agent_head(scene: Scene, verb: int) -> int | None:
    """The noun after the "by" of a passive."""
    for child in scene.children[verb]:
        if scene.low[child] == "by" and child > verb:
            return scene.child(child, "pobj")
    return None


def is_passive(scene: Scene, verb: int) -> bool:
    """Whether the verb is a passive participle."""
    if scene.tag[verb] not in ("VBN", "VBD"):
        return False
    if any(scene.dep[child] in ("auxpass", "nsubjpass") for child in scene.children[verb]):
        return True
    return scene.dep[verb] in ("acl", "amod", "advcl") and not any(
        scene.dep[child] in ("aux", "nsubj") for child in scene.children[verb]
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
