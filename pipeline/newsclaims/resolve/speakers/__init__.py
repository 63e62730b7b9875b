"""The source of a statement -> the row that speaks, with a reason for each link and each null.

A name in the source decides; a title ("the minister") leads to the one who holds it, a description
("the company") to the body or person that it fits, and a pronoun to the person in focus: who spoke
or was named first in the nearest sentence before. Whom nothing points to stays null.

A file for each way: `names`, `titles`, `descriptions`, `pronouns`, all over one `scene`.
"""

from collections.abc import Sequence

from newsclaims.extract.finds import Offsets, StatementFind
from newsclaims.resolve.genders import PRONOUNS
from newsclaims.resolve.speakers import pronouns
from newsclaims.resolve.speakers.descriptions import described
from newsclaims.resolve.speakers.names import abbreviated, interviewee, named
from newsclaims.resolve.speakers.scene import Scene, Speaker
from newsclaims.resolve.speakers.titles import Titles
from newsclaims.schema import Organisation, Person, Place, Role
from newsclaims.text.tokens import Tokens

__all__ = ["Speaker", "link_speakers"]

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself"})
_SECOND_PERSON = frozenset({"you", "your"})
_THINGS = frozenset({"it", "its", "they", "them", "their", "itself", "themselves"})
_UNTOLD = frozenset({"who", "that", "which", "one", "someone", "somebody", "anyone", "everyone"})


def link_speakers(
    tokens: Tokens,
    finds: Sequence[StatementFind],
    people: Sequence[Person],
    bodies: Sequence[Organisation | Place],
    roles: Sequence[Role],
) -> list[Speaker]:
    """A speaker for each statement, in order."""
    if not finds:
        return []
    scene, titles = Scene(tokens, finds, people, bodies, roles), Titles(roles)
    script = next((find.cue.start for find in finds if find.rule == "script" and find.cue), None)
    asked = interviewee(scene, script) if script is not None else None
    speakers = []
    for find in finds:
        speaker = _speaker(scene, titles, find, asked)
        if speaker.row is not None:
            place = (find.source or find.cue or find.content[0]).start
            scene.spoke.setdefault(scene.sentence(place), []).append(speaker.row)
        speakers.append(speaker)
    return speakers


def _speaker(scene: Scene, titles: Titles, find: StatementFind, asked: Speaker | None) -> Speaker:
    """Who speaks; `asked` is the one whom an interview asks."""
    source = find.source
    scripted = find.rule == "script"
    if source is None:
        return asked if scripted and asked else Speaker(None, "no source")
    words = scene.text[source.start : source.end].split()
    if scripted and (speaker := abbreviated(scene, words[0].strip("."))):
        return speaker
    return (
        _pronoun(scene, source, words)
        or titles.by_letters(source, words)
        or named(scene, source)
        or described(scene, titles, source, words)
    )


def _pronoun(scene: Scene, source: Offsets, words: Sequence[str]) -> Speaker | None:
    """Whom a pronoun means; a name may look like one: "I Made Surya", "You Li", "US"."""
    word = words[0].lower().strip(".,’'")
    if source.start in scene.begins:
        return None
    if word in _FIRST_PERSON or word in _SECOND_PERSON:
        return Speaker(None, "first person" if word in _FIRST_PERSON else "second person")
    if len(words) > 1:
        return None
    if word in PRONOUNS:
        return pronouns.person(scene, source, PRONOUNS[word])
    if word in _THINGS:
        return pronouns.thing(scene, source, plural=word.startswith("th"))
    return Speaker(None, "unnamed") if word in _UNTOLD else None
