"""`expediter what-if` on the small company: before and after in plain words, nothing kept, bad input told."""

from tests.ui.cli.offices import Office


def test_what_would_happen_is_told_before_and_after_and_never_kept(here: Office) -> None:
    before = here.rows("SELECT (SELECT count(*) FROM scans), (SELECT count(*) FROM audit_log)")

    told = here.run("what-if", "--delay", "PO-1:7", "--demand", "VALVE-3:40:2024-10-07", "--price", "GULF:10")
    few = here.run("what-if", "--outage", "GULF:30", "--outage", "DELTA:30", "--limit", 0)
    again = here.run("what-if", "--outage", "GULF:30", "--limit", 1, "--json").json()

    assert (told.code, told.err) == (0, "")
    assert "What if PO-1 comes 7 days later? What if GULF asks +10 % for what is open?" in told.text
    assert "What if somebody asks for 40 VALVE-3 by 2024-10-07? Nothing was kept." in told.text
    assert "WHAT-IF-1/1 VALVE-3 not open uncovered" in told.text
    assert max(map(len, told.out.splitlines())) <= 80
    customers = told.text.partition("What it means for ")[2]
    assert customers.split("─")[-1].strip() == "Harbor Supply 1 87.50"
    assert few.text.endswith("And 1 more customer, together 1,050.00 USD; --limit tells them.")
    assert again["assumed"] == ["GULF delivers nothing for 30 days"]
    assert (len(again["lines"]), again["changed"] - again["left_out"]) == (1, 1)
    assert again["after"]["exposure"] > again["before"]["exposure"]
    assert here.rows("SELECT (SELECT count(*) FROM scans), (SELECT count(*) FROM audit_log)") == before


def test_what_makes_no_difference_is_said(here: Office) -> None:
    ran = here.run("what-if", "--change", "SO-1/1:40")

    assert ran.code == 0
    assert ran.text.endswith("Every order line stands as before.")


def test_duty_is_told_in_money(here: Office) -> None:
    ran = here.run("what-if", "--tariff", "GULF:25")

    assert ran.text.startswith("What if duty on GULF is +25 % of what is open? Nothing was kept.")
    assert ran.text.endswith("It costs 140.00 USD more. Every order line stands as before.")


def test_what_is_not_understood_is_refused_with_its_form(here: Office) -> None:
    refused = {
        ("--delay", "PO-1"): "--delay 'PO-1' is not of the form ORDER:DAYS or ORDER/LINE:DAYS, such as PO-1:7",
        ("--cut", "PO-1:4"): "--cut 'PO-1:4' is not of the form ORDER/LINE:UNITS, such as PO-1/2:40",
        ("--demand", "VALVE-3:x:2024-10-07"): "is not of the form ITEM:UNITS:DATE",
        ("--price", "GULF:nan"): "percent is Decimal('NaN')",
        ("--tariff", "XX:5"): "no supplier 'XX'",
        ("--outage", "NOBODY:3"): "no supplier 'NOBODY'",
        ("--option", "CASE-9-1A"): "CASE-9-1A",
    }

    found = {said: here.run("what-if", *said) for said in refused}

    assert [said for said, ran in found.items() if refused[said] not in " ".join(ran.err.split())] == []
    assert {ran.code == 0 for ran in found.values()} == {False}
    assert "a what-if needs something that happens" in " ".join(here.run("what-if").err.split())
