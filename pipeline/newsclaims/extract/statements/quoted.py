"""Reports around their content: "“It is safe,” she said" and "The bridge, she said, is safe"."""

from collections.abc import Iterable, Iterator, Set

from newsclaims.extract.statements.cue import cue_of, particle
from newsclaims.extract.statements.scene import Contents, Draft, Quotation, Range, Scene, one
from newsclaims.extract.statements.sources import hearer, noun_phrase, source_of
from newsclaims.extract.statements.words import HEARING, Frame, Frames

RULES = ("quotation", "parenthesis")

_ADJUNCTS = frozenset(
    # not words: dependencies
    {
        "prep",
        "npadvmod",
        "advmod",
        "dative",
        "dobj",
        "nsubj",
        "agent",
        "advcl",
        "prt",
        "aux",
        "neg",
        "mark",
        "auxpass",
        "nsubjpass",
        "pobj",
        "acl",
        "attr",
        "appos",
        "oprd",
    }
)


_FARTHEST = 25  # tokens of a reporting clause inside a quotation
# How the parser hangs a reporting clause on what it reports.
_INSERTED = frozenset({"parataxis", "ccomp", "advcl", "conj", "relcl", "intj"})
_GOES_ON = frozenset({",", "-", "–", "—", "--", ")"})
_SET_OFF = frozenset({",", "-", "–", "—", "--", "”", '"', "''", "(", "?"})
_INVERTED = frozenset({"nsubj", "dobj", "attr", "oprd", "npadvmod"})


def quoted_reports(scene: Scene, verbs: Iterable[tuple[int, Frames]]) -> Iterator[Draft]:
    """A draft for each reporting verb with a quotation beside it."""
    for verb, frames in verbs:
        if scene.quoted[verb] >= 0:
            continue
        cues = [*frames.get(Frame.QUOTING, ()), *frames.get(Frame.QUOTED, ())]
        cue = next((cue for cue in cues if particle(scene, verb, cue) is not None), None)
        infinitive = scene.tag[verb] == "VB" and Frame.QUOTING not in frames
        if cue is None or infinitive:  # "the hardest to read"
            continue
        source = source_of(scene, verb)
        low, high = clause_around(scene, verb, source)
        left = _left(scene, low) if scene.tag[verb] != "VBG" else ()
        right = _right(scene, verb, high, marked=Frame.QUOTING not in frames)
        if right and not left:
            left = _clause_before(scene, verb, low)
        content = left + (right or (_resumed(scene, verb) if left else ()))
        if content:
            if source is None or source[0] < content[0][1] <= source[1]:
                source = _inverted(scene, verb) or source
            yield Draft(verb, cue_of(scene, verb), source, content, "quotation", cue.sort)


def clause_around(scene: Scene, verb: int, source: Range | None) -> Range:
    """The reporting clause itself: source, verb, hearer and adjuncts, without what is reported."""
    low, high = cue_of(scene, verb)
    first, last = scene.sentence[verb]
    if (
        source
        and source[0] >= first
        and source[1] <= verb
        and not _clause_between(scene, source, low)
    ):
        low = min(low, source[0])
    for child in scene.children[verb]:
        start, stop = scene.subtree(child)
        if child < verb and scene.dep[child] in ("mark", "advmod"):
            low = start if first <= start == low - 1 and scene.quoted[child] < 0 else low
        elif start >= verb and scene.dep[child] in _ADJUNCTS and scene.quoted[start] < 0:
            high = max(high, stop)
    high = min(high, last)
    return low, _quotation_after(scene, verb, high)


def _quotation_after(scene: Scene, verb: int, high: int) -> int:
    """Where a quotation opens between the verb and `high` behind a comma or colon, else `high`."""
    for token in range(verb + 1, high):
        if scene.opened_at(token) and (token == verb + 1 or scene.low[token - 1] in (",", ":")):
            return token
    return high


def _clause_between(scene: Scene, source: Range, low: int) -> bool:
    return any(scene.quoted[token] >= 0 for token in range(source[1], low))


def _left(scene: Scene, low: int) -> Contents:
    """The quotation that ends where the reporting clause begins, with its sentence's beginning."""
    at = scene.before(low)
    if at >= 0 and scene.low[at] in (",", "-", "–", "—", "--"):
        at = scene.before(at)
    if at < 0 or scene.quoted[at] < 0 or scene.paragraph[at] != scene.paragraph[low]:
        return ()
    quotation = scene.quotations[scene.quoted[at]]
    if at != quotation.end - 1 or not quotation.closed or _finished(scene, quotation, low):
        return ()
    start = quotation.start
    if opens_sentence(scene, start) or not scene.low_case(start + 1):
        return ((start, quotation.end),)
    first = scene.sentence[start][0]
    return one(scene.phrase(first, quotation.end))


def _clause_before(scene: Scene, verb: int, low: int) -> Contents:
    """The unquoted words that the report interrupts: "If it rains, she said, “we stay.”"."""
    clause = scene.child(verb, "ccomp") if scene.dep[verb] != "parataxis" else scene.head[verb]
    if clause is None or scene.low[scene.before(low)] != ",":
        return ()
    if scene.dep[clause] == "attr":  # "She was, she said, “no candidate.”"
        clause = scene.head[clause]
    start = max(scene.subtree(clause)[0], scene.sentence[verb][0])
    return one(scene.phrase(start, low))


def _finished(scene: Scene, quotation: Quotation, low: int) -> bool:
    """Whether the quotation ends a sentence before the one that begins at `low`."""
    last = quotation.end - 2
    return scene.low[last] == "." and scene.sentence[low][0] >= quotation.end


def opens_sentence(scene: Scene, token: int) -> bool:
    """Whether a sentence begins at `token`, a quotation mark, or just after it."""
    before = scene.before(token)
    return (
        before < 0
        or scene.paragraph[before] != scene.paragraph[token]
        or scene.sentence[token][0] in (token, token + 1)
        or scene.low[before] in (".", "!", "?", "”", '"', "''")
    )


def _right(scene: Scene, verb: int, high: int, *, marked: bool) -> Contents:
    """The quotation that begins where the reporting clause ends, behind a comma if `marked`."""
    limit = len(scene.low)
    at = scene.after(high)
    if at < limit and scene.low[at] in (",", ":", "-", "–", "—", "--"):
        at = scene.after(at + 1)
    elif marked:
        return ()
    colon = at > 0 and scene.low[scene.before(at)] == ":"
    if at >= limit or scene.quoted[at] < 0:
        return ()
    quotation = scene.quotations[scene.quoted[at]]
    beside = quotation.end < limit and scene.low[quotation.end] == "that"
    if quotation.start != at or beside:  # "replied “politely” that"
        return ()
    same = scene.paragraph[at] == scene.paragraph[verb]
    near = scene.sentence[at] == scene.sentence[verb]
    if not (colon or (same and near)):
        return ()
    return _whole_clause(scene, verb, quotation)


def _resumed(scene: Scene, verb: int) -> Contents:
    """The quotation behind a comma that goes on with the one before the reporting clause."""
    for token in range(verb + 1, min(verb + _FARTHEST, scene.sentence[verb][1])):
        number = scene.quoted[token]
        if number >= 0:
            quotation = scene.quotations[number]
            resumes = token == quotation.start and scene.low[token - 1] == ","
            return ((quotation.start, quotation.end),) if resumes else ()
    return ()


def _whole_clause(scene: Scene, verb: int, quotation: Quotation) -> Contents:
    """The quotation, with the rest of the clause that it only begins."""
    end = quotation.end
    if end < scene.sentence[verb][1] and not scene.loose(end) and quotation.closed:
        for child in scene.children[verb]:
            if child > verb and scene.dep[child] in ("ccomp", "dobj"):
                start, stop = scene.subtree(child)
                if start <= quotation.start + 1 and stop > end:
                    end = stop
    whole = quotation.start, quotation.end
    return (whole,) if end == quotation.end else one(scene.phrase(quotation.start, end))


def _inverted(scene: Scene, verb: int) -> Range | None:
    """The noun phrase right after the verb: "said Ms Lee", where the parser saw no subject."""
    for child in scene.children[verb]:
        nominal = scene.tag[child].startswith(("NN", "PRP"))
        if child > verb and nominal and scene.dep[child] in _INVERTED:
            return noun_phrase(scene, child, verb)
    return None


def parentheses(
    scene: Scene, verbs: Iterable[tuple[int, Frames]], taken: Set[int]
) -> Iterator[Draft]:
    """A draft for each reporting clause that follows or interrupts what it reports.

    `taken` are the reporting words that have their content already.
    """
    for verb, frames in verbs:
        if verb in taken or scene.tag[verb] == "VBG":
            continue
        cues = [*frames.get(Frame.QUOTING, ()), *frames.get(Frame.CLAUSE, ())]
        cue = next((cue for cue in cues if particle(scene, verb, cue) is not None), None)
        if cue is None:
            continue
        source = source_of(scene, verb)
        before = (source if scene.low[verb] not in HEARING else None) or hearer(scene, verb)
        first, last = scene.sentence[verb]
        alleged = verb + 1 < last and scene.low[verb + 1] == "to"  # "a clerk said to be"
        if before is None or alleged or not first <= before[0] < last:
            continue
        content = _around(scene, verb, before)
        if any(_has_verb(scene, piece) for piece in content):
            yield Draft(verb, cue_of(scene, verb), source, content, "parenthesis", cue.sort)


def _around(scene: Scene, verb: int, source: Range) -> Contents:
    """What stands before and behind a reporting clause that commas or dashes set off."""
    low, high = clause_around(scene, verb, source)
    first, last = scene.sentence[verb]
    clause = scene.child(verb, "ccomp", "parataxis")
    if clause is not None and clause < low:
        start, end = scene.subtree(clause)[0], last
    elif scene.dep[verb] in _INSERTED:
        start, end = scene.subtree(scene.head[verb])
    else:
        return ()
    if low > first and scene.low[scene.before(low)] not in _SET_OFF:
        return ()
    start = max(start, first)
    while (semicolon := scene.semicolon(start, low)) is not None:
        start = semicolon + 1
    pieces = one(scene.phrase(start, low))
    if high < last and scene.low[high] in _GOES_ON:
        pieces += one(scene.phrase(high, min(end, last)))
    return pieces


def _has_verb(scene: Scene, piece: Range) -> bool:
    return any(scene.tag[token].startswith(("VB", "MD")) for token in range(*piece))
