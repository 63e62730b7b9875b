"""Drafts -> statements: one a report, none inside another, quotations that run on joined."""

from collections.abc import Iterable, Sequence, Set

from newsclaims.extract.statements.quoted import opens_sentence
from newsclaims.extract.statements.scene import Contents, Draft, Quotation, Range, Scene
from newsclaims.extract.statements.sources import is_reporting

ANSWER = "answer"  # the rule of what `answers` gives

_ASKING = frozenset({"ask", "asks", "asked"})

# Rules after whose report a quotation without reporting words is by the same speaker.
_RUNNING = frozenset({"quotation", "parenthesis"})

# Rules whose content is what was said in so many words.
_WORDS = frozenset({"clause", "quotation"})


def settle(scene: Scene, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts that stand, with their running quotations, in the order of the text."""
    standing = outermost(scene, one_each(drafts))
    joined = not_described(scene, outermost(scene, run_on(scene, standing)))
    return sorted(joined, key=lambda draft: (draft.content[0], draft.head))


def one_each(drafts: Iterable[Draft]) -> list[Draft]:
    """The first draft of each reporting word and of each content."""
    heads: set[int] = set()
    told: set[Range] = set()
    kept = []
    for draft in drafts:
        own = any(start <= draft.head < end for start, end in draft.content)
        if not own and draft.head not in heads and draft.content[0] not in told:
            heads.add(draft.head)
            told.add(draft.content[0])
            kept.append(draft)
    return kept


def own_words(scene: Scene, draft: Draft) -> bool:
    """Whether a quoted speaker reports on himself or on his hearer: "I think", "you know"."""
    return scene.quoted[draft.head] >= 0 and (
        draft.source is None or scene.low[draft.source[0]] in ("i", "we", "you")
    )


def outermost(scene: Scene, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts whose reporting words stand in no larger one's content, by reporting word.

    A parenthesis gives way to any other report of which it would be a part: where its content ends
    is the least certain.
    """
    reported = bytearray(len(scene.low))
    kept = []
    for draft in sorted(drafts, key=_certainty):
        if not reported[draft.head]:
            kept.append(draft)
            for start, end in draft.content:
                reported[start:end] = b"\1" * (end - start)
    standing = [draft for draft in kept if not reported[draft.head]]
    return sorted(standing, key=lambda draft: draft.head)


def not_described(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts but those that only describe another's source: "X, who hopes to win, said".

    What somebody is said to have said stays a report wherever it stands.
    """
    described = bytearray(len(scene.low))
    for draft in drafts:
        if draft.source:
            start, end = draft.source
            described[start:end] = b"\1" * (end - start)
    return [draft for draft in drafts if draft.rule in _WORDS or not described[draft.head]]


def _certainty(draft: Draft) -> tuple[bool, bool, int, int]:
    # "The nurse said A, according to the report": all of it is from the report.
    trailing = draft.rule == "according-to" and draft.content[-1][1] < draft.head
    return draft.rule == "parenthesis", not trailing, -_size(draft), draft.head


def _size(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def run_on(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the quotations that follow them without a reporting verb of their own."""
    owner: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        for start, end in draft.content:
            for token in range(start, end):
                if scene.quoted[token] >= 0 and scene.quoted[draft.head] != scene.quoted[token]:
                    owner.setdefault(scene.quoted[token], number)
    content = [list(draft.content) for draft in drafts]
    for index in range(len(scene.quotations) - 2, -1, -1):
        if index not in owner and index + 1 in owner and _goes_on(scene, index):
            owner[index] = owner[index + 1]
            content[owner[index]].append(scene.quotations[index][:2])
    for index, quotation in enumerate(scene.quotations):
        if index in owner or not opens_sentence(scene, quotation.start):
            continue
        speaking = _speaking(scene, drafts, owner, index, quotation)
        if speaking is not None:
            owner[index] = speaking
            content[speaking].append((quotation.start, quotation.end))
    return [
        draft._replace(content=disjoint(spans))
        for draft, spans in zip(drafts, content, strict=True)
    ]


def disjoint(spans: Iterable[Range]) -> Contents:
    """The pieces in order, those that overlap as one."""
    pieces: list[Range] = []
    for start, end in sorted(spans):
        if pieces and start < pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return tuple(pieces)


def _goes_on(scene: Scene, index: int) -> bool:
    """Whether a quotation, left open at its paragraph's end, is taken up by the next one."""
    quotation, following = scene.quotations[index], scene.quotations[index + 1]
    before = scene.before(following.start)
    return (
        not quotation.closed
        and not _reported_inside(scene, quotation)
        and scene.paragraph[following.start] == scene.paragraph[quotation.start] + 1
        and scene.paragraph[before] == scene.paragraph[quotation.start]
    )


def _reported_inside(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation was closed nowhere and holds its own end: "“I left at six, she said."."""
    verb = scene.before(quotation.end - (scene.low[quotation.end - 1] == "."))
    subject = scene.child(verb, "nsubj")
    return (
        is_reporting(scene, verb)
        and subject is not None
        and scene.low[scene.before(scene.subtree(subject)[0])] == ","
    )


def _speaking(
    scene: Scene, drafts: Sequence[Draft], owner: dict[int, int], index: int, quotation: Quotation
) -> int | None:
    """The number of the draft whose source goes on speaking in this quotation."""
    if index == 0 or index - 1 not in owner:
        return None
    number = owner[index - 1]
    previous, draft = scene.quotations[index - 1], drafts[number]
    if draft.rule not in _RUNNING:
        return None
    asks = scene.low[draft.head] in _ASKING and scene.low[previous.end - 2] == "?"
    if asks and scene.low[quotation.end - 2] != "?":  # somebody else answers
        return None
    paragraph = scene.paragraph[quotation.start]
    if scene.paragraph[previous.start] == paragraph:
        # The sentence of the reporting verb, or the quotation before, ends right before this one.
        before = scene.before(quotation.start)
        return number if scene.sentence[before] == scene.sentence[draft.head] else None
    if scene.low[previous.end - 2] == "?":
        return None
    whole = scene.paragraph[scene.before(quotation.start)] != paragraph and (
        quotation.end >= len(scene.low)
        or scene.paragraph[min(scene.after(quotation.end), len(scene.low) - 1)] != paragraph
    )
    if paragraph == scene.paragraph[previous.start] + 1 and (whole or not previous.closed):
        return number
    return None


def answers(scene: Scene, drafts: Iterable[Draft]) -> list[Quotation]:
    """The quotations that answer a question or another quotation, without any reporting words."""
    told = bytearray(len(scene.low))
    asking: set[Range] = set()
    for draft in drafts:
        if scene.low[draft.head] in _ASKING:
            asking.add(scene.sentence[draft.head])
        for start, end in (*draft.content, draft.source or draft.cue):
            told[start:end] = b"\1" * (end - start)
    return [
        quotation
        for quotation in scene.quotations
        if not told[quotation.start] and _answers(scene, quotation, asking)
    ]


def _answers(scene: Scene, quotation: Quotation, asking: Set[Range]) -> bool:
    """Whether a quotation is a sentence right behind a question or behind another quotation."""
    start, before = quotation.start, scene.before(quotation.start)
    sentence = quotation.closed and scene.low[quotation.end - 2] in (".", "?", "!", "…")
    if not sentence or before < 0 or scene.paragraph[before] != scene.paragraph[start]:
        return False
    number = scene.quoted[before]
    if number >= 0:
        return before == scene.quotations[number].end - 1
    return scene.low[before] == "?" or scene.sentence[before] in asking
