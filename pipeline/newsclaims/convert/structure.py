"""From links between marks, as annotation tools keep them, to rows.

Tools know marks, pairs of marks that name the same thing, and links from one mark to another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsclaims.convert.documents import LABELS, LAYER_OF, Document, DocumentRow
from newsclaims.schema import LAYERS, MENTIONED

# Rows that one mark leads and links make; others are groups of marks.
LINKED = {
    name: layer for name, layer in LAYERS.items() if not layer.is_mentioned and len(layer.spans) > 1
}
GROUPED = set(MENTIONED)
SAME, REFERS = "Same", "Refers"
# The name of links to further marks that stand for a linked row.
PIECES = {
    name: layer.anchor.capitalize()
    for name, layer in LINKED.items()
    if layer.fields[layer.anchor].several
}
_FIELDS = {(layer, label): name for (layer, name), label in LABELS.items()}
_FIELDS |= {(layer, piece): LAYERS[layer].anchor for layer, piece in PIECES.items()}


@dataclass
class Structure:
    """What was read of one document's rows, by the ids of marks (or, in brat, of events)."""

    groups: list[list[str]] = field(default_factory=list)
    linked: dict[str, DocumentRow] = field(default_factory=dict)
    references: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    extras: dict[str, dict[str, Any]] = field(default_factory=dict)

    def lead(self, owner: str, label: str, mark: str) -> bool:
        """Begin a row at the mark that leads it; whether the label is of such a row."""
        layer = LAYER_OF.get(label)
        if layer not in LINKED:
            return False
        self.linked[owner] = DocumentRow(layer, [(LAYERS[layer].anchor, mark)], {})
        return True

    def link(self, owner: str, name: str, mark: str) -> bool:
        """Add a mark to a row that a mark leads; whether it has a field of this name."""
        row = self.linked[owner]
        column = _FIELDS.get((row.layer, name))
        if column is None:
            return False
        row.links.append((column, mark))
        return True

    def relate(self, name: str, one: str, other: str) -> bool:
        """Take a relation between two marks; whether it has a meaning here."""
        if name == SAME:
            self.groups.append([one, other])
        elif name == REFERS:
            self.references.append((one, other))
        elif one not in self.linked or not self.link(one, name, other):
            return False
        elif name == PIECES.get(self.linked[one].layer):
            self.linked.pop(other, None)  # a further piece of the same row
        return True

    def finish(self, document: Document, losses: list[str]) -> None:
        """Put the rows into the document, in the order of its marks; what is lost is named."""
        losses += [f"{document.id}: {what} is left out" for what in self._loose_ends(document)]
        document.marks = [
            mark._replace(extra=self.extras.get(mark.id, {})) for mark in document.marks
        ]
        leaders = self._leaders(document)
        grouped: dict[str, DocumentRow] = {}
        for mark in document.marks:
            layer = LAYER_OF.get(mark.label)
            if layer is None or layer in LINKED:
                continue
            leader = leaders.get(mark.id, mark.id)
            if leader not in grouped:
                grouped[leader] = DocumentRow(layer, [], self.values.get(leader, {}))
            grouped[leader].links.append((LAYERS[layer].anchor, mark.id))
        for reference, owner in self.references:
            if (leader := leaders.get(owner, owner)) in grouped:
                grouped[leader].links.append(("references", reference))
        for owner, row in self.linked.items():
            row.values.update(self.values.get(owner, {}))
        given = {owner for owner, values in self.values.items() if values}
        unused = {mark.id for mark in document.marks} & given
        unused -= grouped.keys() | self.linked.keys()
        losses += [f"{document.id}: the values of {mark} are left out" for mark in sorted(unused)]
        document.rows = [*grouped.values(), *self.linked.values()]

    def _leaders(self, document: Document) -> dict[str, str]:
        """Each grouped mark -> the first mark of the document in its group."""
        order = {mark.id: number for number, mark in enumerate(document.marks)}
        layers = {mark.id: LAYER_OF.get(mark.label) for mark in document.marks}
        leaders: dict[str, str] = {}
        for group in self.groups:
            if not _names_one(group, layers):
                continue
            members = set(group)
            joined = {leaders[mark] for mark in members if mark in leaders}
            members |= {mark for mark, leader in leaders.items() if leader in joined}
            first = min(members, key=lambda mark: order[mark])
            leaders.update(dict.fromkeys(sorted(members), first))
        return leaders

    def _loose_ends(self, document: Document) -> Iterator[str]:
        """What joins marks that are not there, or that cannot name one thing."""
        layers = {mark.id: LAYER_OF.get(mark.label) for mark in document.marks}
        for group in self.groups:
            if not _names_one(group, layers):
                yield f"the group of {' and '.join(group)}"
        for one, other in self.references:
            if one not in layers or layers.get(other) not in GROUPED:
                yield f"{REFERS} from {one} to {other}"
        for owner, row in self.linked.items():
            for name, mark in row.links:
                if mark not in layers:
                    yield f"{name} of {owner}, whose mark {mark} is not there,"


def _names_one(group: Iterable[str], layers: Mapping[str, str | None]) -> bool:
    """Whether the marks of a group are there, and are names of one kind."""
    found = {layers.get(mark) for mark in group}
    return len(found) == 1 and found <= GROUPED


def links_of(row: DocumentRow) -> list[tuple[str, str, str]]:
    """A row as links between marks: (name, from, to), as `Structure` takes them."""
    first, *more = row.anchors
    links = [(PIECES.get(row.layer, SAME), first, mark) for mark in more]
    for column, mark in row.links:
        if column == "references":
            links.append((REFERS, mark, first))
        elif column != LAYERS[row.layer].anchor:
            links.append((LABELS[row.layer, column], first, mark))
    return links
