"""Nouns and adjectives that report ("the claim that", "is confident that"), and "according to"."""

from collections.abc import Iterator

from newsclaims import lexicon
from newsclaims.extract.statements.scene import Contents, Draft, Range, Scene
from newsclaims.extract.statements.sources import active_source, agent_of, noun_phrase
from newsclaims.extract.statements.words import ADJECTIVES, EVIDENCE, MEASURES, NOUNS, PHRASES

RULES = ("noun", "adjective", "according-to", "in-the-words-of")

_LIGHT = lexicon.words("statements.light_verbs")
_ABOUT = frozenset({"of", "about", "on", "for", "against", "over", "to"})
_COPULAS = lexicon.words("statements.copulas")
_QUESTION_WORDS = frozenset({"whether", "how", "why", "if", "what", "who", "when"})
_LONGEST = 7  # tokens of what shows something
_IN_WORDS = frozenset({"in", "by"})
_SAID_BY = frozenset({"by", "from", "among"})


def noun_reports(scene: Scene) -> Iterator[Draft]:
    """A draft for each noun that names a report and has its content beside it."""
    for noun, word in enumerate(scene.low):
        sort = NOUNS.get(word)
        if sort is None or not scene.tag[noun].startswith("NN") or scene.dep[noun] == "compound":
            continue
        source, cue = _noun_source(scene, noun)
        content = (
            _noun_clause(scene, noun, sourced=source is not None)
            or _noun_question(scene, noun)
            or _noun_predicate(scene, noun)
            or (_noun_topic(scene, noun) if source else None)
        )
        if content:
            yield Draft(noun, cue, source, (content,), "noun", sort.sort)


def _noun_source(scene: Scene, noun: int) -> tuple[Range | None, Range]:
    owner = scene.child(noun, "poss")
    if owner is not None:
        return _without_case(scene, owner, noun), (noun, noun + 1)
    for child in scene.children[noun]:
        if scene.low[child] in _SAID_BY and child > noun:
            speaker = scene.child(child, "pobj")
            if speaker is not None:
                return noun_phrase(scene, speaker, noun), (noun, noun + 1)
    verb = scene.head[noun]
    light = scene.low[verb] in _LIGHT and scene.tag[verb].startswith("VB")
    if light and scene.dep[noun] == "dobj":
        source = agent_of(scene, verb) or active_source(scene, verb)
        if source is None or source[0] <= noun < source[1]:
            return None, (noun, noun + 1)
        return source, (verb, noun + 1) if verb < noun else (noun, noun + 1)
    return None, (noun, noun + 1)


def _without_case(scene: Scene, owner: int, noun: int) -> Range | None:
    start, end = scene.subtree(owner)
    end = min(end, noun)
    while end > start + 1 and scene.tag[end - 1] == "POS":
        end -= 1
    return scene.trim((start, end))


def _noun_clause(scene: Scene, noun: int, *, sourced: bool) -> Range | None:
    """A clause with "that", or an infinitive on the noun where its author is known."""
    for child in scene.children[noun]:
        if child <= noun or scene.dep[child] not in ("acl", "ccomp", "relcl", "advcl"):
            continue
        start, end = scene.subtree(child)
        if start <= noun:
            continue
        word = scene.low[start]
        that = word == "that" and scene.dep[start] == "mark"
        infinitive = sourced and scene.dep[child] == "acl" and word in ("to", "not")
        if that or infinitive or word in ("whether", "if"):
            return scene.phrase(start, end)
    return None


def _noun_question(scene: Scene, noun: int) -> Range | None:
    """The question in "the question of whether"."""
    for child in scene.children[noun]:
        clause = scene.child(child, "pcomp")
        if child > noun and clause is not None and scene.low[child + 1] in _QUESTION_WORDS:
            return scene.phrase(child + 1, scene.subtree(clause)[1])
    return None


def _noun_predicate(scene: Scene, noun: int) -> Range | None:
    """The clause in "her fear is that", "their advice is to"."""
    verb = scene.head[noun]
    if scene.dep[noun] != "nsubj" or scene.low[verb] not in ("is", "was", "'s"):
        return None
    for child in scene.children[verb]:
        if child > verb and scene.dep[child] in ("ccomp", "xcomp"):
            start, end = scene.subtree(child)
            if start > verb:
                return scene.phrase(start, end)
    return None


def _noun_topic(scene: Scene, noun: int) -> Range | None:
    """What "of" or "about" names."""
    for child in scene.children[noun]:
        if child > noun and scene.dep[child] == "prep" and scene.low[child] in _ABOUT:
            topic = scene.child(child, "pobj", "pcomp")
            if topic is not None:
                return scene.phrase(child + 1, scene.subtree(topic)[1])
    return None


def adjective_reports(scene: Scene) -> Iterator[Draft]:
    """A draft for each adjective that says what somebody thinks or wants of something."""
    for word, low in enumerate(scene.low):
        cue = ADJECTIVES.get(low)
        if cue is None or scene.dep[word] not in ("acomp", "ROOT", "conj", "ccomp", "amod", "oprd"):
            continue
        verb = scene.head[word]
        if scene.low[verb] not in _COPULAS:
            continue
        source = active_source(scene, verb)
        content = _adjective_content(scene, word, verb)
        if source and content:
            words = (verb if verb < word else word, word + 1)  # "how glad she is of"
            yield Draft(word, words, source, (content,), "adjective", cue.sort)


def _adjective_content(scene: Scene, word: int, verb: int) -> Range | None:
    for child in [*scene.children[word], *scene.children[verb]]:
        if child <= word:
            continue
        start, end = scene.subtree(child)
        if scene.dep[child] in ("ccomp", "xcomp") and start > word:
            return scene.phrase(start, end)
        if scene.dep[child] == "prep" and scene.low[child] in (
            "of",
            "about",
            "with",
            "at",
            "by",
            "over",
            "against",
        ):
            topic = scene.child(child, "pobj", "pcomp")
            if topic is not None:
                return scene.phrase(child + 1, scene.subtree(topic)[1])
    return None


def according_to(scene: Scene) -> Iterator[Draft]:
    """A draft for each "according to X", whose content is the rest of its sentence."""
    for word, low in enumerate(scene.low):
        if low != "according" or word + 1 >= len(scene.low) or scene.low[word + 1] != "to":
            continue
        noun = scene.child(word + 1, "pobj") or scene.child(word, "pobj")
        if noun is None or scene.low[noun] in MEASURES or scene.quoted[word] >= 0:
            continue
        source = noun_phrase(scene, noun, word)
        if source is None:
            continue
        content = _rest(scene, word, source[1])
        if content:
            yield Draft(word, (word, word + 2), source, content, "according-to", "speech")


def in_the_words_of(scene: Scene) -> Iterator[Draft]:
    """A draft for each "in the words of X" or "by X's count", as for "according to"."""
    for noun, low in enumerate(scene.low):
        cue = PHRASES.get(low)
        preposition = scene.head[noun]
        if cue is None or scene.low[preposition] not in _IN_WORDS or scene.quoted[noun] >= 0:
            continue
        owner, of = scene.child(noun, "poss"), noun + 1
        if owner is not None:
            source, words, after = _without_case(scene, owner, noun), (noun, noun + 1), noun + 1
        elif scene.low[noun - 1] == "the" and of < len(scene.low) and scene.low[of] == "of":
            author = scene.child(of, "pobj")
            source = _unquoted(scene, noun_phrase(scene, author, noun)) if author else None
            words, after = (preposition, of + 1), source[1] if source else of
        else:
            continue
        before = scene.before(preposition)
        content = _quotation_beside(scene, before, after)
        if not content and (before < scene.sentence[noun][0] or scene.low[before] == ","):
            content = _rest(scene, preposition, after)
        if source and content:
            yield Draft(noun, words, source, content, "in-the-words-of", cue.sort)


def _unquoted(scene: Scene, source: Range | None) -> Range | None:
    """The phrase up to a quotation that the parser took into it: "in the words of X, “mad”"."""
    start, end = source or (0, 0)
    opening = next((token for token in range(start, end) if scene.opened_at(token)), end)
    return scene.trim((start, opening))


def _quotation_beside(scene: Scene, before: int, after: int) -> Contents:
    """The quotation that opens at `after` or ends at `before`, behind or before a comma."""
    comma = after < len(scene.low) and scene.low[after] == ","
    quotation = scene.opened_at(after + comma)
    if quotation is None and before > 0:
        before -= scene.low[before] == ","
        number = scene.quoted[before]
        if number >= 0 and scene.quotations[number].end == before + 1:
            quotation = scene.quotations[number]
    return ((quotation.start, quotation.end),) if quotation else ()


def records_show(scene: Scene) -> Iterator[Draft]:
    """A draft for each ", records show,", in which the parser often sees no verb."""
    for verb, low in enumerate(scene.low):
        if low != "show" or scene.low[verb - 1] not in EVIDENCE:
            continue
        first, last = scene.sentence[verb]
        start = verb - 1
        while start > first and scene.low[start - 1] != "," and verb - start < _LONGEST:
            start -= 1
        apart = start == first or scene.low[start - 1] == ","
        if apart and (verb + 1 == last or scene.low[verb + 1] in (",", ".")):
            content, source = _rest(scene, start, verb + 1), scene.trim((start, verb))
            if content and source:
                yield Draft(verb, (verb, verb + 1), source, content, "parenthesis", "speech")


def _rest(scene: Scene, word: int, after: int) -> Contents:
    """The sentence without the phrase from `word` to `after`."""
    first, last = scene.sentence[word]
    while after < last and scene.loose(after) and scene.low[after] != ",":
        after += 1
    before = scene.before(word)
    starts = word == scene.after(first) or before < first
    if starts:
        pieces = [scene.phrase(after, last)]
    else:
        pieces = [scene.phrase(first, word)]
        goes_on = after + 1 < last and scene.low[after] == "," and scene.tag[after + 1] != "CC"
        if scene.low[before] == "," and goes_on:
            pieces.append(scene.phrase(after, last))
    return tuple(piece for piece in pieces if piece)
