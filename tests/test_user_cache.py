import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsclaims import user_cache as module
from newsclaims.user_cache import user_cache


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    user_cache.cache_clear()
    yield
    user_cache.cache_clear()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that is a file, in which nobody can make a folder, and an empty temporary folder."""
    home = tmp_path / "home"
    home.write_text("")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(module.platformdirs, "user_cache_path", lambda name: home / name)
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path / "temporary"))
    return home


def test_the_users_folder_is_made_and_taken(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    home.unlink()
    assert user_cache() == home / "newsclaims"
    assert list(user_cache().iterdir()) == []
    assert caplog.records == []


def test_without_a_home_caches_are_temporary_with_a_word(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        folder = user_cache()
        assert user_cache() == folder
    assert folder.parent == home.parent / "temporary"
    (told,) = caplog.messages
    assert f"{home / 'newsclaims'} cannot be written to" in told
    assert str(folder) in told
    user_cache.cache_clear()
    assert user_cache() == folder, "what was kept there is found again"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no owners of files")
def test_the_temporary_folder_of_another_user_is_not_taken(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = user_cache()
    user_cache.cache_clear()
    real = os.getuid()
    folder = home.parent / "temporary" / f"newsclaims-{real + 1}"
    folder.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: real + 1)
    other = user_cache()
    assert other not in (mine, folder)
    assert other.parent == folder.parent
