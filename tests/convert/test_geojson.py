"""The GeoJSON export: points in the order of the records, longitude first."""

import json
from pathlib import Path
from typing import Any

from newsclaims.convert.documents import to_document
from newsclaims.convert.geojson import feature_collection, write_geojson
from newsclaims.records import text_sha256

ARTICLE = {"id": "a1", "title": "A flood", "published": None, "source": None, "url": None}


def place(name: str, latitude: float | None, longitude: float | None) -> dict[str, Any]:
    return {
        "name": name,
        "key": "0123456789abcdef",
        "mentions": [{"start": 0, "end": 4, "text": "Bonn"}] * 2,
        "geonameid": None,
        "kind": "city",
        "country": "DE",
        "latitude": latitude,
        "longitude": longitude,
    }


def test_a_resolved_place_is_a_point_with_longitude_first() -> None:
    record = {"article": ARTICLE, "places": [place("Bonn", 50.7, 7.1)]}
    (feature,) = feature_collection([record])["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [7.1, 50.7]}
    assert feature["properties"]["mentions"] == 2
    assert feature["properties"]["article_title"] == "A flood"


def test_an_unresolved_place_is_left_out_and_one_on_the_equator_is_not() -> None:
    places = [place("Nowhere", None, None), place("Null Island", 0.0, 0.0)]
    collection = feature_collection([{"article": ARTICLE, "places": places}])
    assert [f["properties"]["name"] for f in collection["features"]] == ["Null Island"]


def test_the_attribution_is_shown_when_it_is_given() -> None:
    assert "attribution" not in feature_collection([])
    assert feature_collection([], attribution="GeoNames, CC BY 4.0") == {
        "type": "FeatureCollection",
        "attribution": "GeoNames, CC BY 4.0",
        "features": [],
    }


def test_a_dataset_becomes_a_file_with_its_attribution(tmp_path: Path) -> None:
    document = to_document(
        {
            "article": ARTICLE | {"text_sha256": text_sha256("Bonn is wet.")},
            "places": [{"id": "place-1", **place("Bonn", 50.7, 7.1)}],
            "text": "Bonn is wet.",
        }
    )
    path = tmp_path / "places.geojson"
    assert write_geojson([document], path) == []
    written = json.loads(path.read_text(encoding="utf-8"))
    assert "GeoNames" in written["attribution"]
    assert [feature["properties"]["name"] for feature in written["features"]] == ["Bonn"]
