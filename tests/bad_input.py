"""What people's files are spoiled by: one entry a kind, with what is to stand in errors.jsonl.

Each is the bytes of a line of JSONL, a row of CSV, a document of a folder or a file of its own,
the kind of error that names it, and some words that tell a person what is wrong.
"""

import gzip
import json
from io import BytesIO
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

MAX_CHARS = 50_000
DEADLY, SLOW = "This text kills its worker.", "This text takes an hour."


class Bad(NamedTuple):
    content: bytes
    kind: str
    told: str


def line(kind: str, told: str, **fields: Any) -> Bad:
    return Bad(json.dumps({"text": "The mayor spoke.", **fields}).encode(), kind, told)


def packed(rows: int) -> bytes:
    return gzip.compress(b'{"text": "The mayor of Oslo spoke."}\n' * rows)


def parquet(**columns: Any) -> bytes:
    file = BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


SENTENCE = "The mayor met the minister in the harbour on Tuesday."
GERMAN = (
    "Der Minister traf am Dienstag in der Hauptstadt seine Kollegin und sprach mit ihr lange über "
    "die Lage der Bauern im Norden des Landes und über die neuen Preise."
)
CHINESE = "部长星期二在首都会见了他的同事。他与她就北方农民的处境和新的价格进行了长时间的交谈。"
UTF16 = json.dumps({"text": SENTENCE}).encode("utf-16-le")

LINES = [
    Bad(b'{"id": "cut", "text": "The mayor of', "json", "Unterminated string"),
    Bad(b'{"text": "One."} {"text": "Two."}', "json", "Extra data"),
    Bad(b'["The mayor spoke."]', "json", "a list stands here"),
    Bad(b'{"text": "One.", "text": "Two."}', "json", "'text' stands twice"),
    Bad(b"[" * 100_000, "json", "nested too deeply"),
    Bad(b'{"text": ' + b"1" * 5000 + b"}", "json", "thousands of digits"),
    Bad(b"<html><body>404 Not Found</body></html>", "json", "not JSON"),
    Bad(b'{"text": "Caf\xe9 owners spoke."}', "encoding", "0xE9"),
    Bad(UTF16, "nul", "--encoding utf-16-le"),
    Bad(b'{"text": NaN}', "text", "there is no text"),
    line("text", "the text is a number", text=7),
    line("text", "the text is a list", text=["The mayor spoke."]),
    line("text", "there is no text", text=""),
    line("text", "white space", text=" \n\t\u00a0 "),
    line("too-long", "--max-chars", text="The mayor spoke. " * MAX_CHARS),
    line("surrogate", "half a character", text="A smile \ud83d stood here."),
    line("surrogate", "the title", title="\udc00"),
    line("nul", "character 5 of the text", text="The \0mayor spoke."),
    line("nul", "the title", title="The\0mayor"),
    line("id", "ids are strings or whole numbers", id={"$oid": "66"}),
    line("id", "white space", id=" \n"),
    line("duplicate-id", "already that of", id="good-0"),
    line("language", "--any-language", text=GERMAN),
    line("language", "--any-language", text=CHINESE),
    line("worker", "ended its worker process with SIGKILL", text=DEADLY),
    line("timeout", "longer than", text=SLOW),
    line("date", "0000-00-00", published="0000-00-00"),
    line("date", "next Tuesday", published="next Tuesday"),
    line("date", "2025-02-30", published="2025-02-30"),
]

# Under the columns id,text,published.
ROWS = [
    Bad(b"c1,The mayor, who spoke,2025-01-01", "csv", "4 cells stand under 3 columns"),
    Bad(b"c2,The mayor spoke.", "csv", "2 cells stand under 3 columns"),
    Bad(b'c3,"The mayor "Bob" spoke.",', "csv", "is not doubled"),
    Bad(b"c4,The caf\xe9 owners spoke.,", "encoding", "0xE9"),
    Bad(b"c5,The \0mayor spoke.,", "nul", "the text"),
    Bad(b"c6,The mayor spoke.,01/02/2025", "date", "01/02/2025"),
    Bad(b'c7,"The mayor spoke.,', "csv", "never closed"),
]

DOCUMENTS = {
    "latin-1.txt": Bad("Café owners spoke.".encode("latin-1"), "encoding", "--encoding"),
    "mixed.txt": Bad("Café ".encode() + "café".encode("cp1252"), "encoding", "0xE9 at offset 9"),
    "utf-16.txt": Bad(SENTENCE.encode("utf-16-le"), "nul", "--encoding utf-16-le"),
    "odd-utf-16.txt": Bad(SENTENCE.encode("utf-16")[:-1], "encoding", "UTF-16"),
    "empty.txt": Bad(b"", "text", "there is no text"),
    "blank.txt": Bad(b"\xef\xbb\xbf \r\n", "text", "white space"),
    "good-160.xhtml": Bad(
        b"<html><body><article><p>The mayor spoke.</p></article></body></html>",
        "duplicate-id",
        "already that of",
    ),
    "open.md": Bad(b"---\ntitle: A\n\nThe mayor spoke.", "front-matter", "never closed"),
    "broken.md": Bad(b"---\ntitle: A: B\n---\nThe mayor spoke.", "front-matter", "not YAML"),
    "list.md": Bad(b"---\n- title\n---\nThe mayor spoke.", "front-matter", "`name: value`"),
    "twice.md": Bad(b"---\nid: a\nid: b\n---\nThe mayor.", "front-matter", "'id' stands twice"),
    "bomb.md": Bad(b"---\na: &a [x]\nb: [*a, *a]\n---\nText", "front-matter", "aliases"),
    "deep.md": Bad(b"---\na: " + b"[" * 3000 + b"\n---\nText", "front-matter", "nested too deeply"),
    "object.md": Bad(b"---\na: !!python/name:os.system\n---\nT", "front-matter", "not YAML"),
    "no-text.html": Bad(b"<html><body><img src=a.png></body></html>", "html", "no main text"),
    "deep.html": Bad(b"<div>" * 100_000 + b"<p>The mayor spoke.", "html", "no main text"),
    "nul.html": Bad(b"<p>The \0mayor spoke.</p>", "nul", "the page"),
    "no-bodies.json": Bad(b'{"uri": "a", "headline": "The mayor spoke."}', "ninjs", "bodies"),
    "entities.rss": Bad(
        b'<!DOCTYPE rss [<!ENTITY a "a">]><rss><item><description>&a;</description></item></rss>',
        "xml",
        "entities",
    ),
    "sitemap.xml": Bad(b"<urlset><url/></urlset>", "xml", "<urlset>"),
    "plain.docx": Bad(b"The mayor spoke.", "docx", "no archive"),
    "plain.eml": Bad(b"The mayor spoke.", "email", "none of the headers"),
    "plain.zip": Bad(b"The mayor spoke.", "zip", "no archive"),
    "plain.warc": Bad(b"The mayor spoke.", "warc", "no record"),
    "no-body.json": Bad(b'{"bodies": [{"value": 7}]}', "ninjs", "no body"),
    "list.json": Bad(b'[{"text": "The mayor spoke."}]', "skipped", "tables inside a folder"),
    "caf\udce9.txt": Bad(SENTENCE.encode(), "surrogate", "half a character"),
    "vanishes.txt": Bad(SENTENCE.encode(), "unreadable", "No such file"),
    "table.csv": Bad(b"id,text\n", "skipped", "give the file itself"),
}

FILES = {
    "cut.jsonl.gz": Bad(packed(9)[:-12], "gzip", "cut off"),
    "flipped.jsonl.gz": Bad(packed(9)[:-8] + b"\0" * 8, "gzip", "broken"),
    "plain.jsonl.gz": Bad(b'{"text": "The mayor spoke."}', "gzip", "broken"),
    "no-line.jsonl": Bad(b"\n\n", "empty", "no article"),
    "one-line.jsonl": Bad(b'{"text": "' + b"a" * 100_000_000 + b'"}', "too-long", "100 MB"),
    "no-row.csv": Bad(b"id,text\n", "empty", "no article"),
    "plain.xlsx": Bad(b"The mayor spoke.", "xlsx", "no archive"),
    "cut.parquet": Bad(parquet(text=["The mayor spoke."])[:-9], "parquet", "not a Parquet file"),
    "numbers.parquet": Bad(parquet(text=[7]), "text", "a number"),
    "nested.parquet": Bad(parquet(text=[{"en": "The mayor."}]), "text", "an object"),
    "far.parquet": Bad(
        parquet(text=["The mayor."], published=pa.array([2**30], pa.date32())), "parquet", "days="
    ),
}
