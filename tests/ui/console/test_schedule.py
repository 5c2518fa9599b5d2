"""The schedule of scans on the console: when the next are due, what was missed, what is halted."""

import pytest

from tests.ui.console.samples import FakeClient
from tests.ui.console.test_console import texts
from tests.ui.console.test_pages import page


def test_the_next_scans_are_told_in_the_companys_time() -> None:
    assert "By themselves next: all books 3 Mar 2026 01:30 UTC." in texts(page("scans", FakeClient()))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"missed": True}, ["A scan was due and none has run. Is a worker running?"]),
        ({"missed": True, "halted": True}, ["Everything is halted; no scan runs until it goes on."]),
        ({}, []),
    ],
)
def test_a_missed_scan_and_a_halt_are_said(state: dict[str, bool], said: list[str]) -> None:
    client = FakeClient()
    client.answers["scan_schedule"] = client.answers["scan_schedule"].model_copy(update=state)

    assert [one.value for one in page("scans", client).warning] == said
