"""A real browser, where the machine has one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from core.domain.errors import UsageError
from evals.bench.browsing import a_chromium


@contextmanager
def a_browser(*, needed: bool = False) -> Iterator[Browser]:
    """Chromium without a window; where there is none the test is skipped, or fails where one is `needed`."""
    opened = a_chromium()
    try:
        browser = opened.__enter__()
    except UsageError as error:
        (pytest.fail if needed else pytest.skip)(str(error))
    try:
        yield browser
    finally:
        opened.__exit__(None, None, None)
