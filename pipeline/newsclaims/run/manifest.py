"""What the manifest says of a run: what made its records, of which inputs, and how it went."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsclaims import __version__
from newsclaims.attribution import ATTRIBUTION
from newsclaims.dataset import file_sha256
from newsclaims.parse.model import model_identity
from newsclaims.rules import fingerprint
from newsclaims.run.settings import Settings, package_versions
from newsclaims.schema import SCHEMA_VERSION


def describe_run(
    inputs: Sequence[str],
    settings: Settings,
    articles: int,
    errors: Mapping[str, int],
    warnings: Mapping[str, int],
) -> dict[str, Any]:
    """What the manifest says of a run: what made its records, of which inputs, and how it went."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": {"newsclaims": __version__, **package_versions()},
        "model": model_identity(settings.model, settings.label_map),
        "rules": fingerprint(),
        "attribution": ATTRIBUTION,
        "settings": {
            "any_language": settings.any_language,
            "columns": dict(sorted(settings.columns.items())),
            "dates": settings.dates,
            "delimiter": settings.delimiter,
            "encoding": settings.encoding,
            "label_map": dict(sorted(settings.label_map.items())),
            "max_chars": settings.max_chars,
            "metadata": settings.metadata and settings.metadata.name,
            "text_is": settings.text_is,
            "user_rules": settings.rule_files,
            "mentions_sha256": settings.mentions.sha256,
        },
        "inputs": [_input_hash(name) for name in inputs],
        "articles": articles,
        "errors": dict(sorted(errors.items())),
        "warnings": dict(sorted(warnings.items())),
    }


def _input_hash(name: str) -> dict[str, str | None]:
    """An input's own name and the SHA-256 of its bytes; of a folder, of all names and hashes."""
    path = Path(name)
    if name == "-":
        return {"name": name, "sha256": None}
    if path.is_file():
        return {"name": path.name, "sha256": file_sha256(path)}
    digest = hashlib.sha256()
    for part in sorted(part for part in path.rglob("*") if part.is_file()):
        try:
            content = file_sha256(part)
        except OSError:  # named in errors.jsonl already
            content = ""
        digest.update(os.fsencode(part.relative_to(path).as_posix()) + f"\0{content}\n".encode())
    return {"name": path.resolve().name, "sha256": digest.hexdigest()}
