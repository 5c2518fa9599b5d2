"""`expediter bench console` says what it lacks before it starts anything."""

from pathlib import Path

import pytest

from evals.bench import console
from tests.ui.cli.terminal import expediter


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    ran = expediter("bench", "console", "--pack", tmp_path / "nowhere", environment={})

    assert ran.code == 2
    assert "nowhere is not there: name the AdventureWorks pack" in ran.err


def test_a_machine_without_a_way_to_drive_a_browser_names_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "find_spec", lambda _: None)

    with pytest.raises(SystemExit) as ended:
        console.console_command(quick=True)

    assert ended.value.code == 2
    assert "the package playwright is missing" in capsys.readouterr().err
