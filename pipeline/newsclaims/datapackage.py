"""``datapackage.json``: the files of a dataset described for others (Frictionless Data Package 1).

Each file with its size and hash; each CSV file with the type and meaning of its columns, the
primary key of the articles and the references to it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from newsclaims.formats import Layout
from newsclaims.formats.csv_files import safe_cell

DATAPACKAGE = "datapackage.json"

_TYPES = {"list": "string"}  # joined, in CSV

_MEDIA = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def describe_package(
    paths: Mapping[str, Path], hashes: Mapping[str, str], layout: Layout, *, excel: bool
) -> dict[str, Any]:
    """The data package of these files, by name. `excel`: CSV begins with a byte order mark."""
    return {
        "profile": "data-package",
        "name": "newsclaims",
        "title": "Who holds which office, where and when, and who said what",
        "resources": [
            _resource(name, path.stat().st_size, hashes[name], layout, excel=excel)
            for name, path in paths.items()
        ],
    }


def _resource(name: str, size: int, digest: str, layout: Layout, *, excel: bool) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    resource: dict[str, Any] = {
        "name": name.replace(".", "-"),
        "type": "file",
        "path": name,
        "format": ending,
        "mediatype": _MEDIA.get(f".{ending}", "application/octet-stream"),
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    if ending != "csv":
        return resource
    return resource | {
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig" if excel else "utf-8",
        "schema": _schema(stem, layout, safe_cell if excel else str),
    }


def _schema(table: str, layout: Layout, shown: Callable[[str], str]) -> dict[str, Any]:
    fields = [
        {
            "name": shown(column.name),
            "type": _TYPES.get(column.type, column.type),
            "description": column.what,
        }
        for column in layout[table]
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table == "articles":
        schema["primaryKey"] = ["article_id"]
    elif table.endswith("_index"):
        schema["primaryKey"] = ["key"]
    else:
        schema["foreignKeys"] = [
            {
                "fields": ["article_id"],
                "reference": {"resource": "articles-csv", "fields": ["article_id"]},
            }
        ]
    return schema
