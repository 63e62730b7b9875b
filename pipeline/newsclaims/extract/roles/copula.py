"""Titles that are a predicate: "Jane Doe is the mayor", "Its president is Jane Doe"."""

from collections.abc import Iterator

from newsclaims.extract.roles.claims import (
    FUTURE,
    HYPOTHETICAL,
    NEGATIONS,
    UNSAID,
    When,
    claim,
    is_conditional,
)
from newsclaims.extract.roles.scene import CLOSING_MARKS, Link, Scene
from newsclaims.extract.roles.subjects import antecedent, subject_of
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.extract.roles.words import CLOSING_QUOTES, Sort, words

RULES = frozenset({"copula", "predicate-name"})

_COPULAS = words("copulas")
_GROUP = words("copulas", "auxiliaries", "adverbs")
_AUXILIARIES = words("auxiliaries")
_NON_FINITE = frozenset({"be", "been", "being", "become", "becoming", "remaining"})
_PRESENT = frozenset({"is", "are", "'s", "remains", "remain", "becomes"})
_ONCE = words("formerly") | {"earlier"}
_FIGURATIVE = words("figurative_heads")
_COMPARING = words("comparing")
_ABOUT_TO = words("about_to")
_WENT_ON_TO = words("went_on_to")
_TIME_CLAUSES = frozenset({"when", "while"})
_SAID = frozenset({"said", "says", "told"})
_IS = frozenset({"is", "are"})
_COMING = _ABOUT_TO | _WENT_ON_TO
_AFTER_COMPARED = frozenset({"to", "being", "ever", "since", "in", "who"})
_AFTER_PREDICATE = CLOSING_MARKS | {"who", "and"}


def copula(scene: Scene) -> Iterator[Link]:
    """The titles that a form of be, become or remain gives its subject."""
    for post in scene.posts:
        last = post.start - 1
        if last < 1 or scene.low(last) not in _GROUP or scene.belongs_to_name(post):
            continue
        first = last
        while first > scene.units.first[post.start] and scene.low(first - 1) in _GROUP:
            first -= 1
        person = _subject(scene, post, (first, post.start))
        if person is not None:
            when = _when(scene, post, (first, post.start))
            if when == UNSAID and _while(scene, person, first):
                when = When("former", (first, post.start))
            yield from claim(scene, post, person, when, "copula")


def _subject(scene: Scene, post: Post, group: Range) -> int | None:
    """The person that a verb group says the title of, or None where it asserts nothing."""
    units, (first, end) = scene.units, group
    words_of_group = units.low[first:end]
    verb = next((at for at in range(end - 1, first - 1, -1) if units.low[at] in _COPULAS), None)
    if verb is None or not units.same_sentence(first, post.start):
        return None
    if units.low[verb] in _NON_FINITE and not _AUXILIARIES.intersection(words_of_group):
        return None  # "being a minister", "had she been a minister"
    ended = _no_longer(words_of_group) is not None
    if NEGATIONS.difference({"no"} if ended else ()).intersection(words_of_group):
        return None
    if HYPOTHETICAL.intersection(words_of_group):
        return None
    if "to" in words_of_group and not _comes_to_be(scene, first + words_of_group.index("to")):
        return None
    if is_conditional(scene, first) or _figurative(scene, post) or _bare(post):
        return None
    person = subject_of(scene, verb, first)
    if person is None and scene.low(first - 1) == "i":
        person = _speaker(scene, post.end)
    if person is None and scene.low(first - 1) == ",":
        person = _named_between_commas(scene, first - 1)
    return person


def _while(scene: Scene, person: int, group: int) -> bool:
    """Whether a clause of time is about the past: "when Doe was mayor"."""
    start, end = scene.names[person]
    before = scene.low(scene.before_name(start) - 1 if end == group else group - 2)
    return before in _TIME_CLAUSES and scene.low(group) in {"was", "were"}


def _no_longer(said: list[str]) -> int | None:
    """Where "no longer" stands among the words of a verb group."""
    places = (at for at in range(len(said) - 1) if said[at : at + 2] == ["no", "longer"])
    return next(places, None)


def _speaker(scene: Scene, end: int) -> int | None:
    """Who says "I am a nurse", named right after the quotation: ',” said Jane Doe'."""
    units = scene.units
    unit = end + (scene.low(end) in {",", "."})
    if scene.low(unit) not in CLOSING_QUOTES or unit + 2 >= len(units):
        return None
    unit += 1
    if scene.low(unit) in {"he", "she"} and scene.low(unit + 1) in _SAID:
        return antecedent(scene, unit)
    person = scene.name_from(unit + (scene.low(unit) in _SAID))
    if person is None or scene.low(unit) in _SAID:
        return person
    return person if scene.low(scene.names[person][1]) in _SAID else None


def _bare(post: Post) -> bool:
    """Whether an occupation lacks its article, as no predicate does ("is lawyer")."""
    occupation = post.head.sort is Sort.OCCUPATION
    return occupation and not post.determiner and post.title[1] == post.end


def _comes_to_be(scene: Scene, to: int) -> bool:
    """Whether "to become" is asserted: "went on to become", "is set to become"."""
    return scene.low(to - 1) in _COMING or _is_to(scene, to)


def _is_to(scene: Scene, to: int) -> bool:
    """As in "is to become", "is also to become"."""
    return scene.low(to - 1 - (scene.low(to - 1) == "also")) in _IS


def _named_between_commas(scene: Scene, comma: int) -> int | None:
    """The name of "His deputy, Jane Doe, has been …"."""
    person = scene.name_until.get(comma)
    if person is None:
        return None
    first = scene.before_honorifics(scene.names[person][0])
    return person if scene.low(first - 1) == "," else None


def _figurative(scene: Scene, post: Post) -> bool:
    """Whether no post is meant: "was the first president to …", "became a voice for change"."""
    between = scene.units.low[post.start : post.title[0]]
    several = any(scene.units.tag[at] == "CD" for at in range(post.start + 1, post.title[0]))
    if several or "most" in between:
        return True  # "one of 40 owners", "the most gifted politician"
    if scene.low(post.start) == "one" or post.head.singular in _FIGURATIVE:
        return post.organisation is None
    compared = _COMPARING.intersection(between)
    return bool(compared) and scene.low(post.end) in _AFTER_COMPARED


def _when(scene: Scene, post: Post, group: Range) -> When:
    """When the title is held, by the verb group and what stands around it."""
    first, end = group
    said = scene.units.low[first:end]
    for at in range(first, end):
        if scene.low(at) in _ONCE:
            return When("former", (at, at + 1))
    ended = _no_longer(said)
    if ended is not None:
        return When("former", (first + ended, first + ended + 2))
    perfect = "also" in said and scene.low(post.end) != "since"
    if "been" in said and ("had" in said or perfect):
        return When("former", group)
    if FUTURE.intersection(said) and "remain" not in said:
        return When("incoming", group)
    if "to" in said:
        to = first + said.index("to")
        if scene.low(to - 1) in _ABOUT_TO or _is_to(scene, to):
            return When("incoming", (min(first, to - 1), end))
    return When("current") if _PRESENT.intersection(said) else UNSAID


def predicate_name(scene: Scene) -> Iterator[Link]:
    """The names that are a predicate of a title: "Its president is Jane Doe"."""
    units = scene.units
    for person, (first, end) in enumerate(scene.names):
        verb = scene.before_honorifics(first) - 1
        post = scene.by_end.get(verb) if scene.low(verb) in {"is", "was"} else None
        if post is None or post.end != verb or post.plural or post.determiner in {"", "a"}:
            continue
        opens = units.at_start(post.start) or scene.low(post.start - 1) in {"and", ",", "that"}
        closes = not units.same_sentence(end - 1, end) or scene.low(end) in _AFTER_PREDICATE
        if opens and closes and units.same_sentence(post.start, first):
            yield Link(post, person, "predicate-name")
