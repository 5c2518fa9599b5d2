"""docs/configuration.md is written from the settings themselves, and those in force are shown without secrets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.config import Environment
from tests.architecture.tree import ROOT
from ui.cli.settings_table import BEGIN, END, HIDDEN, settings_in_force, settings_table


def test_the_page_has_the_table_of_the_code(document_part: Callable[[Path, str, str, str], None]) -> None:
    document_part(ROOT / "docs" / "configuration.md", BEGIN, END, settings_table())


def test_secrets_are_hidden_and_what_was_given_is_told_from_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"EXPEDITER_MAIL_KEY": "canary", "DATABASE_URL": "postgresql://a:canary@h", "EXPEDITER_IMAP_FOLDER": "Box"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("EXPEDITER_IMAP_SECURITY", raising=False)

    found = {one.name: (one.value, one.given) for one in settings_in_force(Environment())}

    assert found["EXPEDITER_MAIL_KEY"] == found["DATABASE_URL"] == (HIDDEN, True)
    assert found["EXPEDITER_IMAP_FOLDER"] == ("Box", True)
    assert found["EXPEDITER_IMAP_SECURITY"] == ("tls", False)
    assert "canary" not in str(found)
