"""A real browser, where the machine has one."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests may run as root, where Chromium has none. It is shown pages of this machine only.
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")


@contextmanager
def a_browser(*, needed: bool = False) -> Iterator[Browser]:
    """Chromium without a window; where there is none the test is skipped, or fails where one is `needed`."""
    found = _bundled() or _installed()
    if found is None:
        why = f"CHROMIUM names none, .ci/browser fetched none, none of {', '.join(NAMES)} is there"
        if needed:
            pytest.fail(f"no browser: {why}; install the package chromium (Debian, Ubuntu: apt-get install chromium)")
        pytest.skip(f"no browser: {why}")
    path, environment = found
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS], env={**os.environ, **environment})
        try:
            yield browser
        finally:
            browser.close()


def _installed() -> tuple[str, dict[str, str]] | None:
    named = os.environ.get("CHROMIUM")
    path = named or next((one for one in map(shutil.which, NAMES) if one), None)
    return None if path is None else (path, {})


def _bundled() -> tuple[str, dict[str, str]] | None:
    """The one `.ci/browser` fetched into the virtual environment, with libraries and a font of its own."""
    folder = Path(sys.prefix) / "browser"
    if os.environ.get("CHROMIUM") or not (folder / "chromium").is_file():
        return None
    return str(folder / "chromium"), {
        "LD_LIBRARY_PATH": str(folder / "lib"),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }
