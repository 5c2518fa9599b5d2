"""Without books: an embedded database that holds no company stands for the demo company, a configured one never."""

import json

from core.db.embedded import Server
from tests.database import server_home
from tests.ui.cli.offices import Office
from tests.ui.cli.terminal import expediter
from tests.ui.cli.test_loading import empty

__all__ = ["empty"]


def test_who_has_no_books_is_answered_about_the_demo_company_and_told_so(postgres_server: Server) -> None:
    home = {"EXPEDITER_HOME": str(server_home())}

    asked = expediter("chat", "stock of GV-04", "--json", environment=home)
    drafts = expediter("drafts", environment=home)

    assert postgres_server.port
    assert asked.code == 0
    found = json.loads(asked.out)
    assert (found["tool"], found["arguments"]) == ("show_stock", {"item": "GV-04"})
    assert "No company is loaded here yet, so this is the demo company (as with --demo)" in " ".join(asked.err.split())
    assert "No drafts. `expediter order TEXT --demo` makes one." in drafts.text


def test_nobody_works_on_the_demo_company_where_a_database_is_configured(empty: Office) -> None:
    unconnected = {
        name: value for name, value in empty.environment.items() if not name.startswith("EXPEDITER_SUPPLIERS")
    }

    told = expediter("chat", "what is late?", environment=unconnected)

    assert told.code == 2
    assert "this database holds no company yet: try it on the demo company with --demo" in " ".join(told.err.split())


def test_on_the_demo_company_its_planner_may_propose_and_decides_nothing(postgres_server: Server) -> None:
    home = {"EXPEDITER_HOME": str(server_home())}

    proposed = json.loads(expediter("chat", "move SO-1233/4 to 5 December", "--demo", "--json", environment=home).out)

    assert postgres_server.port
    assert proposed["tool"] == "propose_new_date"
    assert proposed["proposal"].startswith("AP-")
    assert "waits for one person" in proposed["answer"]
    waiting = expediter("proposals", "--pack", server_home() / "demo-company", "--overlays", "--json", environment=home)
    assert [(one["approval"], one["proposed_by"], one["approvals_given"]) for one in waiting.json()["proposals"]] == [
        (proposed["proposal"], "demo.planner", 0)
    ]
