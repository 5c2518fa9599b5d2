"""The policy, delegations and the halt at the terminal: asked for by one person, agreed to by another."""

import json

from tests.builders import MARIA, OMAR, PAUL, VIVIAN, transfer
from tests.ui.cli.offices import Office
from tests.ui.cli.test_deciding import proposed, state_of


def test_another_policy_is_tried_asked_for_read_and_agreed_to(here: Office) -> None:
    change = ("two_people_above=50", "autonomy.E01/R07=observe", "reluctance.DELTA=15")
    proposed(here, transfer())

    tried = here.run("policy", "try", *change)
    asked = here.run("policy", "set", *change, "--reason", "costs", by=OMAR)
    read = here.run("policy", "agree")
    digest = read.text.rpartition("--hash ")[2].split()[0].strip("`")
    alone = here.run("policy", "agree", "--hash", digest, by=OMAR)
    agreed = here.run("policy", "agree", "--hash", digest, by=MARIA)

    assert "1 proposal of 1 would have gone otherwise." in tried.text
    assert "is asked for; another person agrees: `expediter policy agree`" in asked.text
    assert "two people above 50.00" in read.text
    assert alone.errors == ["not_authorised"]
    assert "holds from now on" in agreed.text
    told = json.loads(here.run("policy", "show", "--json").out)["policy"]
    assert (told["two_people_above"], told["reluctance"]) == ("50", [{"supplier": "DELTA", "percent": 15}])
    assert "omar maria costs" in here.run("policy", "history").text
    assert here.run("policy", "suggestions").text.startswith("Nothing is suggested")
    assert here.run("policy", "set", "tier.R99=1", "--reason", "x", by=OMAR).errors == ["invalid_value"]


def test_a_delegate_decides_while_nothing_is_halted(here: Office) -> None:
    approval = proposed(here, transfer())
    lent = here.run("delegate", "--to", "vivian", "--reason", "on holiday", by=MARIA)
    halted = here.run("halt", "--reason", "let us look", by=PAUL)
    shown = here.run("case", approval.case)

    decided = here.run("approve", approval.id, "--hash", approval.plan_hash, by=VIVIAN)

    assert "vivian decides in the stead of maria" in lent.text
    assert "by paul: let us look" in halted.text
    assert "HALTED" in shown.text
    assert "vivian may decide in the stead of maria" in shown.text
    assert "What was decided is carried out after `expediter resume`." in decided.text
    assert state_of(here, approval)[:2] == ("approved", "approved")
    assert here.run("resume", by=PAUL).errors == ["not_authorised"]
    ended = here.run("resume", "--comment", "all well", "--json", by=OMAR)
    assert json.loads(ended.out) == {"halted": False, "resumed_by": "omar"}
    assert here.run("delegate", "--end", "1", by=MARIA).text == "vivian no longer decides in the stead of maria"
    (held,) = json.loads(here.run("delegate", "--json").out)
    assert (held["delegate"], held["delegator"], held["ended_by"]) == ("vivian", "maria", "maria")
