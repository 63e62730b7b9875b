"""A written dataset in another form: other tables, with or without its texts; nothing extracted.

What people did to it goes along: verdicts, and the history of corrected rows, from which the words
of contents go as they go from the records.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsclaims.dataset import (
    Form,
    FormChanges,
    dataset_lines,
    read_entries,
    read_form,
    read_manifest,
    write_again,
)
from newsclaims.errors import UsageError
from newsclaims.held_texts import HeldTexts, with_contents, with_texts, without_contents
from newsclaims.publishing import writing
from newsclaims.verdicts import HISTORY, VERDICTS, Verdict, kept_verdicts


def rewrite(
    folder: Path, output: Path, changes: FormChanges, texts: HeldTexts | None = None
) -> dict[str, int]:
    """Write the dataset of `folder` into `output`, which may be the same; its rows by table.

    Args:
        folder: a dataset, whole or in parts.
        output: the folder that gets it.
        changes: fields of its `Form` that are to be other than they are.
        texts: the texts of its articles, for one that was written without.

    Raises:
        UsageError: for what is no dataset, or a shard, and where its only texts would be lost.
    """
    manifest = read_manifest(folder)
    if "shard" in manifest:
        raise UsageError(f"{folder} is a shard: newsclaims merge puts it together with the others")
    old = read_form(manifest)
    form = Form.model_validate({**dict(old), "texts": old.texts or texts is not None, **changes})
    if old.texts and not form.texts and output.resolve() == folder.resolve():
        raise UsageError(f"{folder} would lose its texts: give another --output")
    form.tables()  # a form that is none is known before the folder is made
    with writing(output):
        entries = read_entries(folder)
        if texts is not None and not old.texts:
            entries = with_texts(entries, texts)
        beside: dict[str, Any] = {}
        if VERDICTS in manifest["files"]:
            beside[VERDICTS] = map(Verdict.kept, kept_verdicts(folder).values())
        if HISTORY in manifest["files"]:
            beside[HISTORY] = _history(folder, form, texts)
        return write_again(folder, manifest, output, entries, form, beside)


def _history(folder: Path, form: Form, texts: HeldTexts | None) -> Iterator[dict[str, Any]]:
    for line in dataset_lines(folder, HISTORY):
        if not form.texts:
            yield without_contents(line)
        elif texts is not None:
            yield with_contents(line, texts.get(line["record"]["article"]["text_sha256"]))
        else:
            yield line
