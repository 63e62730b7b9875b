import os
from pathlib import Path

import pytest
from newsclaims.articles import read_articles
from newsclaims.errors import UsageError


def test_a_folder_in_the_order_of_its_paths(read, write):
    for name in ("b.txt", "a/z.md", "a/b.tar.txt", ".hidden.txt", "a/.git/x.txt", "photo.jpg"):
        write("news/" + name, "Rain fell.")
    found = read("news")
    assert found.ids == ["a/b.tar", "a/z", "b"]
    assert not found.errors
    assert [(w.input, w.kind) for w in found.warnings] == [("news/photo.jpg", "skipped")]


def test_each_file_of_another_kind_is_named_and_hidden_ones_are_not(read, write):
    for name in ("a.txt", "story.php", "sub/story?id=4", "sub/b.html.1", ".x.php", ".git/c.php"):
        write("mirror/" + name, "Rain fell.")
    found = read("mirror")
    assert found.ids == ["a"]
    assert [(w.input, w.kind, w.message) for w in found.warnings] == [
        ("mirror/story.php", "skipped", "files that end in .php are not read"),
        ("mirror/sub/b.html.1", "skipped", "files that end in .1 are not read"),
        ("mirror/sub/story?id=4", "skipped", "files whose name has no ending are not read"),
    ]


def test_a_file_of_another_kind_in_a_list_is_named(read, write):
    for name in ("a.txt", "style.css", "b.txt"):
        write(name, "Rain fell.")
    found = read("a.txt", "style.css", "b.txt")
    assert found.ids == ["a", "b"]
    assert [(w.input, w.kind) for w in found.warnings] == [("style.css", "skipped")]


def test_inputs_in_the_order_given(read, write):
    for name in ("b.txt", "a.txt"):
        write(name, "Rain fell.")
    assert read("b.txt", "a.txt").ids == ["b", "a"]


def test_files_are_named_as_given(read, write, folder):
    write("news/a.txt", "")
    assert read("news").errors[0].input == "news/a.txt"
    assert read("./news/a.txt").errors[0].input == "news/a.txt"
    assert read(str(folder / "news")).errors[0].input == (folder / "news/a.txt").as_posix()


def test_a_clash_of_ids_names_both(read, write):
    write("one/a.txt", "Rain fell.")
    write("two/a.md", "Snow fell.")
    write("t.jsonl", '{"id": "a", "text": "x"}\n{"id": 5, "text": "x"}\n{"id": "5", "text": "x"}\n')
    found = read("one", "two", "t.jsonl", "one")
    assert found.ids == ["a", "5"]
    assert [(error.input, error.line, error.article) for error in found.errors] == [
        ("two/a.md", None, "a"),
        ("t.jsonl", 1, "a"),
        ("t.jsonl", 3, "5"),
        ("one/a.txt", None, "a"),
    ]
    assert found.errors[0].message == "the id 'a' is already that of one/a.txt"
    assert found.errors[2].message == "the id '5' is already that of t.jsonl, line 2"


def test_a_folder_without_articles(read, write, folder):
    (folder / "empty").mkdir()
    write("tables/news.jsonl", '{"text": "a"}')
    found = read("empty", "tables")
    assert [error.kind for error in found.errors] == ["empty", "empty"]
    assert [(w.input, w.kind) for w in found.warnings] == [("tables/news.jsonl", "skipped")]


def test_links_that_loop(read, write, folder):
    write("news/a.txt", "Rain fell.")
    (folder / "news/up").symlink_to(folder / "news", target_is_directory=True)
    (folder / "news/x.txt").symlink_to("y.txt")
    (folder / "news/y.txt").symlink_to("x.txt")
    found = read("news")
    assert found.ids == ["a"]
    assert [(w.input, w.kind) for w in found.warnings] == [("news/up", "skipped")]
    assert [(e.input, e.kind) for e in found.errors] == [
        ("news/x.txt", "unreadable"),
        ("news/y.txt", "unreadable"),
    ]


def test_a_file_that_cannot_be_opened(read, write, monkeypatch):
    write("a.txt", "Rain fell.")
    write("b.txt", "Snow fell.")

    def read_bytes(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return os.fspath(path).encode()

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    found = read("a.txt", "b.txt")
    assert found.kinds == [(None, "unreadable")]
    assert found.errors[0].message == "cannot be read: Permission denied"
    assert found.ids == ["b"]


def test_a_name_that_is_not_utf_8(read, folder):
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("Rain fell.")
    found = read(".")
    assert [(error.input, error.kind) for error in found.errors] == [
        ("caf\\udce9.txt", "surrogate")
    ]


@pytest.mark.parametrize(
    ("inputs", "options", "message"),
    [
        ([], {}, "no input"),
        (["none.txt"], {}, "none.txt: no such file or folder"),
        (["a.pdf"], {}, "a.pdf: not a format that can be read"),
        (["a.pdf", "a.pdf"], {}, "a.pdf: not a format that can be read"),
        (["a.txt", "none.css"], {}, "none.css: no such file or folder"),
        (["-", "-"], {}, "once only"),
        (["a.txt"], {"encoding": "klingon"}, "no encoding 'klingon'"),
        (["a.txt"], {"encoding": "rot13"}, "no encoding 'rot13'"),
        (["a.txt"], {"columns": {"body": "text"}}, "no field 'body'"),
        (["a.txt"], {"columns": {"id": "x", "text": "x"}}, "mapped to two fields"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(write, inputs, options, message):
    write("a.txt", "Rain fell.")
    write("a.pdf", "%PDF")
    with pytest.raises(UsageError, match=message):
        read_articles(inputs, **options)
