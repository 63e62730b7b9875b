"""Reports that a line makes by its form: scripts ("Mayor: No."), headlines ("Safe: report")."""

from collections.abc import Iterator

from newsclaims.extract.statements.scene import Draft, Range, Scene
from newsclaims.extract.statements.words import SPEAKERS, VERBS, Frame

RULES = ("script", "headline")

_LONGEST_SPEAKER = 7  # words; a longer beginning of a line is a sentence of its own
_COLON = ":"
_QUESTION, _ANSWER = "q", "a"  # letters that name nobody; a question reports nothing
_PEOPLE = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def line_reports(scene: Scene) -> Iterator[Draft]:
    """A draft for each line that names its speaker before a colon, or after one in a headline."""
    lines = _lines(scene)
    speakers = [_speaker(scene, line) for line in lines]
    scripted = sum(speaker is not None for speaker in speakers) > 1
    for number, (line, speaker) in enumerate(zip(lines, speakers, strict=True)):
        headline = number == 0 and not scene.closed_sentence(line)
        if speaker is None:
            if headline:
                yield from _headline(scene, line)
            continue
        colon, source = _colon(scene, speaker), scene.trim(speaker)
        letter = scene.low[speaker[0]] if speaker[1] - speaker[0] == 1 else ""
        if letter == _QUESTION:
            continue
        said = scene.after(colon + 1)
        end = line[1]
        if said >= end and number + 1 < len(lines) and speakers[number + 1] is None:
            end = lines[number + 1][1]  # the speaker has a line of his own
        content = scene.phrase(said, end)
        if content and source and (scripted or headline or scene.quoted[said] >= 0):
            rule = "script" if scripted else "headline" if headline else "script"
            named = None if letter == _ANSWER else source
            yield Draft(colon, (colon, colon + 1), named, (content,), rule, "speech")


def _colon(scene: Scene, speaker: Range) -> int:
    """The colon behind a speaker, or behind the words in parentheses that follow."""
    behind = range(speaker[1], len(scene.low))
    return next(token for token in behind if _COLON in scene.low[token])


def _headline(scene: Scene, line: Range) -> Iterator[Draft]:
    """A draft for a headline as a whole, or for each of its sentences between semicolons."""
    whole = _headline_end(scene, line) or _headline_verb(scene, line)
    if whole is not None:
        yield whole
        return
    start, end = line
    while start < end and scene.low[scene.before(line[1])] != ".":
        stop = scene.semicolon(start, end) or end
        told = _headline_says(scene, (start, stop))
        if told is not None:
            yield told
        start = stop + 1


def _headline_says(scene: Scene, part: Range) -> Draft | None:
    """A headline that begins with its source: "Mayor says pier safe", however it was parsed."""
    start, end = part
    verb = next((token for token in range(*part) if scene.tag[token].startswith("VB")), end)
    cues = VERBS.get(scene.low[verb], {}).get(Frame.QUOTING, ()) if verb + 1 < end else ()
    if not cues or scene.tag[verb] != "VBZ" or not scene.tag[verb - 1].startswith("NN"):
        return None
    if scene.tag[verb + 1] in ("IN", "TO", "RP", ",", ":") and scene.low[verb + 1] != "that":
        return None
    source, content = scene.trim((start, verb)), scene.phrase(verb + 1, end)
    if source is None or content is None:
        return None
    return Draft(verb, (verb, verb + 1), source, (content,), "headline", cues[0].sort)


def _lines(scene: Scene) -> list[Range]:
    """The tokens of each paragraph."""
    lines: list[Range] = []
    start = 0
    for token in range(1, len(scene.low) + 1):
        if token == len(scene.low) or scene.paragraph[token] != scene.paragraph[start]:
            if scene.after(start) < token:
                lines.append((scene.after(start), token))
            start = token
    return lines


def _speaker(scene: Scene, line: Range) -> Range | None:
    """The words before the line's first colon, where they name a speaker."""
    start, end = line
    if start in scene.labels:
        return start, scene.labels[start]
    if start in scene.datelines:
        return None
    for token in range(start, min(start + _LONGEST_SPEAKER + 1, end)):
        if scene.low[token] == _COLON:
            if token == start or token + 1 >= end:
                return None
            return (start, token) if _names_speaker(scene, (start, token)) else None
        if scene.quoted[token] >= 0 or scene.tag[token] in (".", ",", "VBD", "VBP", "VBZ", "MD"):
            return None
    return None


def _names_speaker(scene: Scene, phrase: Range) -> bool:
    start, end = phrase
    if end - start == 1 and scene.low[start] in (_QUESTION, _ANSWER):
        return True
    capital = scene.text[scene.start[start]].isupper()
    if not capital:
        return False
    return scene.low[end - 1] in SPEAKERS or any(
        scene.tokens.labels[token] in _PEOPLE for token in range(start, end)
    )


def _headline_end(scene: Scene, line: Range) -> Draft | None:
    """A headline that ends with its source: "Pier is safe: report"."""
    start, end = line
    while end > start and scene.loose(end - 1):
        end -= 1
    for token in range(end - 1, max(start, end - _LONGEST_SPEAKER), -1):
        if scene.low[token] == _COLON:
            if scene.low[end - 1] not in SPEAKERS:
                return None
            content, source = scene.phrase(start, token), scene.trim((token + 1, end))
            if content is None or source is None:
                return None
            return Draft(token, (token, token + 1), source, (content,), "headline", "speech")
    return None


def _headline_verb(scene: Scene, line: Range) -> Draft | None:
    """A headline whose verb the parser took for a name: "Harbour Chief Praises Pilots"."""
    start, end = line
    for token in range(start, end):
        if scene.tag[token].startswith(("VB", "MD")):
            return None
        cues = VERBS.get(scene.low[token], {}).get(Frame.OBJECT, ())
        third = scene.low[token].endswith("s") and scene.tag[token].startswith("NN")
        titled = scene.text[scene.start[token]].isupper() and scene.tag[token - 1].startswith("NN")
        if token > start and third and titled and cues and not cues[0].words:
            source, content = scene.trim((start, token)), scene.phrase(token + 1, end)
            if source is None or content is None:
                return None
            cue = (token, token + 1)
            return Draft(token, cue, source, (content,), "headline", cues[0].sort)
    return None
