"""A run split over machines: each takes the articles whose id hashes to its shard; then `merge`.

A shard's folder holds its articles, records and errors, where each stands in the input
(``positions.jsonl``), and the form in which the whole is to be written. Every shard reads the whole
input, which costs little beside extraction. Merging gives the bytes of one run over everything.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from newsclaims.articles import Located
from newsclaims.copies import Placed, alone, find_placed_copies, signature
from newsclaims.dataset import (
    POSITIONS,
    WRITTEN,
    DatasetError,
    Form,
    dataset_lines,
    file_sha256,
    in_parts,
    read_entries,
    read_form,
    read_manifest,
    write_again,
    write_dataset,
)
from newsclaims.errors import UsageError
from newsclaims.records import InputError, Record
from newsclaims.tables import Entry

# What is added up over the shards; all else in their manifests must agree.
_SUMMED = ("articles", "errors", "warnings")
_OWN = {*_SUMMED, *WRITTEN, "shard"}

_T = TypeVar("_T")


class Shard(NamedTuple):
    """Shard `number`, from 1, of `of`."""

    number: int
    of: int

    def holds(self, item: Located | InputError) -> bool:
        """Whether this shard is to do this article, or to report this error."""
        identity = item.article.id if isinstance(item, Located) else item.article
        if identity is None:
            identity = f"{item.input}\0{item.line}"
        digest = blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1


class ShardForm(Record):
    """What a shard's manifest says of it: which one it is, and how the whole is written."""

    number: int
    of: int
    output: Form


def read_shard(written: str) -> Shard:
    """The shard that ``I/N`` means. Raises `UsageError`."""
    number, _, of = written.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return Shard(int(number), int(of))
    raise UsageError(f"--shard: {written!r} is not of the form I/N with I from 1 to N")


def merge(folders: Sequence[Path], output: Path) -> dict[str, int]:
    """Write the dataset that one run over everything would have written; its rows by table.

    The folders are all shards of a run, or one dataset in parts.

    Raises:
        UsageError: when a shard is missing, given twice, damaged, or of another run, version,
            model, setting or input than the others.
    """
    manifests = {folder: read_manifest(folder) for folder in folders}
    if len(folders) == 1 and in_parts(folders[0]):
        _check_files(manifests)
        form = read_form(manifests[folders[0]])
        (source, manifest), *_ = manifests.items()
        return write_again(source, manifest, output, read_entries(source), form)
    shards = {folder: _shard_of(folder, manifest) for folder, manifest in manifests.items()}
    _check_complete(shards)
    _check_alike(manifests)
    _check_files(manifests)
    first = next(iter(manifests.values()))
    manifest = {name: value for name, value in first.items() if name not in _OWN}
    manifest |= {name: _sum([each[name] for each in manifests.values()]) for name in _SUMMED}
    form = next(iter(shards.values())).output
    columns = {name for shard in shards.values() for name in shard.output.metadata_columns}
    form = form.model_copy(update={"metadata_columns": tuple(sorted(columns))})
    return write_dataset(output, _entries(folders), _errors(folders), manifest, form)


def _shard_of(folder: Path, manifest: Mapping[str, Any]) -> ShardForm:
    if "shard" not in manifest:
        raise UsageError(f"{folder} is no shard: it was not made by run --shard")
    try:
        return ShardForm.model_validate(manifest["shard"])
    except ValidationError as error:
        raise DatasetError(f"{folder}: manifest.json: shard: {error.errors()[0]['msg']}") from error


def _check_complete(shards: Mapping[Path, ShardForm]) -> None:
    of = next(iter(shards.values())).of
    place: dict[int, Path] = {}
    for folder, shard in shards.items():
        if shard.of != of:
            raise UsageError(f"{folder} is one of {shard.of} shards, others are of {of}")
        if shard.number in place:
            raise UsageError(f"{folder} and {place[shard.number]} are both shard {shard.number}")
        place[shard.number] = folder
    missing = [str(number) for number in range(1, of + 1) if number not in place]
    if missing:
        raise UsageError(f"missing of {of} shards: {', '.join(missing)}")


def _check_alike(manifests: Mapping[Path, Mapping[str, Any]]) -> None:
    (first, expected), *others = manifests.items()
    for folder, manifest in others:
        for name in {**expected, **manifest}:
            if name not in _OWN and manifest.get(name) != expected.get(name):
                raise UsageError(
                    f"{folder} and {first} do not belong together: their {name} differ; "
                    "run all shards with one version, model, settings and input"
                )
        ours, theirs = (_written_form(each) for each in (manifest, expected))
        if ours != theirs:
            raise UsageError(f"{folder} and {first} are to be written in different forms")


def _written_form(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {**manifest["shard"]["output"], "metadata_columns": None}


def _check_files(manifests: Mapping[Path, Mapping[str, Any]]) -> None:
    for folder, manifest in manifests.items():
        for name, digest in manifest["files"].items():
            path = folder / name
            if not path.is_file() or file_sha256(path) != digest:
                raise UsageError(f"{path} is missing or damaged; run this shard again")


def _sum(values: Sequence[Any]) -> Any:
    if isinstance(values[0], int):
        return sum(values)
    total: Counter[str] = Counter()
    for value in values:
        total.update(value)
    return dict(sorted(total.items()))


def _entries(folders: Sequence[Path]) -> Iterator[Entry]:
    """The entries of all shards in input order, told which articles are copies of each other."""

    def placed() -> Iterator[Placed]:
        for article, _ in _in_order(folders, read_entries, error=False):
            yield Placed(signature(article["text"]), article["published"] or "", article["id"])

    copies = find_placed_copies(placed())
    for number, (article, record) in enumerate(_in_order(folders, read_entries, error=False)):
        copy = copies.get(number) or alone(record["article"]["text_sha256"])
        yield Entry(article | copy._asdict(), record)


def _errors(folders: Sequence[Path]) -> Iterator[dict[str, Any]]:
    def read(folder: Path) -> Iterator[dict[str, Any]]:
        return dataset_lines(folder, "errors.jsonl")

    return _in_order(folders, read, error=True)


def _in_order(
    folders: Sequence[Path], read: Callable[[Path], Iterable[_T]], *, error: bool
) -> Iterator[_T]:
    """What `read` gives of each folder, articles or errors, in the order of the input."""

    def placed(folder: Path) -> Iterator[tuple[int, _T]]:
        lines = dataset_lines(folder, POSITIONS)
        positions = (line["position"] for line in lines if line["error"] is error)
        return zip(positions, read(folder), strict=True)

    merged = heapq.merge(*map(placed, folders), key=lambda item: item[0])
    return (item for _, item in merged)
