"""Written records -> GeoJSON (RFC 7946) of the places that they resolve."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsclaims.attribution import ATTRIBUTION
from newsclaims.convert.documents import Document, from_document, leave_out_layers
from newsclaims.overwriting import MARK

_PLACE = ("name", "geonameid", "kind", "country", "key")
_ARTICLE = ("title", "published", "source", "url")


def write_geojson(documents: Iterable[Document], output: Path) -> list[str]:
    """Write one file with a point for each place of each article; name what has no point."""
    losses: list[str] = []
    records = []
    for document in documents:
        records.append(from_document(document, []))
        unresolved = sum(not _has_point(place) for place in records[-1]["places"])
        leave_out_layers(losses, document, ["places"], {"unresolved place": unresolved})
    collection = MARK | feature_collection(records, attribution=ATTRIBUTION)
    output.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")
    return losses


def feature_collection(
    records: Iterable[Mapping[str, Any]], *, attribution: str | None = None
) -> dict[str, Any]:
    """One point a place and article, in the order of the records; unresolved places are left out.

    Args:
        records: lines of ``records.jsonl`` as JSON holds them.
        attribution: what the licence of the coordinates asks to be shown.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if attribution is not None:
        collection["attribution"] = attribution
    collection["features"] = [feature for record in records for feature in _features(record)]
    return collection


def _has_point(place: Mapping[str, Any]) -> bool:
    return place.get("latitude") is not None and place.get("longitude") is not None


def _features(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    article = record["article"]
    for place in record["places"]:
        if not _has_point(place):
            continue
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
            "properties": {
                **{field: place.get(field) for field in _PLACE},
                "mentions": len(place["mentions"]),
                "article_id": article["id"],
                **{f"article_{field}": article.get(field) for field in _ARTICLE},
            },
        }
