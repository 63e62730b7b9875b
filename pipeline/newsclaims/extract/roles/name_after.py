"""A name in apposition to a title: "The president of the party, Jane Doe, said"."""

from collections.abc import Iterator

from newsclaims.extract.roles import words
from newsclaims.extract.roles.coordination import coordinated_before, share
from newsclaims.extract.roles.scene import CLOSING_MARKS, FINITE, Link, Scene
from newsclaims.extract.roles.subjects import antecedent
from newsclaims.extract.roles.titles import Post
from newsclaims.schema import Status

RULES = frozenset({"name-after", "label"})

_INTRODUCING = frozenset({",", "–", "—", ":", "--"})
_ROYAL = words.words("royal_heads")
# What may stand before a phrase that introduces a name: "a lawyer", and one without article.
_BEFORE_INDEFINITE = words.words("before_indefinite")
_BEFORE_BARE = frozenset({"and", "that", "by", "with", "fellow"})
_REMOVING = words.words("removing_verbs")
_AFTER_NAME = frozenset({"who", "and", "in", "at", "on", "to", "as", "from", "of"})
_BY = frozenset({"training", "profession", "trade"})
_NAMING = frozenset({"named", "identified"})
_LONGEST_NAMING = 7
# Nouns for people of a country that are not its adjective.
_NATIVES = words.words("natives")
_BEFORE_SUBJECT = frozenset({",", "that", "and", "as"})


def name_after(scene: Scene, taken: set[Post]) -> Iterator[Link]:
    """The names that follow a title, set off by a comma or a colon.

    `taken` are the phrases that an earlier name claims.
    """
    units = scene.units
    yield from _opening(scene)
    for person, (first, _) in enumerate(scene.names):
        unit = scene.before_honorifics(first)
        unit -= scene.low(unit - 1) == "one"  # "the secretary, one Jane Doe"
        mark = scene.before_name(unit) - 1  # "the interior minister, Gen. Jane Doe"
        mark = _before_native(scene, mark)
        named = _named_as(scene, mark)
        mark = named or mark
        if mark < 1 or not (named or scene.low(mark) in _INTRODUCING):
            continue
        post = scene.by_end.get(mark)
        outer = scene.outer.get(mark)
        if outer is not None and outer not in taken and units.at_start(outer.start):
            post = outer
        if post is None or not units.same_sentence(mark - 1, first):
            continue
        posts = sorted([post, *coordinated_before(scene, post)])
        if taken.intersection(posts):
            continue
        if scene.low(mark) == ":":
            yield from _labelled(scene, posts, person)
        else:
            yield from _introduced(scene, posts, person, scene.by_end.get(unit))


def _opening(scene: Scene) -> Iterator[Link]:
    """As in "A lawyer by training, she sat in parliament": of whom the pronoun speaks."""
    for post in scene.posts:
        if post.determiner != "a" or post.plural or not scene.units.at_start(post.start):
            continue
        unit = post.end + 2 * (scene.low(post.end) == "by" and scene.low(post.end + 1) in _BY)
        if scene.low(unit) != "," or scene.low(unit + 1) not in {"he", "she"}:
            continue
        person = antecedent(scene, unit + 1)
        if person is not None:
            for each in share([*reversed(coordinated_before(scene, post)), post]):
                yield Link(each, person, "name-after")


def _before_native(scene: Scene, mark: int) -> int:
    """Step over the nation in "the secretary, the New Zealander Jane Doe"."""
    units = scene.units
    for article in range(mark - 1, max(mark - 3, 0), -1):
        native = all(word.istitle() for word in units.word[article + 1 : mark + 1])
        nation = scene.low(mark) in _NATIVES or scene.low(mark) in words.DEMONYMS
        if scene.low(article) == "the" and scene.low(article - 1) == "," and native and nation:
            return article - 1
    return mark


def _named_as(scene: Scene, mark: int) -> int | None:
    """Where the title ends in "the driver, named by police as Jane Doe"."""
    if scene.low(mark) != "as":
        return None
    for unit in range(mark - 1, max(mark - _LONGEST_NAMING, 0), -1):
        if scene.low(unit) in _NAMING and scene.low(unit - 1) == ",":
            return unit - 1
        if scene.low(unit) in CLOSING_MARKS:
            return None
    return None


def _labelled(scene: Scene, posts: list[Post], person: int) -> Iterator[Link]:
    """As in "Director: Jane Doe"."""
    if not scene.units.at_start(posts[0].start):
        return
    people = scene.names_after(person) if posts[0].plural else [person]
    for each in share(posts):
        for holder in people:
            yield Link(each, holder, "label")


def _introduced(
    scene: Scene, posts: list[Post], person: int, titled: Post | None
) -> Iterator[Link]:
    first, end = posts[0], scene.names[person][1]
    if first.plural:  # "Two ex-ministers, Jane Doe and John Roe, …"
        people = scene.names_after(person)
        yield from (Link(first, each, "name-after") for each in people if len(people) > 1)
        return
    if not (_introduces(scene, first, end) and _stands_alone(scene, first, end)):
        return
    dismissed = scene.low(first.start - 1) in _REMOVING
    status: Status | None = "former" if dismissed and first.status == "current" else None
    cue = (first.start - 1, first.start) if status else None
    for each in share(posts):
        yield Link(each, person, "name-after", status, cue)
    state = posts[-1].organisation
    if titled is not None and titled.head.singular in _ROYAL and state is not None:
        # "Freedonia's ruler, Crown Prince Jon": one state stands behind both
        yield Link(titled, person, "name-after", organisation=state)


def _introduces(scene: Scene, post: Post, end: int) -> bool:
    """Whether a phrase can introduce a name: it is definite, or opens its clause."""
    units, start = scene.units, post.start
    before = scene.low(start - 1) if units.same_sentence(start - 1, start) else ""
    if units.at_start(start) or (before == "as" and units.at_start(start - 1)):
        return True
    earlier = scene.name_until.get(start - 1) if before == "," else None
    if earlier is not None:
        return scene.is_introduced(scene.names[earlier][0])
    if post.determiner == "a":
        return before in _BEFORE_INDEFINITE or (before != "of" and scene.low(end) == ",")
    owned = post.organisation is not None and post.organisation[0] < post.title[0]
    if post.determiner or owned:
        return True
    return before in _BEFORE_BARE or (units.capital(post.title[0]) and bool(before))


def _stands_alone(scene: Scene, post: Post, end: int) -> bool:
    """Whether the name closes the apposition: a comma, the end, or the verb of its clause."""
    units = scene.units
    if not units.same_sentence(end - 1, end):
        return True
    word = units.low[end]
    if word in CLOSING_MARKS or word in _AFTER_NAME:
        return True
    if units.tag[end] not in FINITE | {"VBN"}:
        return False
    # "… traced to the buyer, Doe said." reports the whole clause: a verb must follow its subject.
    opens = units.at_start(post.start) or scene.low(post.start - 1) in _BEFORE_SUBJECT
    return opens and scene.low(end + 1) not in {".", ""}
