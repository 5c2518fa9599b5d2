"""`expediter facts` shows every key figure with its meaning, and says where there is nothing to count."""

from core.domain.fact_table import FACTS
from tests.ui.cli.offices import Office


def test_every_figure_is_shown_with_what_it_means(here: Office) -> None:
    shown = here.run("facts", "--as-of", "2024-10-14", "--to", "2024-10-14")

    assert (shown.code, shown.err) == (0, "")
    assert "Facts of 2024-07-17 to 2024-10-14, as of 2024-10-14" in shown.text
    assert [fact.title for fact in FACTS if f"{fact.title}: {fact.says}" not in shown.text] == []
    assert "Backorders 2 lines" in shown.text


def test_json_has_numerators_and_denominators_and_no_value_for_nothing(here: Office) -> None:
    found = here.run("facts", "--from", "2024-10-01", "--to", "2024-10-14", "--as-of", "2024-10-14", "--json").json()

    facts = {(fact["name"], fact["of"]): fact for fact in found["facts"]}
    assert (found["first"], found["last"], found["currency"]) == ("2024-10-01", "2024-10-14", "USD")
    assert [facts["otif_promise", ""][key] for key in ("value", "numerator", "denominator")] == [0, 0, 1]
    assert [facts["return_rate", ""][key] for key in ("value", "numerator", "denominator")] == [None, 0, 0]


def test_what_cannot_be_meant_is_an_error(here: Office) -> None:
    backwards = here.run("facts", "--from", "2024-10-05", "--to", "2024-10-01")
    dear = here.run("facts", "--hourly-cost", "lots")

    assert [(ran.code, ran.errors) for ran in (backwards, dear)] == [(2, ["invalid_value"]), (2, ["invalid_value"])]
