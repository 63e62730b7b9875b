import gzip
from collections.abc import Sequence

import pytest
from newsclaims.articles import warc

PAGE = "<html><head><title>Rain</title></head><body><article><p>Rain fell, {}.</p></article></body>"
TYPE = ("Content-Type", "text/html")


def page(number: int, *, more: str = "") -> bytes:
    return PAGE.format(f"said Ann Ek, number {number}, {more}to the council on Monday").encode()


class Archive:
    """Records one after the other, each packed by itself or none."""

    def __init__(self, packed: bool = False) -> None:
        self.content = b""
        self._packed = packed

    def add(
        self,
        kind: str,
        body: bytes,
        headers: Sequence[tuple[str, str]] = (TYPE,),
        status: str = "HTTP/1.1 200 OK",
        address: str = "https://wire.example/1",
        **fields: str,
    ) -> "Archive":
        if kind in ("request", "response"):
            http = "".join(f"{name}: {value}\r\n" for name, value in headers)
            body = f"{status}\r\n{http}\r\n".encode() + body
        head = {
            "WARC-Type": kind,
            "WARC-Target-URI": address,
            "WARC-Date": "2025-03-05T10:00:00Z",
            **fields,
            "Content-Length": str(len(body)),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        record = f"WARC/1.0\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"
        self.content += gzip.compress(record, mtime=0) if self._packed else record
        return self


def test_each_page_is_an_article_and_other_records_are_counted(read, write):
    archive = Archive(packed=True)
    archive.add("request", b"", status="GET / HTTP/1.1").add("response", page(1))
    archive.add("response", b"\x89PNG", [("Content-Type", "image/png")])
    archive.add("response", page(2), status="HTTP/1.1 404 Not Found")
    archive.add("response", page(3), address="https://wire.example/3")
    found = read(write("a.warc.gz", archive.content))
    assert found.ids == ["a-2", "a-5"]
    assert [article.url for article in found.articles] == [
        "https://wire.example/1",
        "https://wire.example/3",
    ]
    assert found.articles[0].text.startswith("Rain fell, said Ann Ek, number 1")
    assert found.articles[0].metadata["crawled"] == "2025-03-05T10:00:00Z"
    assert found.articles[0].published is None  # when it was crawled is another day
    assert not found.errors
    (warning,) = found.warnings
    assert warning.message.endswith(": 1 of status 404, 1 of type image/png, 1 request")


def test_a_page_that_was_put_in_without_a_server(read, write):
    archive = Archive().add("resource", page(1), **{"Content-Type": "text/html"})
    assert read(write("a.warc", archive.content)).ids == ["a-1"]


def test_one_stream_of_gzip_over_all_records(read, write):
    archive = Archive().add("response", page(1)).add("response", page(2))
    assert read(write("a.warc.gz", gzip.compress(archive.content))).ids == ["a-1", "a-2"]


def test_chunks_and_packing_of_the_server_are_undone(read, write):
    packed = gzip.compress(page(1))
    chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (20, packed[:20], len(packed) - 20, packed[20:])
    headers = [TYPE, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    archive = Archive().add("response", chunks, headers)
    assert "number 1" in read(write("a.warc", archive.content)).articles[0].text


@pytest.mark.parametrize(
    ("header", "declared", "encoding"),
    [
        ("text/html; charset=windows-1252", "", "cp1252"),
        ("text/html; charset=iso-8859-1", "", "cp1252"),
        ("text/html; charset=utf-8", "<meta charset='windows-1252'>", "cp1252"),
        ("text/html; charset=klingon", "<meta charset='windows-1252'>", "cp1252"),
        ("text/html; charset=windows-1252", "<meta charset='utf-8'>", "cp1252"),
        ("text/html", "", "utf-8"),
    ],
)
def test_the_encoding_that_the_server_names_or_the_page(read, write, header, declared, encoding):
    body = page(1, more="“a naïve” number, ").decode().replace("<title>", declared + "<title>")
    archive = Archive().add("response", body.encode(encoding), [("Content-Type", header)])
    assert "“a naïve” number" in read(write("a.warc", archive.content)).articles[0].text


BOMB = gzip.compress(b"x" * 9999, mtime=0)


@pytest.mark.parametrize(
    ("body", "headers", "fields", "kind", "message"),
    [
        (b"<html></html>", [TYPE], {}, "html", "no main text"),
        (b"caf\xe9", [TYPE], {}, "encoding", "byte 0xE9"),
        (page(1), [TYPE, ("Content-Encoding", "br")], {}, "warc", "packed by 'br'"),
        (page(1), [TYPE], {"WARC-Truncated": "length"}, "warc", "cut the page off (length)"),
        (b"x" * 3000, [TYPE], {}, "bomb", "longer than"),
        (BOMB, [TYPE, ("Content-Encoding", "gzip")], {}, "bomb", "longer"),
    ],
    ids=["no-text", "undeclared", "brotli", "truncated", "long", "bomb"],
)
def test_a_bad_page_does_not_cost_the_others(
    read, write, monkeypatch, body, headers, fields, kind, message
):
    monkeypatch.setattr(warc, "_MAX_PAGE", 2000)
    archive = Archive().add("response", body, headers, **fields).add("response", page(2))
    found = read(write("a.warc", archive.content))
    assert found.kinds == [(1, kind)]
    assert message in found.errors[0].message
    assert found.ids == ["a-2"]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("part", [0.1, 0.4, 0.5, 0.7, 0.95])
def test_a_file_that_is_cut_off_inside_its_second_record(read, write, packed, part):
    archive = Archive(packed).add("response", page(1))
    first = len(archive.content)
    content = archive.add("response", page(2)).content
    name = "a.warc.gz" if packed else "a.warc"
    found = read(write(name, content[: first + int(part * (len(content) - first))]))
    assert found.ids == ["a-1"]
    assert [error.kind for error in found.errors] == ["gzip" if packed else "warc"]


def test_a_file_without_a_page(read, write):
    found = read(write("a.warc", Archive().add("metadata", b"x").content))
    assert found.kinds == [(None, "empty")]
    assert "1 metadata" in found.errors[0].message


def test_a_file_that_is_no_archive(read, write):
    assert read(write("a.warc", "Rain fell.")).kinds == [(None, "warc")]
    assert read(write("a.warc.gz", "Rain fell.")).kinds == [(None, "gzip")]
