"""A headless Chromium that reports what went wrong in a page and what the page asked for.

Skipped where no chromium and chromedriver are on the path; with NEWSCLAIMS_BROWSER=required their
absence fails.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json import loads
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-dev-shm-usage --force-device-scale-factor=1 --window-size=1440,900"
).split()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if not (found and driver):
        reason = f"no {'chromedriver' if found else 'chromium'} on the path"
        if os.environ.get("NEWSCLAIMS_BROWSER") == "required":
            pytest.fail(f"{reason}, and NEWSCLAIMS_BROWSER=required")
        pytest.skip(reason)
    options = ChromeOptions()
    options.binary_location = found
    for argument in (*ARGUMENTS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Chrome(options=options, service=Service(driver))
    yield browser
    browser.quit()


@dataclass
class Page:
    """A page of the report in the browser, with what a reader does to it."""

    browser: Chrome
    path: Path

    def open(self, address: str = "") -> None:
        """Load the page afresh, at an address after #."""
        self.browser.get("about:blank")
        self.browser.get(self.path.as_uri() + (f"#{address}" if address else ""))

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """What is written in these elements, read at once: a list may be drawn anew meanwhile."""
        script = (
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())"
        )
        return list(self.run(script, selector))

    def press(self, *keys: str) -> None:
        """Type keys where the focus is."""
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def wait(self, condition: Callable[[], Any], what: Callable[[], str] | str) -> Any:
        """The first true value of a condition within ten seconds."""
        for _ in range(200):
            if value := condition():
                return value
            time.sleep(0.05)
        pytest.fail(f"in vain: {what if isinstance(what, str) else what()}")

    def count(self, expected: str) -> None:
        shown = self.one("#count")
        self.wait(lambda: shown.text == expected, lambda: f"{expected}; there are {shown.text}")

    def look(self, words: str) -> None:
        """Filter by words."""
        box = self.one("#text")
        box.clear()
        box.send_keys(words, Keys.ENTER)

    def lit(self) -> list[str]:
        return self.texts("#words .lit")


@pytest.fixture
def visit(chromium: Chrome) -> Iterator[Callable[[Path], Page]]:
    """Open pages; at the end nothing may have been logged, and no request have left them."""
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get_log("performance")

    def open_page(path: Path, address: str = "") -> Page:
        page = Page(chromium, path)
        page.open()
        page.run("localStorage.clear()")
        page.open(address)
        return page

    yield open_page
    assert chromium.get_log("browser") == []
    assert [url for url in _requests(chromium) if not url.startswith(LOCAL)] == []


LOCAL = ("file://", "data:", "blob:", "about:")


def _requests(browser: Chrome) -> Iterator[str]:
    for entry in browser.get_log("performance"):
        message = loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]
