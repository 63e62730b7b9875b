"""Files that hold one article each: plain text, and Markdown with an optional YAML header."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from newsclaims.articles.encodings import decode
from newsclaims.articles.rows import Fields, RefusedError, Settings, repeated

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)

# What is wrong with YAML where the library does not say it.
_PROBLEMS = {
    "RecursionError": "nested too deeply",
    "ReaderError": "a control character stands in it",
}


def read_text(path: Path, settings: Settings) -> Fields:
    """The file's text, every character of it."""
    return {"text": decode(path.read_bytes(), settings.encoding)}


def read_markdown(path: Path, settings: Settings) -> Fields:
    """The fields of the header, and the text after it, untouched."""
    content = decode(path.read_bytes(), settings.encoding)
    header, start = split_header(content)
    return {**settings.rename(_header_fields(header)), "text": content[start:]}


def split_header(content: str) -> tuple[str, int]:
    r"""The YAML between the ``---`` lines that `content` begins with, and where its body starts.

    >>> split_header("---\ntitle: A\n---\n\nB")
    ('title: A\n', 17)
    """
    opening = _OPENING.match(content)
    if not opening:
        return "", 0
    closing = _CLOSING.search(content, opening.end())
    if not closing:
        raise RefusedError(
            "front-matter", "the header opened by --- in line 1 is never closed", line=1
        )
    return content[opening.end() : closing.start()], closing.end()


def _header_fields(header: str) -> dict[str, Any]:
    """The header's fields, each scalar as the string that was written."""
    if not header.strip():
        return {}
    import yaml

    try:
        fields = _yaml_loader()(header).get_single_data()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or _PROBLEMS.get(type(error).__name__, "broken")
        raise RefusedError(
            "front-matter",
            f"the header is not YAML: {problem}",
            line=None if mark is None else mark.line + 2,
        ) from None
    if fields is None:
        return {}
    if not isinstance(fields, dict) or not all(isinstance(name, str) for name in fields):
        raise RefusedError("front-matter", "the header is not a list of fields, `name: value`")
    return fields


@cache
def _yaml_loader() -> Any:
    """A safe loader of YAML for which every scalar is a string.

    YAML would turn a date into a moment in UTC, ``007`` into 7 and ``NO`` into false.
    """
    import yaml

    class Strings(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.composer.ComposerError(None, None, "aliases are not read", mark)
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            if twice := repeated(str(name.value) for name, _ in node.value):
                problem = f"the name {twice!r} stands twice"
                raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
            return super().construct_mapping(node, deep)

    # A set has no order that is the same in each process: its members stand as they were written.
    Strings.add_constructor(
        "tag:yaml.org,2002:set",
        lambda loader, node: [loader.construct_object(name, deep=True) for name, _ in node.value],
    )
    null = "tag:yaml.org,2002:null"
    Strings.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag == null]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Strings
