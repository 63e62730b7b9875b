"""FollowTheMoney entities as JSON lines: who holds which position, as investigators' tools read it.

Written from the published schema (Person, Organization, Position, Occupancy, Article); the library
needs a compiler and is not used. An export only: places, dates and statements are not entities, and
a role that somebody asserts or qualifies ("alleged") is no fact of whom holds what.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import Document, from_document, leave_out_layers
from newsclaims.tables import to_json

Entity = dict[str, Any]
_Json = Mapping[str, Any]

# What FollowTheMoney's users write of an occupancy; candidates occupy nothing.
_STATUSES = {"current": "current", "acting": "current", "former": "ended", "incoming": "incoming"}
_DIVISIONS = ("admin1", "admin2", "city", "region")


def write_follow_the_money(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one entity a line; positions of one name and body are one entity."""
    losses: list[str] = []
    written: set[str] = set()
    with output.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            line = from_document(document, [])
            leave_out_layers(losses, document, ["people", "organisations", "roles"])
            for entity in _entities(line, document.text, losses):
                if entity["id"] not in written:
                    written.add(entity["id"])
                    file.write(to_json(entity) + "\n")
    return losses


def _entities(line: _Json, text: str, losses: list[str]) -> Iterator[Entity]:
    head = line["article"]
    article = head["id"]
    names = [row["name"] for layer in ("people", "organisations") for row in line[layer]]
    yield _entity(
        "Article",
        _id("article", article, head["text_sha256"]),
        title=head.get("title") or article,
        publishedAt=head.get("published"),
        publisher=head.get("source"),
        sourceUrl=head.get("url"),
        namesMentioned=list(dict.fromkeys(names)),
    )
    for layer, schema in (("people", "Person"), ("organisations", "Organization")):
        for row in line[layer]:
            yield _named(schema, row, _id(article, row["id"], head["text_sha256"]), head)
    rows = {row["id"]: row for layer in ("organisations", "places", "dates") for row in line[layer]}
    for role in line["roles"]:
        if why := _no_fact(role, line["statements"]):
            losses.append(f"{article}: {role['id']} {role['title']['text']!r} is left out: {why}")
            continue
        position = _position(role, rows, head)
        yield position
        yield _occupancy(role, rows, position["id"], text, head)


def _no_fact(role: _Json, statements: Iterable[_Json]) -> str | None:
    """Why a role does not say that a person holds, held or will hold a position."""
    if role.get("status") not in _STATUSES:
        return f"its status is {role.get('status')}"
    if qualifier := role.get("qualifier"):
        return f"it is qualified, {qualifier['text']!r}"
    if not role.get("asserted_in"):
        return None
    said = next((one for one in statements if one["id"] == role["asserted_in"]), {})
    source = said.get("source")
    return f"asserted by {source['text']!r}" if source else "asserted in a statement"


def _named(schema: str, row: _Json, entity_id: str, head: _Json) -> Entity:
    others = dict.fromkeys(mention["text"] for mention in row["mentions"])
    others.pop(row["name"], None)
    return _entity(
        schema, entity_id, name=row["name"], weakAlias=list(others), sourceUrl=head.get("url")
    )


def _position(role: _Json, rows: Mapping[str, _Json], head: _Json) -> Entity:
    title, body = role["title"]["text"], role.get("organisation")
    held_for = rows.get(role.get("organisation_id") or "", {})
    name = f"{title}, {body['text']}" if body else title
    is_organisation = role.get("organisation_id") in rows and "geonameid" not in held_for
    country = held_for.get("country")
    # a position without a body is that of its article alone: "minister" is many positions
    scope = body["text"].casefold() if body else head["text_sha256"]
    organisation = _id(head["id"], role.get("organisation_id"), head["text_sha256"])
    if is_organisation:
        scope = organisation
    return _entity(
        "Position",
        _id("position", title.casefold(), scope),
        name=name,
        organization=organisation if is_organisation else None,
        country=country.lower() if country else None,
        subnationalArea=held_for.get("name") if held_for.get("kind") in _DIVISIONS else None,
    )


def _occupancy(
    role: _Json, rows: Mapping[str, _Json], position: str, text: str, head: _Json
) -> Entity:
    since, until = (rows.get(role.get(name) or "", {}) for name in ("since", "until"))
    spans = [role[name] for name in ("holder", "title", "organisation") if role.get(name)]
    start, end = min(s["start"] for s in spans), max(s["end"] for s in spans)
    return _entity(
        "Occupancy",
        _id(head["id"], role["id"], head["text_sha256"]),
        holder=_id(head["id"], role["person"], head["text_sha256"]),
        post=position,
        status=_STATUSES[role["status"]],
        startDate=since.get("earliest"),
        endDate=until.get("latest"),
        date=(head.get("published") or "")[:10] or None,
        summary=" ".join(text[start:end].split()),
        recordId=role.get("key"),
        sourceUrl=head.get("url"),
    )


def _entity(schema: str, entity_id: str, **properties: Any) -> Entity:
    """An entity; properties are lists of texts, and those without a value are left out."""
    listed = {
        name: value if isinstance(value, list) else [value]
        for name, value in properties.items()
        if value
    }
    return {"id": entity_id, "schema": schema, "properties": listed}


def _id(*parts: str | None) -> str:
    digest = hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))
    return f"nc-{digest.hexdigest()[:24]}"
