"""Many processes that start at once with an empty cache folder, one of them killed while it builds.

They build a world of one town, and fork once all is imported, so that the suite can afford them.
"""

import subprocess
import sys
import time
from pathlib import Path

from newsclaims.parse.cache import ParseCache

COUNT = 50

FIRST_START = """
import os, sys, time
from pathlib import Path
from newsclaims.parse.cache import ParseCache
from newsclaims.resolve.gazetteer import Gazetteer, compiling
from newsclaims.resolve.gazetteer.entries import Entry, Places
from newsclaims.text.tokens import Tokens

folder, count = Path(sys.argv[1]), int(sys.argv[2])

def note(event):
    with (folder / event).open("a") as ledger:
        print(os.getpid(), file=ledger)

def small_world():
    first = not (folder / "builds").exists()
    note("builds")
    time.sleep(600 if first else 0)  # the first is killed
    places = Places()
    places.add(Entry(1, "Zorvik", "city", "EB", 0, 0, 11.0, 11.0, 50_000, 4.7))
    return places

compiling.read_places = small_world
children = []
while len(children) < count - 1 and (not children or children[-1]):
    children.append(os.fork())
note("starts")
assert Gazetteer.open(folder / "cache").prominence("Zorvik") > 0
text = f"Start {os.getpid()}"
parse = Tokens(text, [0, 6], [5, len(text)], ["NN", "CD"], ["ROOT", "dep"], [0, 0], [1, 0], ())
cache = ParseCache(folder / "cache")
cache.put("model", {text: parse})
assert cache.get("model", [text])[text].tags == ["NN", "CD"]
assert not any(os.waitpid(child, 0)[1] for child in children if children[-1])
"""


def first_starts(folder: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", FIRST_START, str(folder), str(count)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_for(count: int, ledger: Path, process: subprocess.Popen[str]) -> None:
    while not ledger.exists() or len(ledger.read_text().splitlines()) < count:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def test_first_starts_share_one_cache_though_a_builder_is_killed(tmp_path: Path) -> None:
    victim = first_starts(tmp_path, 1)
    wait_for(1, tmp_path / "builds", victim)
    waiting = first_starts(tmp_path, COUNT - 1)
    wait_for(COUNT, tmp_path / "starts", waiting)
    victim.kill()
    victim.communicate()
    _, said = waiting.communicate(timeout=300)
    assert waiting.returncode == 0, said
    assert "cannot be used" not in said
    builds = (tmp_path / "builds").read_text().split()
    assert (len(builds), builds[0]) == (2, str(victim.pid))
    assert ParseCache(tmp_path / "cache").state().parses == COUNT - 1
    kept = {path.suffix for path in (tmp_path / "cache").iterdir()}
    assert kept == {".lock", ".sqlite"}
