"""Sources that name the speaker, and speakers of scripts whom letters stand for."""

import re
from collections.abc import Sequence

from newsclaims import lexicon
from newsclaims.extract.finds import Offsets
from newsclaims.extract.names.vocabulary import DEMONYMS, HONORIFICS, RANKS, TITLES
from newsclaims.resolve.speakers.phrase import DEFINITE
from newsclaims.resolve.speakers.scene import OF_ANOTHER, RELATIVE, Mark, Scene, Speaker, within

# Small words that may follow the name of the speaker himself.
_AFTER_NAME = OF_ANOTHER | lexicon.words("speakers.after_name")
_OFFICES = TITLES | RANKS | HONORIFICS
_APPOSED = re.compile(r",\s+(?:\d{1,3},\s+)?")  # between a name and its apposition
_LONGEST_NAME = 60  # characters
_LONGEST_LEAD = 4  # words between the beginning of a sentence and its first name


def named(scene: Scene, source: Offsets) -> Speaker | None:
    """The name that the source consists of, has in apposition, or stands in apposition to."""
    for marks in (scene.people, scene.bodies):
        inside = within(marks, source)
        own = [mark for mark in inside if is_own(scene, source, mark)]
        if own:
            joined = any(_joined(scene, own[0], mark) for mark in inside)
            return Speaker(None, "several") if joined else Speaker(own[0].row, "name")
    return _at_edge(scene, source) or _part_of_name(scene, source) or _name_before(scene, source)


def _at_edge(scene: Scene, source: Offsets) -> Speaker | None:
    """The name that the source cuts: a part of it, or only the "Dr." before it."""
    begin = source.start - _LONGEST_NAME
    for mark in within(scene.people, Offsets(max(0, begin), source.end + _LONGEST_NAME)):
        if mark.start < source.start < mark.end:
            return Speaker(mark.row, "name")
        if scene.text[source.end : mark.start].strip() == "." and mark.start > source.end:
            return Speaker(mark.row, "name")
    return None


def _part_of_name(scene: Scene, source: Offsets) -> Speaker | None:
    """The only person whose name begins or ends with the words before a comma, titles aside."""
    words = scene.text[source.start : source.end].partition(",")[0].split()
    while len(words) > 1 and words[0].lower() in _OFFICES | DEFINITE:
        words = words[1:]
    if not words or not all(word[0].isupper() for word in words):
        return None
    rows = [
        row
        for row in dict.fromkeys(scene.by_edge.get(words[0], []) + scene.by_edge.get(words[-1], []))
        if words in (scene.names[row][: len(words)], scene.names[row][-len(words) :])
    ]
    return Speaker(rows[0], "name") if len(rows) == 1 else None


def _name_before(scene: Scene, source: Offsets) -> Speaker | None:
    """The name that opens the sentence, when the source is only its apposition: "Li, a nurse".

    A definite one must be closed by a comma, unlike "Li, the nurse said, was late".
    """
    first = scene.text[source.start : source.end].split(maxsplit=1)[0].lower()
    if first not in ("a", "an") and scene.text[source.end : source.end + 1] != ",":
        return None
    begin = scene.bounds(scene.sentence(source.start)).start
    for mark in within(scene.people, Offsets(begin, source.start)):
        lead = scene.text[begin : mark.start].split()
        apart = _APPOSED.fullmatch(scene.text, mark.end, source.start)
        if apart and len(lead) <= _LONGEST_LEAD and not _opens_clause(lead):
            return Speaker(mark.row, "name")
    return None


def _opens_clause(lead: Sequence[str]) -> bool:
    """Whether the words before a name make it part of a clause: "After meeting Li"."""
    return any(word.lower() in OF_ANOTHER or word.endswith("ing") for word in lead)


def is_own(scene: Scene, source: Offsets, mark: Mark) -> bool:
    """Whether the name is the source's own, not the one of somebody it belongs to."""
    following = scene.text[mark.end : source.end].replace("’", "'")
    joined = following.startswith(("'s", "s'", "-")) and len(following.split()) > 1
    if joined or _modifies(scene, source, mark):
        return False
    start = scene.titled_from.get(mark.start, mark.start)
    before = scene.text[source.start : max(source.start, start)].rpartition(",")[2].split()
    small = [n for n, word in enumerate(before) if word.lower() in OF_ANOTHER | RELATIVE]
    if not small:
        return True
    title = before[small[-1] + 1 :]
    if not title or not mark.row.startswith("person"):
        return False
    office, last = before[small[-1] - 1].lower(), title[-1]
    if last.islower():
        # "head of the Harbour Board chief engineer Ann Lee", "chief of detectives Ann Lee", but not
        # "supporters of candidate Ann Lee"
        field = last.endswith("s") and last not in TITLES
        return field or any(word[:1].isupper() for word in title[:-1])
    # "Governor of Kano Ann Lee", but not "supporters of Mayor Ann Lee"
    is_office = office in _OFFICES and before[0].lower() not in ("a", "an")
    return is_office and last.lower() not in _OFFICES | DEMONYMS


def _modifies(scene: Scene, source: Offsets, mark: Mark) -> bool:
    """Whether the name only modifies the noun behind it: "Okoye supporters"."""
    following = scene.text[mark.end : source.end].split(maxsplit=1)
    if not following or not scene.text[mark.end].isspace():
        return False
    return following[0][0].islower() and following[0].strip(",.") not in _AFTER_NAME


def _joined(scene: Scene, first: Mark, second: Mark) -> bool:
    """Whether both are people with "and" between their names and nothing of another's."""
    between = scene.text[first.end : second.start].lower().replace(",", " ").split()
    if first.row == second.row or "and" not in between:
        return False
    return between == ["and"] or second.row.startswith("person")


def interviewee(scene: Scene, script: int) -> Speaker | None:
    """Whom the lines before an interview are about, which begins at `script`."""
    before = [mark.row for mark in scene.people if mark.start < script]
    before += [mark.row for mark in scene.references.values() if mark.start < script]
    asked = [row for row in dict.fromkeys(before) if row.startswith("person")]
    return Speaker(max(asked, key=before.count), "interview") if asked else None


def abbreviated(scene: Scene, label: str) -> Speaker | None:
    """The only person whose initials stand before the colon of a script."""
    if not label.isupper() or not 1 < len(label) < 4:
        return None
    meant = [row for row, words in scene.names.items() if _initials(words) == label]
    return Speaker(meant[0], "initials") if len(meant) == 1 else None


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())
