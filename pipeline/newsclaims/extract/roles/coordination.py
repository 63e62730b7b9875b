"""Title phrases strung together: "lawyer, activist and author", "founder and chief of Acme"."""

from newsclaims.extract.roles import words
from newsclaims.extract.roles.scene import FINITE, Scene
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.extract.roles.words import Sort

_AND = frozenset({"and", "&"})
_JOINS_AFTER = frozenset({",", "and", "&", "but", "turned"})
_BETWEEN = frozenset({"and", "as", "now", "also", "then", "later", "currently"})
# Posts that are held together in one body: "president and chief executive of Acme".
_ADVISING = frozenset({"adviser", "advisor", "assistant", "aide", "prof", "prof."})
_HELD_TOGETHER = words.words("held_together_heads")


def coordinated_before(scene: Scene, post: Post) -> list[Post]:
    """The phrases strung before `post`, the nearest first."""
    found: list[Post] = []
    current, separators = post, _AND | {"turned"}
    while scene.low(current.start - 1) in separators:
        end = current.start - 1
        end -= scene.low(end) in _AND and scene.low(end - 1) == ","
        earlier = scene.by_end.get(end)
        if earlier is None or not _strung(scene, earlier, current):
            break
        closed = end < current.start - 1 or earlier.determiner or earlier.end > earlier.bare_end
        if closed and scene.low(earlier.start - 1) == "," and earlier.start - 1 in scene.name_until:
            break  # "Jane Doe, head of Acme, and analyst John Roe"
        if earlier.determiner == "a" and _opens_itself(scene, current):
            break
        if scene.low(end) == "turned" and earlier.status == "current":
            earlier = earlier._replace(status="former", cue=(end, end + 1))
        found.append(earlier)
        current, separators = earlier, frozenset({","})
    return found


def coordinated_after(scene: Scene, post: Post) -> list[Post]:
    """The phrases strung after `post`, in order."""
    found: list[Post] = []
    current = post
    while True:
        joined = _after_join(scene, current.end)
        cue = _before_that(scene, joined)
        later = scene.by_start.get(cue[1] + (scene.low(cue[1]) == ",") if cue else joined)
        if later is not None and cue and later.status == "current":
            later = later._replace(status="former", cue=cue)
        if later is None or not _strung(scene, current, later) or _anothers(scene, later):
            return found
        if _is_companys(scene, current, later):
            return found
        found.append(later)
        current = later


def _is_companys(scene: Scene, current: Post, later: Post) -> bool:
    """Whether a title says what the body before it is: "head of Acme, a research consultant"."""
    ends = current.organisation is not None and current.organisation[1] == current.end
    return ends and later.determiner == "a" and scene.low(later.start - 1) == ","


def _strung(scene: Scene, earlier: Post, later: Post) -> bool:
    apart = earlier.start < later.start and earlier.plural == later.plural
    return apart and scene.units.same_sentence(earlier.start, later.start)


def _opens_itself(scene: Scene, post: Post) -> bool:
    """Whether a title without article begins a name: "a minister and President Doe"."""
    return not post.determiner and scene.units.capital(post.title[0])


def _after_join(scene: Scene, unit: int) -> int:
    """Where a phrase joined at `unit` begins, brackets between skipped, or -1."""
    unit = scene.after_place(unit)
    if [scene.low(unit + ahead) for ahead in range(3)] == ["as", "well", "as"]:
        return unit + 3
    if scene.low(unit) not in _JOINS_AFTER:
        return -1
    unit += 1
    while scene.low(unit) in _BETWEEN and unit not in scene.by_start:
        unit += 1  # ", and as a principal"
    return unit


def _before_that(scene: Scene, unit: int) -> Range | None:
    """The words of "…, and, before that, a prosecutor", or None."""
    unit += scene.low(unit) == ","
    said = [scene.low(unit), scene.low(unit + 1)] == ["before", "that"]
    return (unit, unit + 2) if said else None


def _anothers(scene: Scene, post: Post) -> bool:
    """Whether a phrase is the title of a name after it, or the subject of a verb after it."""
    if any(scene.name_in_line(end) is not None for end in (post.bare_end, post.end)):
        return True
    units, end = scene.units, post.end
    # "…, the founder, and the bishop is hers"
    return bool(post.determiner) and end < len(units) and units.tag[end] in FINITE


def share(posts: list[Post]) -> list[Post]:
    """Coordinated phrases in the order of the text, with what they share laid on each.

    Positions of one body share its organisation, and with it the status of the first.
    """
    shared = list(posts)
    for index in range(len(shared) - 1):
        first, second = shared[index], shared[index + 1]
        stacked = first.end == second.start  # "Acme chairman | Prof. Doe"
        if stacked or second.determiner or not (_together(first) and _together(second)):
            continue
        if first.head.singular in _ADVISING:
            continue  # "the senior adviser and chairman of the board"
        if first.organisation is None and second.organisation is not None:
            # "chairman and chief executive of Acme"
            shared[index] = first._replace(organisation=second.organisation)
        elif first.organisation is not None and second.organisation is None:
            # "Acme chairman and chief executive"
            shared[index + 1] = second = second._replace(organisation=first.organisation)
        else:
            continue
        if second.cue is None:
            shared[index + 1] = second._replace(status=first.status, cue=first.cue)
    return shared


def _together(post: Post) -> bool:
    return post.head.sort is Sort.POSITION or post.head.singular in _HELD_TOGETHER
