"""Files as programs make them, cut off or with a wrong byte: never silence, never a traceback."""

import io
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsclaims.articles import REASONS, read_articles
from newsclaims.errors import UsageError
from newsclaims.records import InputError

FIXTURES = Path(__file__).parent / "fixtures"

# Formats that show whether they are whole; a text or a message that is cut is another one.
WHOLE = [
    "calc.xlsx",
    "writer.docx",
    "news.zip",
    "wget.warc.gz",
    "warcio.warc",
    "feedgen.rss",
    "feedgen.atom",
    "nitf.xml",
    "newsml-g2.xml",
    "newsmessage.xml",
    "ninjs-1.json",
    "news-please.json",
]
FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read(path: Path) -> tuple[list[str], list[InputError]]:
    """The texts, and what is wrong; a library that speaks by itself fails the test."""
    with redirect_stderr(io.StringIO()) as spoken:
        items = list(read_articles(path))
    assert spoken.getvalue() == ""
    errors = [item for item in items if isinstance(item, InputError)]
    assert {error.kind for error in errors} <= set(REASONS)
    return [item.text for item in items if not isinstance(item, InputError)], errors


@pytest.mark.parametrize("name", WHOLE)
@FEW
@given(part=st.floats(0.0, 0.98))
def test_a_file_that_is_cut_off_is_named(tmp_path, name, part):
    data = (FIXTURES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * part)])
    texts, errors = read(path)
    assert any(not error.is_warning for error in errors) or path.stat().st_size == len(data)
    assert set(texts) <= set(read(FIXTURES / name)[0])


@pytest.mark.parametrize("name", WHOLE)
@FEW
@given(data=st.data())
def test_a_file_with_a_wrong_byte_gives_articles_or_says_why_not(tmp_path, name, data):
    content = bytearray((FIXTURES / name).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path = tmp_path / name
    path.write_bytes(content)
    try:
        texts, errors = read(path)
    except UsageError as error:  # as JSON that is a table now, without a text
        assert name in str(error)  # noqa: PT017
    else:
        assert texts or errors


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("content", [b"", b"<html><p>404 Not Found</p></html>", bytes(range(256))])
def test_a_file_of_another_kind_is_named(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    texts, errors = read(path)
    assert texts == []
    assert [error.is_warning for error in errors] == [False]
