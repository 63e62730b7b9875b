"""A title in apposition after a name: "Jane Doe, 45, the mayor of Springfield, said"."""

from collections.abc import Iterator

from newsclaims.extract.roles import words
from newsclaims.extract.roles.coordination import coordinated_after, share
from newsclaims.extract.roles.scene import CLOSING_MARKS, FINITE, PARTY, Link, Scene
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.schema import Status

RULES = frozenset({"after-name", "shared-after", "in-brackets"})

_SEPARATORS = frozenset({",", "–", "—", "--", "-", "("})
_ADVERBS = words.words("apposition_adverbs")
_FORMERLY = words.words("formerly")
# What may stand after an apposition that no comma closes.
_GOES_ON = words.words("after_apposition")
_GOES_ON_TAGS = frozenset({"VBG", "VBN", "IN", "RB", "CD"})
_SUFFIXES = words.words("suffixes", "orders")
_LONGEST_BRACKET = 10
_LONGEST_INITIALS = 4
_LONGEST_RELATIVE = 7


def after_name(scene: Scene) -> Iterator[Link]:
    """The titles that follow a name, set off by a comma, a dash or a bracket."""
    units = scene.units
    for person, (first, end) in enumerate(scene.names):
        mark = _after_aside(scene, end)
        if scene.low(mark) not in _SEPARATORS or not units.same_sentence(first, mark):
            continue
        if scene.low(mark) == "-" and units.end[mark - 1] == units.start[mark]:
            continue  # a hyphen inside a word
        unit, formerly = _apposition_start(scene, mark + 1)
        post = scene.by_start.get(unit)
        if post is not None and units.same_sentence(first, unit):
            bracket = scene.low(mark) == "("
            if not bracket and _listed(scene, first, post):
                continue
            yield from _appositions(scene, person, post, formerly, bracket=bracket)


def _listed(scene: Scene, first: int, post: Post) -> bool:
    """Whether each title of a list stands before its name: "the mayor, A, the clerk, B, …"."""
    if scene.low(post.end) != "," or post.determiner not in {"the", "possessive"}:
        return False
    following = scene.by_start.get(post.end + 1)
    named = scene.name_from(following.bare_end if following else post.end + 1)
    return named is not None and scene.is_introduced(first)


def _after_aside(scene: Scene, unit: int) -> int:
    """Step over what may part a name from its apposition: ", 45", ", D-Maine", "of Springfield"."""
    units = scene.units
    if scene.low(unit) in _SUFFIXES and units.capital(unit):
        unit += 1
    if scene.low(unit) == "(" and unit + 1 not in scene.by_start:
        last = unit + 1 + _LONGEST_BRACKET
        close = next((at for at in range(unit + 1, last) if scene.low(at) == ")"), unit - 1)
        unit = close + 1
    while scene.low(unit) == scene.low(unit + 2) == "," and (
        scene.low(unit + 1) in _SUFFIXES or _is_order(scene, unit + 1)
    ):
        unit += 2  # "Jane Doe, MBBS, MD, …"
    if scene.low(unit) == ",":
        aside = unit + 1 + (scene.low(unit + 1) in {"aged", "age"})
        word = scene.low(aside)
        age = word.isdigit() and len(word) <= 3
        known = age or word in _SUFFIXES or PARTY.match(word) or _is_order(scene, aside)
        if known and scene.low(aside + 1) == ",":
            return aside + 1
    if scene.low(unit) in {"of", "from"} and unit + 1 < len(units) and units.body[unit + 1] >= 0:
        after = units.body_ranges[units.body[unit + 1]][1]
        if scene.low(after) == ",":
            return after
    return unit


def _is_order(scene: Scene, unit: int) -> bool:
    """Whether a word is the initials of an order or a degree: "Jane Doe, KSM, …"."""
    if unit >= len(scene.units) or unit in scene.by_start:
        return False
    word = scene.units.word[unit]
    return word.isupper() and 2 <= len(word) <= _LONGEST_INITIALS and scene.units.body[unit] < 0


def _apposition_start(scene: Scene, unit: int) -> tuple[int, Range | None]:
    """Where the title phrase begins, and a "formerly" before it."""
    if scene.low(unit) in {"both", "all"} and scene.low(unit + 1) == "of":
        unit += 3  # "both of them former ministers"
    unit = _after_relative(scene, unit)
    formerly: Range | None = None
    if [scene.low(unit), scene.low(unit + 1)] in (["until", "now"], ["until", "recently"]):
        formerly = (unit, unit + 2)
    while scene.low(unit) in _ADVERBS and unit not in scene.by_start:
        if scene.low(unit) in _FORMERLY:
            formerly = (unit, unit + 1)
        unit += 1
    return unit, formerly


def _after_relative(scene: Scene, unit: int) -> int:
    """Step over a family relation: "the mayor's daughter and a nurse"."""
    for at in range(unit, unit + _LONGEST_RELATIVE):
        word = scene.low(at)
        if word in words.KIN and scene.low(at + 1) == "and" and at + 2 in scene.by_start:
            return at + 2
        if word in words.KIN or word in CLOSING_MARKS:
            break
    return unit


def _appositions(
    scene: Scene, person: int, post: Post, formerly: Range | None, *, bracket: bool
) -> Iterator[Link]:
    posts = [post, *coordinated_after(scene, post)]
    people = scene.names_before(person) if post.plural else [person]
    if not _closes(scene, posts, bracket=bracket) or (post.plural and len(people) < 2):
        return
    rule = "in-brackets" if bracket else "shared-after" if post.plural else "after-name"
    for each in share(posts):
        past = formerly if each.status == "current" else None
        status: Status | None = "former" if past else None
        for holder in people:
            yield Link(each, holder, rule, status, past)


def _closes(scene: Scene, posts: list[Post], *, bracket: bool) -> bool:
    """Whether what follows fits an apposition, and is not a name that the title belongs to."""
    units, last = scene.units, posts[-1]
    end = last.end
    if scene.name_in_line(posts[0].bare_end) is not None:
        return False
    if not units.same_sentence(end - 1, end):
        return True
    if scene.name_from(end) is not None:
        return False
    word = units.low[end]
    if bracket:
        return word in {")", ",", ";"}
    if word in CLOSING_MARKS or word in _GOES_ON or units.tag[end] in _GOES_ON_TAGS:
        return True
    full = last.end > last.bare_end or bool(last.determiner)
    return units.tag[end] in FINITE and full
