"""Verbs with what they report: each frame of a verb is tried in turn on its sentence."""

from collections.abc import Callable, Iterable, Iterator

from newsclaims.extract.statements import phrases
from newsclaims.extract.statements.clauses import clause
from newsclaims.extract.statements.cue import cue_of
from newsclaims.extract.statements.scene import Contents, Draft, Scene
from newsclaims.extract.statements.sources import source_of
from newsclaims.extract.statements.words import Cue, Frame, Frames

_Take = Callable[[Scene, int, Cue], Contents]

# The first frame that the sentence fills is the right one; the rule is named after it.
_FRAMES: tuple[tuple[Frame, str, _Take], ...] = (
    (Frame.RAISED, "raised-passive", phrases.raised),
    (Frame.ORDER, "order", phrases.order),
    (Frame.INFINITIVE, "infinitive", phrases.infinitive),
    (Frame.QUOTING, "clause", clause),
    (Frame.CLAUSE, "clause", clause),
    (Frame.TOLD, "told-about", phrases.told_about),
    (Frame.BLAME, "blame", phrases.blamed),
    (Frame.PREPOSITION, "preposition", phrases.preposition),
    (Frame.REGARD, "regard", phrases.regarded),
    (Frame.REGARD, "passive-regard", phrases.passive_regard),
    (Frame.OBJECT, "object", phrases.objects),
    (Frame.OBJECT, "passive-object", phrases.passive_object),
)
RULES = tuple(dict.fromkeys(rule for _, rule, _ in _FRAMES))


def verb_reports(scene: Scene, verbs: Iterable[tuple[int, Frames]]) -> Iterator[Draft]:
    """A draft for each verb that takes what it reports as a complement."""
    for verb, frames in verbs:
        draft = _report(scene, verb, frames)
        if draft is not None:
            yield draft


def _report(scene: Scene, verb: int, frames: Frames) -> Draft | None:
    """The first frame of the verb that the sentence fills."""
    for frame, rule, take in _FRAMES:
        for cue in frames.get(frame, ()):
            content = take(scene, verb, cue)
            if content:
                source = source_of(scene, verb)
                if source and source[0] < content[-1][0] < source[1]:
                    source = scene.trim((source[0], content[-1][0]))
                return Draft(verb, cue_of(scene, verb, content), source, content, rule, cue.sort)
    return None
