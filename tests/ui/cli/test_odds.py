"""`expediter odds` on the small company: how often a promise holds, nothing kept, bad input told."""

from tests.ui.cli.offices import Office


def test_how_sure_a_promise_is_and_what_it_waits_for(here: Office) -> None:
    before = here.rows("SELECT (SELECT count(*) FROM scans), (SELECT count(*) FROM audit_log)")

    told = here.run("odds", "SO-1/1")
    found = here.run("odds", "SO-1/1", "--json").json()["lines"]

    assert (told.code, told.err) == (0, "")
    assert max(map(len, told.out.splitlines())) <= 80
    assert "SO-1/1 waits for PO-1" in told.text
    assert [(one["order"], one["line"], one["rests_on"], one["scenarios"]) for one in found] == [
        ("SO-1", 1, ["PO-1"], 1000)
    ]
    assert 0 <= found[0]["holds"] < 100
    assert here.rows("SELECT (SELECT count(*) FROM scans), (SELECT count(*) FROM audit_log)") == before


def test_a_line_that_is_not_open_or_no_line_is_refused(here: Office) -> None:
    unknown, wrong = here.run("odds", "SO-404/1"), here.run("odds", "SO-1")

    assert (unknown.code, wrong.code) == (2, 2)
    assert "there is no open order line SO-404/1" in unknown.err
    assert "'SO-1' is no order line; say order and line, such as SO-1/1" in " ".join(wrong.err.split())
