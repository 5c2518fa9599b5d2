"""A real Chromium without a window: the one `.ci/browser.py` fetched, or the one that is installed."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from core.domain.errors import UsageError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: it may be started as root, where Chromium has none. It is shown pages of this machine only.
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
SETTLED = (
    "() => document.querySelector('[data-test-script-state=\"notRunning\"]')"
    " && !document.querySelector('[data-testid=stSpinner]')"
    " && document.querySelector('.st-key-quiet-who, .st-key-title')"
)
"""Script of a page of the console that is true once its own script has run to its end."""
ABSENT = (
    f"no browser: CHROMIUM names none, none of {', '.join(NAMES)} is there, and `make setup` could fetch none for this"
    " machine; install the package chromium (Debian, Ubuntu: apt-get install chromium)"
)


@contextmanager
def a_chromium() -> Iterator[Browser]:
    """The browser, until the block ends; UsageError that names the package where there is none."""
    found = _bundled() or _installed()
    if found is None:
        raise UsageError(ABSENT)
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
    """The one in the virtual environment, with libraries and a font of its own."""
    folder = Path(sys.prefix) / "browser"
    if os.environ.get("CHROMIUM") or not (folder / "chromium").is_file():
        return None
    return str(folder / "chromium"), {
        "LD_LIBRARY_PATH": str(folder / "lib"),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }
