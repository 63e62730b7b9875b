"""ZIP archives: read like folders, with nothing written where a name says."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from newsclaims.articles import archive

RAIN, SNOW = "Rain fell on the harbour.", "Snow fell on the town."


@pytest.fixture
def zipped(folder):
    """Write an archive of these members, in this order, and give its name back."""

    def zipped(name: str, members: dict[str, str | bytes], method: int = ZIP_DEFLATED) -> str:
        with ZipFile(folder / name, "w", method) as file:
            for member, content in members.items():
                file.writestr(member, content)
        return name

    return zipped


def test_members_have_ids_and_names_as_in_a_folder(read, zipped):
    members = {"b.txt": RAIN, "a/z.tar.md": f"---\ntitle: Snow\n---\n{SNOW}", "a/c.txt": ""}
    found = read(zipped("news.zip", members))
    assert found.ids == ["a/z.tar", "b"]
    assert [(error.input, error.kind) for error in found.errors] == [("news.zip/a/c.txt", "text")]


def test_an_archive_in_a_folder_is_a_folder_of_it(read, zipped, folder):
    (folder / "in").mkdir()
    zipped("in/news.zip", {"a.txt": RAIN})
    assert read("in").ids == ["news/a"]
    assert read("in/news.zip").ids == ["a"]


def test_what_is_not_read_is_named_and_hidden_files_are_not(read, zipped):
    members = dict.fromkeys(("a.exe", "noext", ".hidden.txt", ".git/a.txt"), RAIN)
    members |= {"__MACOSX/._a.txt": RAIN, "a.txt": RAIN}
    inner = Path(zipped("inner.zip", {"a.txt": SNOW})).read_bytes()
    found = read(zipped("news.zip", {**members, "inner.zip": inner}))
    assert found.ids == ["a"]
    assert not found.errors
    assert [(warning.input, warning.kind) for warning in found.warnings] == [
        ("news.zip/a.exe", "skipped"),
        ("news.zip/inner.zip", "skipped"),
        ("news.zip/noext", "skipped"),
    ]


def test_tables_in_an_archive_are_read(read, zipped):
    members = {"a.csv": f"id,text\n1,{RAIN}\n", "b.jsonl": '{"text": "x"}\n{"text": ""}\n'}
    found = read(zipped("news.zip", members))
    assert found.ids == ["1", "b-1"]
    assert [(error.input, error.line) for error in found.errors] == [("news.zip/b.jsonl", 2)]


def test_a_table_without_a_text_is_an_error_of_its_own(read, zipped):
    found = read(zipped("news.zip", {"a.csv": "id,body\n1,x\n", "b.txt": RAIN}))
    assert found.ids == ["b"]
    assert [(error.input, error.kind) for error in found.errors] == [("news.zip/a.csv", "text")]
    assert found.errors[0].message.startswith("no column 'text' for the text; the columns are")
    assert read("news.zip", columns={"text": "body"}).ids == ["1", "b"]


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "C:/evil.txt"]
)
def test_a_name_that_leads_out_is_refused(read, zipped, folder, name):
    found = read(zipped("news.zip", {name: RAIN, "good.txt": SNOW}))
    assert found.ids == ["good"]
    assert found.kinds == [(None, "zip")]
    assert sorted(path.name for path in folder.iterdir()) == ["news.zip"]
    assert not (folder.parent / "evil.txt").exists()


def test_a_bomb_is_not_unpacked_and_the_others_are(read, zipped):
    found = read(zipped("news.zip", {"bomb.txt": "a" * 20_000_000, "good.txt": SNOW}))
    assert found.ids == ["good"]
    assert [(error.input, error.kind) for error in found.errors] == [("news.zip/bomb.txt", "bomb")]
    # as much in text that does not pack so tightly is no bomb
    found = read(zipped("plain.zip", {"a.txt": "a" * 20_000_000}, ZIP_STORED))
    assert found.kinds == [(None, "too-long")]


def test_many_members_that_are_too_much_together(read, zipped):
    found = read(zipped("news.zip", {f"{number}.txt": "a" * 9_000_000 for number in range(3)}))
    assert found.kinds == [(None, "bomb")]


def test_an_encrypted_member(read, zipped, folder):
    name = zipped("news.zip", {"a.txt": RAIN, "b.txt": SNOW})
    data = bytearray((folder / name).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first, in the directory
    (folder / name).write_bytes(data)
    found = read(name)
    assert found.ids == ["b"]
    assert "encrypted" in found.errors[0].message


def test_a_broken_member_does_not_cost_the_others(read, zipped, folder):
    name = zipped("news.zip", {"a.txt": RAIN, "b.txt": SNOW}, ZIP_STORED)
    data = (folder / name).read_bytes().replace(b"Rain", b"Pain")
    (folder / name).write_bytes(data)
    found = read(name)
    assert found.ids == ["b"]
    assert [(error.input, error.kind) for error in found.errors] == [("news.zip/a.txt", "zip")]
    assert "Bad CRC-32" in found.errors[0].message


def test_metadata_are_joined_by_the_name_inside(read, write, zipped):
    write("meta.csv", "file,title\na/c.txt,Rain\nd.txt,Snow\n")
    found = read(zipped("news.zip", {"a/c.txt": RAIN, "b/d.txt": SNOW}), metadata="meta.csv")
    assert [article.title for article in found.articles] == ["Rain", "Snow"]
    assert not found.warnings


def test_an_empty_archive(read, zipped):
    assert read(zipped("news.zip", {})).kinds == [(None, "empty")]


def test_one_member_at_a_time_lies_on_the_disk(zipped, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    name = zipped("news.zip", {"a.txt": RAIN, "b.txt": SNOW})
    with archive.opened(Path(name)) as file:
        for member in archive.members(file):
            with archive.unpacked(file, member.info) as path:
                assert path.read_text() in (RAIN, SNOW)
                assert len(list(tmp_path.glob("newsclaims-*"))) == 1
    assert list(tmp_path.glob("newsclaims-*")) == []
