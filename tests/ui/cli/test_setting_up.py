"""A company's database from nothing: what is missing is done, and done again nothing is."""

import json
from pathlib import Path

from core.db.schema import BASE, check_schema, take_back
from tests.core.services.packs.folders import small_pack
from tests.ui.cli.offices import Office
from tests.ui.cli.test_loading import empty

__all__ = ["empty"]


def test_a_database_is_set_up_once(empty: Office, tmp_path: Path) -> None:
    pack, token = small_pack(tmp_path / "pack"), tmp_path / "rosa.token"

    bare = json.loads(empty.run("init", "--json").out)
    first = empty.run("init", "--pack", pack, "--manager", "rosa", "--token-file", token)
    again = json.loads(empty.run("init", "--pack", pack, "--manager", "rosa", "--token-file", token, "--json").out)

    assert bare["next"][0] == "`expediter init --pack DIR` or `--demo` fills it with a company"
    assert (first.code, first.err) == (0, "")
    assert "done: the company Small Valves: 3 items, 2 open orders, as of 2026-11-02" in first.text
    assert f"rosa may decide here as operations manager; the token is in {token}" in first.text
    assert "Next: `expediter scan` looks for promises at risk" in first.text
    assert again["there_already"] == ["the company Small Valves", "rosa (operations_manager)"]
    assert token.stat().st_mode & 0o077 == 0
    assert empty.rows("SELECT name, role FROM users WHERE role = 'operations_manager'") == [
        ("rosa", "operations_manager")
    ]

    second = empty.run("init", "--manager", "otto")
    both = empty.run("init", "--demo", "--pack", pack)
    assert (second.code, both.code) == (2, 2)
    assert "rosa may act here already" in " ".join(second.err.split())


def test_a_database_of_an_older_release_is_brought_up_first(empty: Office) -> None:
    take_back(empty.urls, BASE, discard=False)

    told = empty.run("init")

    assert (told.code, told.err) == (0, "")
    assert "done: the database is ready: the configured one, at the newest schema" in told.text
    check_schema(empty.urls)
