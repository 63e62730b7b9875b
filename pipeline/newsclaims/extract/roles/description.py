"""A definite description that says more of a title known already: "the former Tory MLA"."""

from collections.abc import Iterator, Sequence

from newsclaims.extract.roles.scene import FINITE, Link, Scene
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.units import Range
from newsclaims.extract.roles.words import words

RULES = frozenset({"description"})

_LEGISLATORS = words("legislator_heads") - {"member", "deputy", "delegate", "representative"}
_WRITTEN_OUT = {"sen.": "senator", "sen": "senator", "rep.": "congressman", "rep": "congressman"}
_SAID = frozenset({"said", "says", "added", "told"})
_PRONOUNS = frozenset({"he", "she", "his", "her"})
_BEFORE_SUBJECT = frozenset({",", "that", "said", "says", "and", "but", "”", '"', "“"})
_FURTHEST_BACK = 2  # sentences that a description may reach back over


def description(scene: Scene, links: Sequence[Link]) -> Iterator[Link]:
    """The descriptions that say something new of a person named before.

    "the minister" only refers back. "the Tory MLA" adds the party, where one person alone in the
    article is called MLA. "The Welsh singer" adds a title, where the sentences before name one
    person alone and nobody else is a singer.
    """
    taken = {link.post for link in links}
    for post in sorted([*scene.posts, *scene.possessors]):
        this = post.determiner != "the" or scene.low(post.start) != "the"
        if this or post.plural or post in taken:
            continue
        if post.organisation is not None and _name(post) in _LEGISLATORS:
            holder = _only_holder(scene, links, post)
            if holder is not None and _adds(scene, links, post):
                yield Link(post, holder, "description")
                continue
        holder = _described(scene, post)
        if holder is not None and _is_new(scene, links, post):
            yield Link(post, holder, "description")


def _described(scene: Scene, post: Post) -> int | None:
    """Whom a description that opens a clause refers to: the one person of the sentence before."""
    units = scene.units
    modified = post.organisation is not None or post.title[0] > post.start + 1
    speaks = scene.low(post.start - 1) in _SAID or scene.low(post.end) in _SAID
    if not modified and (post.title[1] - post.title[0] == 1 or not speaks):
        return None
    if scene.belongs_to_name(post) or not _is_subject(scene, post):
        return None
    first = units.first[post.start]
    before = units.low[first : post.start]
    if _people_between(scene, first, post.start) or _PRONOUNS.intersection(before):
        return None
    for _ in range(_FURTHEST_BACK):
        if first == 0:
            return None
        last, first = first, units.first[first - 1]
        near = _people_between(scene, first, last)
        if near:
            alone = len({_surname(scene, person) for person in near}) == 1
            return near[-1] if alone else None
    return None


def _is_subject(scene: Scene, post: Post) -> bool:
    """Whether a description is the subject of its clause, or of the verb of saying before it."""
    units, end = scene.units, post.end
    if scene.low(post.start - 1) in _SAID and not scene.units.same_sentence(end, end + 1):
        return True
    opens = units.at_start(post.start) or scene.low(post.start - 1) in _BEFORE_SUBJECT
    return opens and units.same_sentence(post.start, end) and units.tag[end] in FINITE


def _people_between(scene: Scene, start: int, end: int) -> list[int]:
    return [number for number, (first, _) in enumerate(scene.names) if start <= first < end]


def _is_new(scene: Scene, links: Sequence[Link], post: Post) -> bool:
    """Whether nobody is called so yet, neither the holder nor anybody else."""
    for link in links:
        if _name(link.post) == _name(post):
            body = link.organisation or link.post.organisation
            if body is None or post.organisation is None:
                return False
            if _same_words(scene, body, post.organisation):
                return False
    return _name(post) != "model"


def _same_words(scene: Scene, left: Range, right: Range) -> bool:
    low = scene.units.low
    return bool(set(low[slice(*left)]) & set(low[slice(*right)]))


def _only_holder(scene: Scene, links: Sequence[Link], post: Post) -> int | None:
    """The last mention before `post` of the only person whose title has its head."""
    holders = [link.person for link in links if _name(link.post) == _name(post)]
    before = [person for person in holders if scene.names[person][0] < post.start]
    if not before or len({_surname(scene, person) for person in holders}) > 1:
        return None
    return max(before)


def _adds(scene: Scene, links: Sequence[Link], post: Post) -> bool:
    """Whether the organisation is another than each that is given for this title already."""
    assert post.organisation is not None
    units = scene.units
    said = units.low[slice(*post.organisation)]
    same = [link for link in links if _name(link.post) == _name(post)]
    bodies = [link.organisation or link.post.organisation for link in same]
    return all(body is None or units.low[slice(*body)] != said for body in bodies)


def _name(post: Post) -> str:
    """The head of a title, abbreviations written out."""
    return _WRITTEN_OUT.get(post.head.singular, post.head.singular)


def _surname(scene: Scene, person: int) -> str:
    return scene.units.low[scene.names[person][1] - 1]
