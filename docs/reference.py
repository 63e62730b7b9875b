"""Writes the reference from the code: commands, fields of files, rules, names for Python.

    python docs/reference.py [FOLDER]       # docs/reference/ by default

Commands come from click; records and tables from ``newsclaims.schema``, with the docstring below
each field; other files from ``docs/files.tsv``; rules from the ``.toml`` of each room; names for
Python from ``newsclaims.__all__`` and their docstrings in Google's style.
"""

import csv
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import newsclaims
from newsclaims import records, schema
from newsclaims.articles import REASONS
from newsclaims.cli import commands
from newsclaims.rules import Rule, load_rules, read_marks
from newsclaims.verdicts import Verdict
from pydantic import BaseModel

HERE = Path(__file__).parent
PACKAGE = Path(newsclaims.__file__).parent
NOTE = "Written by `make reference` from the code; do not edit."


def main() -> None:
    """Write the files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (
        ("commands", command_lines()),
        ("files", file_lines()),
        ("rules", rule_lines()),
        ("python", python_lines()),
    ):
        text = "\n".join(lines).rstrip() + "\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A Markdown table, and the empty line after it."""
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield "|---" * len(names) + "|"
    for row in rows:
        cells = (" ".join(str(cell).split()).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


# --- commands ------------------------------------------------------------------------------------


def command_lines() -> Iterator[str]:
    """Each command with its usage, what it does, and its options."""
    yield from ("# Commands", "", NOTE, "")
    yield "Exit status: 0 all is well; 1 some article failed, or a check or threshold was missed,"
    yield from ("and the rest is complete; 2 wrong usage, before any work.", "")
    for name, command in sorted(commands.commands.items()):
        context = click.Context(command, info_name=f"newsclaims {name}")
        yield from (f"## {name}", "", f"`{command.get_usage(context).removeprefix('Usage: ')}`", "")
        yield from (inspect.cleandoc(command.help or ""), "")
        examples = (command.epilog or "").splitlines()[2:]
        if examples:
            yield from ("```console", *(f"$ {line.strip()}" for line in examples), "```", "")
        options = (one for one in command.params if isinstance(one, click.Option))
        told = filter(None, (option.get_help_record(context) for option in options))
        rows = [(f"`{names}`", what) for names, what in told]
        if rows:
            yield from table(("option", "what"), rows)


# --- files ---------------------------------------------------------------------------------------


def file_lines() -> Iterator[str]:
    """Each file with its fields or columns."""
    yield from ("# Files", "", NOTE, "")
    yield "Fields are always written, null or empty where there is nothing. Spans are half-open and"
    yield from ("count Unicode code points of the article's text as read.", "")
    yield from ("## records.jsonl", "", "A line an article, in the order of the input.", "")
    yield from model_lines(schema.ArticleRecord)
    models: dict[str, type[BaseModel]] = {
        "article": schema.ArticleHead,
        **{name: layer.row for name, layer in schema.LAYERS.items()},
        **{model.__name__: model for model in inner_models()},
    }
    for name, model in models.items():
        yield from (f"### {name}", "", (inspect.getdoc(model) or "").splitlines()[0], "")
        yield from model_lines(model)
    yield from ("## errors.jsonl", "", "A line an error or warning; written even when empty.", "")
    yield from model_lines(records.InputError)
    yield from table(
        ("kind", "articles or rows", "extracted all the same"),
        (
            (f"`{kind}`", what, "yes" if kind in records.InputError.WARNINGS else "")
            for kind, what in REASONS.items()
        ),
    )
    yield from other_file_lines()
    yield from ("## verdicts.jsonl", "", "What a reader says of rows; a line a row.", "")
    yield from model_lines(Verdict)
    yield from ("## Tables", "", "The same columns in every form; a row reads alone.", "")
    for name, columns in schema.TABLES.items():
        yield from (f"### {name}", "")
        yield from table(
            ("column", "type", "what"), ((f"`{one.name}`", one.type, one.what) for one in columns)
        )


def inner_models() -> list[type[BaseModel]]:
    """The models of spans and of parts of rows, in the order in which they are met."""
    items = [held.item for layer in schema.LAYERS.values() for held in layer.spans.values()]
    return list(dict.fromkeys([records.Span, *items]))


def model_lines(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a model with type and meaning."""
    types = model.model_json_schema()["properties"]
    return table(
        ("field", "type", "what"),
        (
            (f"`{name}`", json_type(types[name]), field.description)
            for name, field in model.model_fields.items()
        ),
    )


def json_type(schema: dict[str, Any]) -> str:
    """A JSON schema in words."""
    if "anyOf" in schema:
        return " or ".join(json_type(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {json_type(schema['items'])}"
    return str(schema.get("type", "any"))


def other_file_lines() -> Iterator[str]:
    """The files of ``files.tsv``."""
    heads = {
        "articles.jsonl": "The very text that offsets count; a line an article.",
        "manifest.json": "What made the dataset: no time, no host, no number of workers.",
        "datapackage.json": "A Frictionless Data Package: the codebook of the tables.",
        "history.jsonl": "What verdicts changed; a line an article.",
        "gold": "A line is a line of `records.jsonl`, and:",
        "rows": "Rows drawn by `sample --rows`, to be judged; a line a row.",
    }
    with (HERE / "files.tsv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    for name, head in heads.items():
        title = {"gold": "Gold files", "rows": "Judged rows"}.get(name, name)
        yield from (f"## {title}", "", head, "")
        fields = (row for row in rows if row["file"] == name)
        yield from table(
            ("field", "type", "what"),
            ((f"`{row['field']}`", row["type"], row["what"]) for row in fields),
        )


# --- rules ---------------------------------------------------------------------------------------


def rule_lines() -> Iterator[str]:
    """Each rule of each room, with its reason and its first example."""
    yield from ("# Rules", "", NOTE, "")
    yield "In bold what a rule finds, with its label. More examples, and what each rule leaves"
    yield "alone, stand in the `.toml` file; how places are resolved, in [places.md](../places.md)."
    yield ""
    for path in sorted(PACKAGE.rglob("*.toml")):
        room = path.relative_to(PACKAGE).with_suffix("").as_posix()
        rules = load_rules(room).rules.values()
        if rules:
            yield from (f"## {room}.toml", "")
            yield from table(
                ("rule", "why", "example"),
                ((f"`{rule.id}`", rule.why, example(rule)) for rule in rules),
            )


def example(rule: Rule) -> str:
    """The first example of a rule, with its marks in bold."""
    plain, marks = read_marks(rule.finds[0])
    parts, position = [], 0
    for mark in marks:
        label = f" ({mark.label})" if mark.label else ""
        parts += [plain[position : mark.start], f"**{plain[mark.start : mark.end]}**{label}"]
        position = mark.end
    return "".join([*parts, plain[position:]])


# --- names for Python ----------------------------------------------------------------------------

SECTION = re.compile(r"(Args|Attributes|Raises|Returns|Yields):")
ENTRY = re.compile(r"(\w+): +(.*)")


def python_lines() -> Iterator[str]:
    """Each name of the public door with what its docstring says."""
    yield from ("# Names for Python", "", NOTE, "")
    yield from ("`import newsclaims as nc`; recipes are in [python.md](../python.md).", "")
    names = [name for name in newsclaims.__all__ if not name.startswith("_")]
    for name in names:
        yield from object_lines(name, getattr(newsclaims, name), "##")


def object_lines(name: str, value: Any, heading: str) -> Iterator[str]:
    """A function, class or method with what its docstring says; of a class what is public."""
    yield from (f"{heading} {name}", "")
    if signature := signature_of(value):
        yield from (f"`{name}{signature}`", "")
    yield from docstring_lines(inspect.getdoc(value) or "")
    if not inspect.isclass(value):
        return
    if issubclass(value, BaseModel) and (of_model := dict(value.model_fields)):
        yield from table(
            ("field", "what"), ((f"`{one}`", of.description) for one, of in of_model.items())
        )
    for inner, member in vars(value).items():
        hidden = inner.startswith(("_", "model_"))  # pydantic's begin with model_
        shown = inspect.isfunction(member) or isinstance(member, property)
        if shown and not hidden and inspect.getdoc(member):
            yield from object_lines(f"{name}.{inner}", member, "###")


def signature_of(value: Any) -> str:
    """The arguments with their defaults; types are said in words."""
    if isinstance(value, property) or (inspect.isclass(value) and issubclass(value, BaseModel)):
        return ""
    try:
        parameters = inspect.signature(value).parameters.values()
    except ValueError:
        return ""
    none = inspect.Parameter.empty
    bare = [one.replace(annotation=none) for one in parameters if one.name != "self"]
    return str(inspect.Signature(bare))


def docstring_lines(docstring: str) -> Iterator[str]:
    """A docstring in Google's style as Markdown: sections become lists."""
    section = ""
    item = ""
    for line in [*docstring.replace("``", "`").splitlines(), "END:"]:
        begins = SECTION.fullmatch(line)
        entry = ENTRY.match(line.strip()) if indent_of(line) == 4 else None
        if section and item and (begins or entry or not line.strip() or line == "END:"):
            yield f"- {item}"
            item = ""
        if line == "END:":
            yield ""
        elif begins:
            section = begins[1]
            yield from (f"**{section}**", "")
        elif section and entry and section not in {"Returns", "Yields"}:
            item = f"`{entry[1]}`: {entry[2]}"
        elif section and line.strip():
            item = f"{item} {line.strip()}".strip()
        else:
            yield line


def indent_of(line: str) -> int:
    """The number of spaces before the first character."""
    return len(line) - len(line.lstrip())


if __name__ == "__main__":
    main()
