"""Who holds which position: person, title, organisation and status, from how the text says it.

`units` cuts the text into words as titles have them, `titles` and `complements` take title phrases
apart, and the constructions (`beside`, `clauses`) join them with names. Rules and vocabulary are in
``roles.toml`` and ``words.toml``.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from pipeline.extract.dates import TimeExpression
from pipeline.extract.finds import Name, RoleFind
from pipeline.extract.roles import beside, clauses
from pipeline.extract.roles.beside import after_name, before_name, name_after
from pipeline.extract.roles.clauses import names_as_predicate, predicates
from pipeline.extract.roles.scene import Link, Scene
from pipeline.extract.roles.terms import term_of
from pipeline.extract.roles.units import make_units
from pipeline.rules import load_rules

load_rules("extract/roles/roles").check_covers({*beside.RULES, *clauses.RULES})


def find_roles(
    doc: Doc,
    people: Sequence[Name],
    organisations: Sequence[Name],
    places: Sequence[Name],
    dates: Sequence[TimeExpression],
) -> list[RoleFind]:
    """The roles that `doc` asserts, in the order of the text."""
    units = make_units(doc, people, [*organisations, *places], dates)
    if not units.people:
        return []
    scene = Scene(units)
    links = list(before_name(scene))
    links += after_name(scene)
    links += name_after(scene, {link.post for link in links})
    links += predicates(scene)
    links += names_as_predicate(scene)
    return _finds(scene, links)


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
    if term is not None and term.over and status == "current" and not link.status:
        status, cue = "former", term.cue
    return RoleFind(
        holder=scene.holder(link.person),
        title=units.offsets(post.title),
        organisation=units.offsets(organisation) if organisation else None,
        status=status,
        status_cue=units.offsets(cue) if cue else None,
        rule=link.rule,
        qualifier=units.offsets(post.qualifier) if post.qualifier else None,
        since=units.offsets(term.since) if term and term.since else None,
        until=units.offsets(term.until) if term and term.until else None,
    )
