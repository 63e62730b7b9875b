"""Matters of form in the rows of gold, layer by layer: spellings, bounds and closed sets."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Literal

from newsclaims.gold import spelling
from newsclaims.schema import Layer

Severity = Literal["error", "warning"]
Sayings = Iterator[tuple[Severity, str]]
_Json = Mapping[str, Any]

_QUOTES = "\"'“”‘’«»„"


def is_span(value: Any) -> bool:
    """Whether a JSON value has the fields of a span, whatever they hold."""
    return (
        isinstance(value, dict)
        and type(value.get("start")) is int
        and type(value.get("end")) is int
        and isinstance(value.get("text"), str)
    )


def _form_of_entity(row: _Json) -> Sayings:
    mentions = [span["text"] for span in row.get("mentions") or [] if is_span(span)]
    if "name" in row and row["name"] not in mentions:
        yield "warning", f"the name {row['name']!r} is none of its mentions"
    for words in mentions:
        if re.search(r"['\u2019]s$", words):
            yield "warning", f"the mention {words!r} ends with a possessive"


def _form_of_place(row: _Json) -> Sayings:
    yield from _form_of_entity(row)
    for span in row.get("mentions") or []:
        if is_span(span) and re.match(r"the\s", span["text"]):
            yield "warning", f"the mention {span['text']!r} begins with an article"
    country = row.get("country")
    if country is not None and not re.fullmatch(r"[A-Z]{2}", str(country)):
        yield "warning", f"country {country!r} is not a code of two capital letters"
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if (latitude is None) != (longitude is None):
        yield "warning", "one coordinate is given without the other"
    for name, degrees, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if degrees is None:
            continue
        if type(degrees) not in (int, float) or not -most <= degrees <= most:
            yield "error", f"{name} {degrees!r} is not a number of degrees"


def _form_of_date(row: _Json) -> Sayings:
    yield from _one_of("mod", row.get("mod"), spelling.TIMEX_MODS)
    value = row.get("value")
    if value is not None and not spelling.is_value(row.get("type"), str(value)):
        yield "warning", f"{value!r} is not how a value of {row.get('type')} is spelled"
    bounds = [row.get("earliest"), row.get("latest")]
    for bound in bounds:
        if bound is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(bound)):
            yield "warning", f"{bound!r} is not an ISO date"
    if None not in bounds and str(bounds[0]) > str(bounds[1]):
        yield "warning", f"earliest {bounds[0]} lies after latest {bounds[1]}"


def _form_of_role(row: _Json) -> Sayings:
    if row.get("organisation_id") is not None and row.get("organisation") is None:
        yield "warning", "organisation_id is given without organisation"


def _form_of_statement(row: _Json) -> Sayings:
    spans = [span["text"] for span in row.get("content") or [] if is_span(span)]
    quoted = all(words[:1] in _QUOTES and words[-1:] in _QUOTES for words in spans if words)
    if row.get("kind") == "direct" and not quoted:
        yield "warning", "kind is direct, but not all content is in quotation marks"


def _one_of(field: str, value: Any, allowed: Collection[str]) -> Sayings:
    if value is not None and str(value) not in allowed:
        yield "warning", f"{field} {value!r} is none of {', '.join(sorted(allowed))}"


_FORMS: Mapping[str, Callable[[_Json], Sayings]] = {
    "people": _form_of_entity,
    "organisations": _form_of_entity,
    "places": _form_of_place,
    "dates": _form_of_date,
    "roles": _form_of_role,
    "statements": _form_of_statement,
}


def check_form(layer: Layer, row: _Json) -> Sayings:
    """What a row is held against: the closed sets of its fields, and what its layer asks for."""
    for name, held in layer.fields.items():
        if held.choices:
            yield from _one_of(name, row.get(name), held.choices)
    if layer.name in _FORMS:
        yield from _FORMS[layer.name](row)
