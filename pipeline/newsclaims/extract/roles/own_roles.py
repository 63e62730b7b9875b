"""The user's rules of ``roles.toml``: patterns whose groups are the slots of a role."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from newsclaims.extract.finds import Name, Offsets, RoleFind
from newsclaims.extract.own import OwnRule, slots
from newsclaims.schema import Status

_STATUSES: tuple[Status, ...] = get_args(Status)
# What a pattern's groups may be called; the words of a status say that the role has it.
GROUPS = frozenset({"person", "title", "organisation", "qualifier", *_STATUSES})
# What a rule may say of all that it finds.
SETTINGS = frozenset({"status"})


def check_settings(rule: OwnRule) -> None:
    """Raise ValueError unless the rule has a person and a title, and a status that there is."""
    for group in ("person", "title"):
        if group not in rule.pattern.groupindex:
            raise ValueError(f"its pattern has no group (?P<{group}>...)")
    if rule.settings.get("status", "current") not in _STATUSES:
        raise ValueError(f"status {rule.settings['status']!r} is none of {_STATUSES}")


def own_finds(text: str, people: Sequence[Name], rules: Iterable[OwnRule]) -> Iterator[RoleFind]:
    """What the rules find: where the text of `person` shares a character with a named mention."""
    for rule in rules:
        for match in rule.matches(text):
            found = {slot.label: Offsets(slot.start, slot.end) for slot in slots(match)}
            holder = _named(found["person"], people) if "person" in found else None
            title = found.get("title")
            if holder is not None and title and not _overlap(title, holder):
                yield _find(rule, holder, title, found)


def _find(rule: OwnRule, holder: Name, title: Offsets, found: Mapping[str, Offsets]) -> RoleFind:
    status: Status = rule.settings.get("status", "current")
    cue = None
    for each in _STATUSES:
        if each in found:
            status, cue = each, found[each]
    return RoleFind(
        holder=holder,
        title=title,
        organisation=found.get("organisation"),
        status=status,
        status_cue=cue,
        rule=rule.name,
        qualifier=found.get("qualifier"),
    )


def with_own(own: Iterable[RoleFind], built_in: Iterable[RoleFind]) -> list[RoleFind]:
    """All roles in order; of two that give one mention the same words of a title, the user's."""
    kept: list[RoleFind] = []
    for each in own:
        if not any(_same(other, each) for other in kept):
            kept.append(each)
    rest = [each for each in built_in if not any(_same(other, each) for other in kept)]
    return sorted([*kept, *rest], key=lambda find: (find.title, find.holder))


def _same(left: RoleFind, right: RoleFind) -> bool:
    return left.holder.start == right.holder.start and _overlap(left.title, right.title)


def _named(words: Offsets, people: Sequence[Name]) -> Name | None:
    return next((name for name in people if _overlap(words, name)), None)


def _overlap(left: Offsets | Name, right: Offsets | Name) -> bool:
    return left.start < right.end and right.start < left.end
