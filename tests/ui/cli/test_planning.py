"""`expediter plan` on the small company: all cases together, nothing kept unless asked, bad budgets told."""

from tests.ui.cli.offices import Office

KEPT = "SELECT count(*) FROM case_options"


def test_all_cases_are_planned_together_and_nothing_is_kept(here: Office) -> None:
    before = here.rows(KEPT)

    told = here.run("plan")
    found = here.run("plan", "--json").json()

    assert (told.code, told.err) == (0, "")
    assert max(map(len, told.out.splitlines())) <= 80
    assert "Nothing was kept." in told.text
    assert [case["case"] for case in found["cases"]] == ["CASE-1", "CASE-2"]
    assert found["bound"] <= found["together"] <= found["one_by_one"] <= found["doing_nothing"]
    assert here.rows(KEPT) == before
    assert "Ways out of each case" in told.text
    assert "Stability: counting moved lines costs" in told.text
    shown = {"what", "cost", "marginal", "exact", "lines_changed", "lines_recovered"}
    assert all(set(one) == shown for case in found["cases"] for one in case["options"])
    assert set(found["effect_of_stability"]) == {"costs_more", "lines_spared"}


def test_with_nothing_to_spend_every_case_waits_and_says_why(here: Office) -> None:
    found = here.run("plan", "--budget", "0", "--json").json()

    assert found["together"] == found["doing_nothing"]
    assert [(case["case"], case["covered"]) for case in found["cases"]] == [("CASE-1", 0), ("CASE-2", 0)]
    assert "not enough is left of spending budget" in {case["why_waiting"] for case in found["cases"]}


def test_a_plan_that_is_kept_is_the_first_option_of_each_case(here: Office) -> None:
    ran = here.run("plan", "--keep")

    assert (ran.code, ran.err) == (0, "")
    assert here.rows("SELECT count(DISTINCT case_id) FROM case_options") == [(2,)]


def test_an_amount_that_is_none_is_refused_with_what_would_do(here: Office) -> None:
    accepted = "accepted is a Decimal of up to 10000000000000 with at most 6 decimals"
    refused = {
        "much": "the budget is 'much'; it must be an amount such as 2500 or 99.50",
        "-1": "the budget is Decimal('-1'); it must be 0 or more",
        "nan": f"budget is Decimal('NaN'); {accepted}",
        "1e40": f"budget is Decimal('1E+40'); {accepted}",
    }

    for amount, said in refused.items():
        ran = here.run("plan", f"--budget={amount}")
        assert (ran.code, said in " ".join(ran.err.split())) == (2, True), ran.err
