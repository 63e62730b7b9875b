"""What the page shows of a dataset, read from its files alone."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from newsclaims.dataset import DatasetError, read_entries, read_form, read_manifest
from newsclaims.held_texts import HeldTexts, with_texts
from newsclaims.records import Held, Span
from newsclaims.report.rows import PageRows
from newsclaims.schema import HEAD, LAYERS, NAMING
from newsclaims.verdicts import corrected_from, kept_verdicts


def _form_of(held: Held) -> str | tuple[str, ...]:
    """How a field is corrected: "text", "number", "span", or the values to choose from."""
    if held.choices:
        return held.choices
    return {Span: "span", str: "text"}.get(held.item, "number")


def page_schema() -> list[dict[str, Any]]:
    """What the page needs to know of each layer."""
    letters: list[str] = []
    for layer in LAYERS.values():  # the first letter of the kind that no other layer has
        letters.append(next(one for one in layer.kind.upper() if one not in letters))
    return [
        {
            "name": name,
            "letter": letter,
            "anchor": layer.anchor,
            "correctable": {field: _form_of(held) for field, held in layer.correctable.items()},
            "required": [field for field, held in layer.spans.items() if held.required],
            "naming": [
                field for field, held in layer.spans.items() if held.inner or NAMING in held.marks
            ],
        }
        for (name, layer), letter in zip(LAYERS.items(), letters, strict=True)
    ]


def gather(
    folder: Path, limit: int, wanted: Collection[str] = (), texts: HeldTexts | None = None
) -> dict[str, Any]:
    """The dataset as JSON values: the first articles up to `limit`, and all that are `wanted`.

    A dataset without texts gets them of `texts`.

    Raises `DatasetError` where it is none.
    """
    manifest = read_manifest(folder)
    entries = read_entries(folder)
    if not read_form(manifest).texts:
        if texts is None:
            raise DatasetError(f"{folder} has no texts; --texts says where its articles are")
        entries = with_texts(entries, texts)
    first_keys = corrected_from(folder)
    articles: list[dict[str, Any]] = []
    left_out = 0
    try:
        for article, record in entries:
            if len(articles) >= limit and article["id"] not in wanted:
                left_out += 1
                continue
            rows = list(PageRows(record, article["text"], article["sentences"]).rows())
            for row in rows:
                if row["key"] in first_keys:  # a verdict counts for the row as it was found
                    row |= {"key": first_keys[row["key"]], "corrected": True}
            articles.append(
                {
                    **{name: article.get(name) for name in HEAD},
                    "text": article["text"],
                    "rows": rows,
                }
            )
    except (KeyError, TypeError) as error:
        raise DatasetError(f"{folder}: malformed: {error!r}") from error
    return {
        "name": folder.resolve().name,
        "model": " ".join(str(manifest.get("model", "")).split()[:2]),
        "schema": page_schema(),
        "articles": articles,
        "left_out": left_out,
        "verdicts": {
            key: verdict.model_dump(include={"verdict", "note", "correct"}, exclude_defaults=True)
            for key, verdict in kept_verdicts(folder).items()
        },
        "gold": None,
    }
