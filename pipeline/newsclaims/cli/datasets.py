"""Written datasets: checked, compared, shown, mended, and in the forms of other tools."""

import json
from pathlib import Path

import click

from newsclaims.cli.common import (
    FILE,
    FOLDER,
    NEW_FILE,
    PATH,
    commands,
    examples,
    form_changes,
    form_options,
    held_texts,
    optional_output,
    texts_options,
)
from newsclaims.wording import plural


@commands.command(
    epilog=examples(
        "verify mine",
        "verify public --texts news.jsonl",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@texts_options
def verify(
    folder: Path,
    texts: tuple[Path, ...],
    columns: dict[str, str],
    encoding: str | None,
    text_is: str,
) -> int:
    """Check a dataset: every span, hash, key and table row.

    Spans are checked against the articles that the dataset holds, or against --texts.
    """
    from newsclaims.verify import verify

    findings = verify(folder, held_texts(texts, columns, encoding, text_is))
    for finding in findings:
        click.echo(finding)
    click.echo(
        f"{folder}: {plural(len(findings), 'finding') if findings else 'all is well'}", err=True
    )
    return 1 if findings else 0


@commands.command()
@click.argument("old", type=FOLDER, metavar="OLD")
@click.argument("new", type=FOLDER, metavar="NEW")
@click.option("--counts", is_flag=True, help="Print how many rows differ, and not which.")
@click.option("--json", "json_file", type=NEW_FILE, help="Write all of it to a file, too.")
def diff(old: Path, new: Path, counts: bool, json_file: Path | None) -> int:
    """Compare two datasets row by row.

    Rows added (+), removed (-) and changed (~), by kind and rule.

    Exit status 1 when they differ.
    """
    from newsclaims.diff import describe, diff_datasets, to_json
    from newsclaims.overwriting import MARK

    with optional_output(json_file, (old, new)) as path:
        found = diff_datasets(old, new)
        for line in describe(found, rows=not counts):
            click.echo(line)
        if path:
            written = json.dumps(MARK | to_json(found), ensure_ascii=False)
            path.write_text(written, encoding="utf-8")
    return 1 if found else 0


@commands.command(
    epilog=examples(
        "report mine",
        "report mine --gold gold.jsonl --output page.html",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--gold", type=PATH, help="Gold, or its folder, to be shown beside what was found.")
@click.option("--output", "-o", type=NEW_FILE, help="The page. Default: report.html in DIR.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    help="Show the first so many articles, and all that gold has.",
)
@texts_options
def report(
    folder: Path,
    gold: Path | None,
    output: Path | None,
    limit: int,
    texts: tuple[Path, ...],
    columns: dict[str, str],
    encoding: str | None,
    text_is: str,
) -> int:
    """Make a page on which rows are seen, judged and mended.

    With gold: scores, and each article with its errors. The page needs no network. Verdicts that
    it saves go to `newsclaims apply`.
    """
    from newsclaims.dataset import REPORT
    from newsclaims.overwriting import new_output
    from newsclaims.report import write_report

    output = output or folder / REPORT
    inputs = [*texts, gold] if gold else texts
    with new_output(output, inputs, marked=True) as path:
        held = held_texts(texts, columns, encoding, text_is)
        size, left_out = write_report(folder, path, gold, limit, held)
    told = f", {plural(left_out, 'article')} left out (--limit)" if left_out else ""
    click.echo(f"{output}: {size / 1e6:.1f} MB{told}", err=True)
    return 0


@commands.command(
    epilog=examples(
        "apply mine verdicts.jsonl",
        "apply mine",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.argument("verdicts", type=FILE, metavar="[VERDICTS]", required=False)
def apply(folder: Path, verdicts: Path | None) -> int:
    """Drop or correct the rows that a reader calls wrong.

    The dataset keeps verdicts and history. Without VERDICTS, those that it keeps are put to it
    again, as after a new run. Prints how often each rule was right.
    """
    from newsclaims.verdicts import apply_verdicts, describe

    for line in describe(apply_verdicts(folder, verdicts)):
        click.echo(line)
    return 0


@commands.command(
    epilog=examples(
        "rewrite mine --output public --no-text",
        "rewrite mine --output mine --format csv,xlsx",
        "rewrite public --output whole --texts news.jsonl",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--output", "-o", type=FOLDER, required=True, help="Folder that gets the dataset.")
@form_options(None)
@texts_options
def rewrite(
    folder: Path,
    output: Path,
    formats: str | None,
    excel: bool,
    no_text: bool,
    same_as: Path | None,
    texts: tuple[Path, ...],
    columns: dict[str, str],
    encoding: str | None,
    text_is: str,
) -> int:
    """Write a dataset in another form.

    With other tables, without its texts, or with them again. Nothing is extracted; corrected rows
    stay corrected, and verdicts and history go along.
    """
    from newsclaims.overwriting import check_folder
    from newsclaims.rewriting import rewrite

    source = [] if folder.resolve() == output.resolve() else [folder]
    check_folder(output, [*source, *texts, same_as])
    held = held_texts(texts, columns, encoding, text_is)
    rows = rewrite(folder, output, form_changes(formats, excel, no_text, same_as), held)
    click.echo(f"{plural(rows['articles'], 'article')}, written to {output}", err=True)
    return 0


@commands.command(
    epilog=examples(
        "convert gold.jsonl --to brat --output brat",
        "convert brat --from brat --output gold.jsonl",
    )
)
@click.argument("source", type=PATH, metavar="SOURCE")
@click.option("--to", "to_form", metavar="FORM", help="Write gold or a dataset in this form.")
@click.option("--from", "from_form", metavar="FORM", help="Write gold from a file or folder of it.")
@click.option(
    "--texts", type=PATH, help="Gold or dataset with the texts, for --from conll and webanno-tsv."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True)
def convert(
    source: Path, to_form: str | None, from_form: str | None, texts: Path | None, output: Path
) -> int:
    """Write gold or a dataset for other tools, or gold from them.

    FORM is brat, conll, docbin (spaCy), label-studio or web-annotation (W3C); only read, doccano
    and webanno-tsv (INCEpTION); only written, ftm (FollowTheMoney), geojson and timeml. What is
    left out is named, a line each: what a form cannot hold, tasks that nobody has annotated, marks
    with labels of others.
    """
    from newsclaims.convert import FORMS, convert, restore
    from newsclaims.overwriting import new_output

    form = to_form or from_form or ""
    if form not in FORMS or (to_form and from_form):
        raise click.UsageError(f"one of --to and --from names a form: {', '.join(FORMS)}")
    inputs = [source, texts] if texts else [source]
    with new_output(output, inputs, marked=FORMS[form].marked) as path:
        losses = convert(source, form, path) if to_form else restore(source, form, path, texts)
    for loss in losses:
        click.echo(loss, err=True)
    click.echo(f"{output} written, {plural(len(losses), 'loss', 'losses')} named", err=True)
    return 0
