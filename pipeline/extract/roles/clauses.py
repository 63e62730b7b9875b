"""Titles that a clause gives a person: "is the mayor", "served as", "was appointed", "resigned as"."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.roles.scene import Link, Scene, share
from pipeline.extract.roles.subjects import subject_of
from pipeline.extract.roles.titles import Post
from pipeline.extract.roles.units import Range
from pipeline.extract.roles.words import Sort, words
from pipeline.records import Status

_COPULAS = words("copulas")
_PRESENT = frozenset({"is", "are", "'s", "remains", "remain", "becomes"})
_HAVE = frozenset({"has", "have", "had", "having"})
_GROUP = words("copulas", "auxiliaries", "adverbs")
_NEGATIONS = words("negations")
_HYPOTHETICAL = words("hypothetical")
_ONCE = frozenset({"once", "formerly", "previously", "earlier"})
_CONDITIONS = frozenset({"if", "whether", "unless", "lest"})
# Nouns that praise more often than they name a post.
_FIGURATIVE = words("figurative_heads")
_COMPARING = frozenset(
    {"first", "second", "third", "only", "last", "latest", "next", "youngest", "oldest", "most"}
)
_ABOUT_TO = frozenset(
    {"set", "due", "going", "about", "poised", "slated", "scheduled", "expected", "ready", "tipped"}
)
_WENT_ON_TO = frozenset({"on", "rose", "rise", "up", "career", "continues", "continued", "back"})

_RULES = {
    "serving": "served-as",
    "continuing": "continued-as",
    "appointing": "appointed",
    "nominating": "nominated",
    "taking": "took-over-as",
    "replacing": "replaced-as",
    "leaving": "resigned-as",
    "removing": "removed-as",
}
RULES = frozenset({"copula", "predicate-name", "years-as", "post-of", *_RULES.values()})
# What each verb form does to a position.
_VERBS = {word: kind for kind in _RULES for word in words(f"{kind}_verbs")}
_JOBS = words("jobs")
_TIMES = words("times")
_FURTHEST_VERB = 9


class _Claim(NamedTuple):
    """What a clause says of a post: who, since which words, and when."""

    person: int
    status: Status | None
    cue: Range | None


def predicates(scene: Scene) -> Iterator[Link]:
    """Every title phrase that is a predicate of a person, by the words before the phrase."""
    for post in scene.posts:
        if scene.person_from(post.start) or (
            scene.name_from(post.end) is not None and post.end == post.bare_end
        ):
            continue
        unit = post.start - 1
        if unit < 1 or not scene.units.same_sentence(unit, post.start):
            continue
        word = scene.low(unit)
        if word in _GROUP:
            yield from _copula(scene, post, unit)
        elif word == "as":
            yield from _as_phrase(scene, post, unit)
        elif word in _VERBS:
            yield from _direct(scene, post, unit)
        elif word == "of" and scene.low(unit - 1) in _JOBS:
            yield from _job_of(scene, post, unit)
        elif word == "to" and _VERBS.get(scene.low(unit - 1)) == "appointing":
            yield from _direct(scene, post, unit - 1)
        elif unit + 1 in scene.name_until:
            yield from _object(scene, post, scene.name_until[unit + 1])


def _links(scene: Scene, post: Post, claim: _Claim, rule: str) -> Iterator[Link]:
    posts = share([post, *scene.coordinated_after(post)])
    people = scene.names_before(claim.person) if post.plural else [claim.person]
    if post.plural and len(people) < 2:
        return
    for each in posts:
        status = claim.status if each.status == "current" else None
        for person in people:
            yield Link(each, person, rule, status=status, cue=claim.cue if status else None)


def _copula(scene: Scene, post: Post, last: int) -> Iterator[Link]:
    """ "Jane Doe is / was / has been / became the mayor of Springfield"."""
    units, unit = scene.units, last
    while unit > units.first[last] and units.low[unit - 1] in _GROUP:
        unit -= 1
    group = units.low[unit : last + 1]
    copula = next((at for at in range(last, unit - 1, -1) if units.low[at] in _COPULAS), None)
    if copula is None or _NEGATIONS.intersection(group) or _HYPOTHETICAL.intersection(group):
        return
    if not post.determiner and post.head.sort is Sort.OCCUPATION and post.title[1] == post.end:
        return
    if _figurative(scene, post) or ("to" in group and not _to_become(scene, unit, group)):
        return
    if units.low[copula] == "being" or _conditional(scene, unit):
        return
    person = subject_of(scene, copula)
    if person is None and scene.low(unit - 1) == ",":
        person = _named_between_commas(scene, unit - 1)
    if person is None and scene.low(unit - 1) == "who":
        person = scene.name_until.get(unit - 1 - (scene.low(unit - 2) == ","))
    if person is None or (
        not units.same_sentence(scene.names[person][0], post.start) and not _pronoun(scene, unit)
    ):
        return
    status, cue = _tense(scene, post, group, unit, last)
    yield from _links(scene, post, _Claim(person, status, cue), "copula")


def _named_between_commas(scene: Scene, comma: int) -> int | None:
    """The name of "His deputy, Jane Doe, has been …"."""
    person = scene.name_until.get(comma)
    if person is None:
        return None
    first = scene.before_honorifics(scene.names[person][0])
    return person if scene.low(first - 1) == "," else None


def _figurative(scene: Scene, post: Post) -> bool:
    """ "was the first president to …", "one of two skaters", "became a voice for change": no post."""
    if post.organisation is None and post.head.singular in _FIGURATIVE:
        return True
    if scene.low(post.start) == "one":
        return post.organisation is None
    between = scene.units.low[post.start : post.title[0]]
    compared = _COMPARING.intersection(between) and post.head.singular not in between
    return bool(compared) and scene.low(post.end) in {"to", "being", "ever", "since", "in", "who"}


def _pronoun(scene: Scene, unit: int) -> bool:
    return any(word in {"he", "she"} for word in scene.units.low[max(unit - 8, 0) : unit + 3])


def _tense(
    scene: Scene, post: Post, group: list[str], unit: int, last: int
) -> tuple[Status | None, Range | None]:
    """When the title is held, from the verb group and what follows the phrase."""
    for at in range(unit, last + 1):
        if scene.low(at) in _ONCE:
            return "former", (at, at + 1)
    if "been" in group and ("had" in group or ("also" in group and scene.low(post.end) != "since")):
        return "former", (unit, last + 1)
    if {"will", "'ll", "shall"}.intersection(group) and "remain" not in group:
        return "incoming", (unit, last + 1)
    if "to" in group and scene.low(unit - 1) in _ABOUT_TO:
        return "incoming", (unit - 1, last + 1)
    if "was" in group and scene.low(post.end) in {"until", "till"}:
        return "former", (post.end, post.end + 1)
    if _PRESENT.intersection(group):
        return "current", None
    return None, None


def _to_become(scene: Scene, unit: int, group: list[str]) -> bool:
    """Whether "to become" is asserted: "went on to become", "is set to become"."""
    at = unit + group.index("to")
    before = scene.low(at - 1)
    return before in _ABOUT_TO or before in _WENT_ON_TO


def _conditional(scene: Scene, unit: int) -> bool:
    return any(
        word in _CONDITIONS
        for word in scene.units.low[max(scene.units.first[unit], unit - 6) : unit]
    )


def _as_phrase(scene: Scene, post: Post, at: int) -> Iterator[Link]:
    """ "served as mayor", "took over as coach", "spent ten years as an editor", "named Doe as chief"."""
    units = scene.units
    name = scene.name_until.get(at)
    first = max(units.first[at], at - _FURTHEST_VERB)
    for unit in range(at - 1, first - 1, -1):
        word = units.low[unit]
        if word in _TIMES and unit >= at - 2:
            yield from _time_as(scene, post, unit)
            return
        kind = _VERBS.get(word)
        if kind is None:
            if word in {";", "that", "said", "says"}:
                return
            continue
        if _hypothetical(scene, unit) or (kind == "serving" and scene.low(unit - 1) == "to"):
            return
        if (
            name is not None
            and kind in {"appointing", "removing", "nominating"}
            and not _passive(scene, unit)
        ):
            person: int | None = name
        else:
            person = subject_of(scene, unit)
        if person is not None:
            status, cue = _when(scene, post, unit, at, kind)
            yield from _links(scene, post, _Claim(person, status, cue), _RULES[kind])
        return


def _passive(scene: Scene, unit: int) -> bool:
    before = scene.units.low[max(unit - 3, 0) : unit]
    return any(word in {"was", "were", "been", "is", "be", "being", "are"} for word in before)


def _hypothetical(scene: Scene, unit: int) -> bool:
    before = scene.units.low[max(scene.units.first[unit], unit - 4) : unit]
    return any(word in _NEGATIONS or word in _HYPOTHETICAL for word in before) or _conditional(
        scene, unit
    )


def _when(
    scene: Scene, post: Post, unit: int, at: int, kind: str
) -> tuple[Status | None, Range | None]:
    """The status that a verb gives, and the words that say so."""
    units = scene.units
    before = units.low[max(units.first[unit], unit - 4) : unit]
    future = any(word in {"will", "'ll", "shall"} for word in before)
    cue = (unit, at + (units.low[at] == "as"))
    if kind in {"leaving", "removing"}:
        if future:
            return None, None
        return ("former", cue)
    if kind == "serving":
        word = units.low[unit]
        if word in {"act", "acts", "acting"}:
            return "acting", cue
        if future:
            return "incoming", cue
        past = word in {"served", "worked", "acted", "practised", "practiced"}
        past = past or any(
            each in {"after", "having", "previously", "formerly"} for each in before[-1:]
        )
        since = scene.low(post.end) == "since" and "had" not in before
        return ("former", cue) if past and not since else (None, None)
    if kind == "nominating":
        return "candidate", cue
    if kind == "replacing":
        passive = _passive(scene, unit)
        if passive:
            return "former", cue
        first = units.first[unit]
        if "will" in units.low[first:unit] or units.low[unit] in {"replace", "succeed"}:
            return "incoming", cue
        return None, None
    if future or (kind == "taking" and units.low[unit] in {"accepted", "accepts", "accept"}):
        return "incoming", cue
    return None, None


def _time_as(scene: Scene, post: Post, unit: int) -> Iterator[Link]:
    """ "spent 11 seasons as an announcer", "during his tenure as mayor", "in her role as chair"."""
    units = scene.units
    first = max(units.first[unit], unit - 7)
    finished = units.low[unit] not in {"role", "capacity", "job", "position", "post", "work"}
    for at in range(unit - 1, first - 1, -1):
        word = units.low[at]
        if units.tag[at].startswith("VB") and word not in {"been", "had", "has", "have"}:
            leaving = _VERBS.get(word) == "leaving"
            if not (leaving or word in words("spending_verbs")):
                return
            if _hypothetical(scene, at):
                return
            person = subject_of(scene, at)
            if person is not None:
                former = leaving or finished
                status: Status | None = "former" if former else None
                claim = _Claim(person, status, (at, unit + 1) if former else None)
                yield from _links(scene, post, claim, "years-as")
            return


def _direct(scene: Scene, post: Post, unit: int) -> Iterator[Link]:
    """ "was appointed chairman", "has been named coach", "elected president"."""
    kind = _VERBS[scene.low(unit)]
    if kind not in {"appointing", "nominating"} or (
        post.determiner == "a" and post.head.sort is Sort.OCCUPATION
    ):
        return
    if _hypothetical(scene, unit) or not (_passive(scene, unit) or _participle(scene, unit)):
        return
    person = subject_of(scene, unit)
    if person is None and scene.low(unit - 1) == ",":
        person = scene.name_until.get(unit - 1)
    if person is None:
        return
    status, cue = _when(scene, post, unit, unit + 1, kind)
    yield from _links(scene, post, _Claim(person, status, cue), _RULES[kind])


def _participle(scene: Scene, unit: int) -> bool:
    """Whether a verb without "was" is a passive participle: "Doe, elected mayor in May, …"."""
    if scene.low(unit - 1) == "," and unit - 1 in scene.name_until:
        return True
    before = scene.units.low[max(unit - 3, 0) : unit]
    return scene.units.tag[unit] == "VBN" and not _HAVE.intersection(before)


def _object(scene: Scene, post: Post, person: int) -> Iterator[Link]:
    """ "The board named Jane Doe chief executive"."""
    units = scene.units
    unit = scene.before_honorifics(scene.names[person][0])
    titled = scene.by_end.get(unit)
    unit = (titled.start if titled else unit) - 1
    kind = _VERBS.get(scene.low(unit))
    if kind not in {"appointing", "nominating"} or post.determiner == "a":
        return
    if not units.same_sentence(unit, post.start) or _hypothetical(scene, unit):
        return
    status, cue = _when(scene, post, unit, unit + 1, kind)
    yield from _links(scene, post, _Claim(person, status, cue), _RULES[kind])


def _job_of(scene: Scene, post: Post, of: int) -> Iterator[Link]:
    """ "has accepted the post of director", "resigned from the position of dean"."""
    units = scene.units
    first = max(units.first[of], of - _FURTHEST_VERB)
    for unit in range(of - 2, first - 1, -1):
        kind = _VERBS.get(units.low[unit])
        if kind is None:
            continue
        if _hypothetical(scene, unit):
            return
        person = subject_of(scene, unit)
        if person is not None:
            status, cue = _when(scene, post, unit, of + 1, kind)
            yield from _links(scene, post, _Claim(person, status, cue), "post-of")
        return


def names_as_predicate(scene: Scene) -> Iterator[Link]:
    """ "The new coach is Jane Doe"."""
    units = scene.units
    for person, (first, end) in enumerate(scene.names):
        unit = scene.before_honorifics(first) - 1
        if scene.low(unit) not in {"is", "was"} or not units.same_sentence(unit - 1, first):
            continue
        post = scene.by_end.get(unit)
        if (
            post is None
            or post.end != unit
            or post.plural
            or post.determiner not in {"the", "possessive"}
        ):
            continue
        if not units.at_start(post.start) and scene.low(post.start - 1) not in {"and", ",", "that"}:
            continue
        follows = scene.low(end)
        if (
            follows
            and follows not in {".", ",", ";", "who", '"', "”", "and", "(", "–", "—"}
            and units.first[end] == units.first[first]
        ):
            continue
        yield Link(post, person, "predicate-name")
