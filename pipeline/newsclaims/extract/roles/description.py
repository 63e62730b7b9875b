"""A definite description that says more of a title known already: "the former Tory MLA"."""

from collections.abc import Iterator, Sequence

from newsclaims.extract.roles.scene import Link, Scene
from newsclaims.extract.roles.titles import Post
from newsclaims.extract.roles.words import words

RULES = frozenset({"description"})

_LEGISLATORS = words("legislator_heads") - {"member", "deputy", "delegate", "representative"}
_WRITTEN_OUT = {"sen.": "senator", "sen": "senator", "rep.": "congressman", "rep": "congressman"}


def description(scene: Scene, links: Sequence[Link]) -> Iterator[Link]:
    """The descriptions with an organisation that no other phrase gives the title's one holder.

    "the minister" only refers back. "the Tory MLA" adds the party, where one person alone in the
    article is called MLA. Legislators only: of a president or a director, another organisation
    means another person.
    """
    taken = {link.post for link in links}
    for post in sorted([*scene.posts, *scene.possessors]):
        if post.determiner != "the" or post.plural or post.organisation is None or post in taken:
            continue
        if _name(post) not in _LEGISLATORS:
            continue
        holder = _only_holder(scene, links, post)
        if holder is not None and _adds(scene, links, post):
            yield Link(post, holder, "description")


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
