"""Who holds which position: person, title, organisation and status, from how the text says it.

`units` cuts the text into words as titles have them; `titles` finds title phrases. `modifiers`
sorts what stands before a head (by `words_before`, `title_words` and `bodies_before`, which asks
`names_before`; a `phrase` is what they fill), `complements` what stands after it (with `charges`
and `noun_phrases`). `scene` lays titles beside names, `coordination` strings them together.

Each construction (`before_name`, `after_name`, `name_after`, `copula`, `verbs`, `description`) then
joins titles with people; those of clauses share `claims` and `subjects`. `terms` reads since when
and until when. What users bring is in `own_roles`.

Rules with their examples are in ``roles.toml`` and, of cutting titles, in ``titles.toml``; the
vocabulary, which `words` reads, is in the lexicon.
"""

from collections.abc import Iterable, Sequence

from newsclaims.extract.dates import TimeExpression
from newsclaims.extract.finds import Name, RoleFind
from newsclaims.extract.own import NOTHING, OwnRules
from newsclaims.extract.roles import (
    after_name,
    before_name,
    copula,
    description,
    name_after,
    verbs,
)
from newsclaims.extract.roles.own_roles import own_finds, with_own
from newsclaims.extract.roles.scene import Link, Scene
from newsclaims.extract.roles.terms import term_of
from newsclaims.extract.roles.units import make_units
from newsclaims.extract.roles.words import heads_with
from newsclaims.rules import load_rules
from newsclaims.text.tokens import Tokens

load_rules("extract/roles/roles").check_covers(
    {
        *before_name.RULES,
        *after_name.RULES,
        *name_after.RULES,
        *copula.RULES,
        *verbs.RULES,
        *description.RULES,
    }
)


def find_roles(
    tokens: Tokens,
    people: Sequence[Name],
    organisations: Sequence[Name],
    places: Sequence[Name],
    dates: Sequence[TimeExpression],
    own: OwnRules = NOTHING,
) -> list[RoleFind]:
    """The roles that a text asserts, in the order of the text."""
    heads = heads_with(own.titles)
    units = make_units(tokens, people, [*organisations, *places], dates, heads)
    if not units.people:
        return []
    scene = Scene(units)
    found = _finds(scene, all_links(scene, own.without))
    return with_own(own_finds(tokens.text, units.people, own.roles), found) if own.roles else found


def all_links(scene: Scene, without: frozenset[str] = frozenset()) -> list[Link]:
    """What each construction joins, in order; where two join the same, the first is right.

    Rules `without` are left out, so that later ones meet what these would have taken.
    """

    def kept(links: Iterable[Link]) -> list[Link]:
        return [one for one in links if not {one.rule, one.post.head.rule} & without]

    links = kept([*before_name.before_name(scene), *after_name.after_name(scene)])
    links += kept(name_after.name_after(scene, {link.post for link in links}))
    links += kept(copula.copula(scene))
    links += kept(verbs.verbs(scene))
    links += kept(copula.predicate_name(scene))
    links += kept(description.description(scene, links))
    return links


def _finds(scene: Scene, links: Iterable[Link]) -> list[RoleFind]:
    """One find a person and title, the first construction's; an organisation wins over none."""
    best: dict[tuple[int, tuple[int, int]], RoleFind] = {}
    for link in links:
        find = _find(scene, link)
        key = (find.holder.start, find.title)
        known = best.get(key)
        if known is None or (known.organisation is None and find.organisation is not None):
            best[key] = find
    return sorted(best.values(), key=lambda find: (find.title, find.holder))


def _find(scene: Scene, link: Link) -> RoleFind:
    units, post = scene.units, link.post
    organisation = link.organisation or post.organisation
    status, cue = (link.status, link.cue) if link.status else (post.status, post.cue)
    term = term_of(scene, link)
    past = link.rule != "continued-as"  # "will remain as an adviser until June"
    if past and term is not None and term.over and status == "current" and not link.status:
        status, cue = "former", term.cue
    return RoleFind(
        holder=scene.holder(link.person),
        title=units.offsets(post.title),
        organisation=units.offsets(organisation) if organisation else None,
        status=status,
        status_cue=units.offsets(cue) if cue else None,
        rule=post.head.rule or link.rule,
        qualifier=units.offsets(post.qualifier) if post.qualifier else None,
        since=term.since if term else None,
        until=term.until if term else None,
    )
