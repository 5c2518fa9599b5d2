"""Options through tools: worked out, shown in full, and put before people with the core's words only."""

from decimal import Decimal

from core.domain.proposals import AdviceSource
from tests.tools.fakes import FakeCore
from tests.tools.samples import CASE
from tools.options import OptionList, OptionShown
from tools.proposing import Proposed
from tools.provenance import Source
from tools.registry import toolset
from tools.spec import NextStep, Refusal

SAID = {"case": Source.CORE, "option": Source.OPERATOR}


def test_options_are_worked_out_and_then_listed() -> None:
    tools = toolset(FakeCore())

    before = tools.call("list_options", {"case": CASE})
    planned = tools.call("plan_options", {"case": CASE})
    after = tools.call("list_options", {"case": CASE})

    assert isinstance(before, OptionList)
    assert isinstance(planned, OptionList)
    assert before.options == ()
    assert [(row.id, row.objective) for row in planned.options] == [
        ("CASE-1-1A", Decimal(120)),
        ("CASE-1-1B", Decimal(460)),
        ("CASE-1-1C", Decimal("1250.50")),
    ]
    assert planned == after
    assert planned.rejected[0].what == "PO-7/1"


def test_an_option_is_shown_with_exactly_what_would_be_done() -> None:
    core = FakeCore()
    core.plan_options(CASE)

    shown = toolset(core).call("show_option", {"option": "CASE-1-1A"})

    assert isinstance(shown, OptionShown)
    assert shown.actions[0]["kind"] == "transfer"
    assert shown.actions[0]["quantity"] == 40
    assert [(row.order, row.gained) for row in shown.changes] == [("SO-1042", 30)]


def test_a_proposal_waits_for_people_and_carries_no_words_of_the_model() -> None:
    core = FakeCore()
    core.plan_options(CASE)

    proposed = toolset(core).call("propose_option", {"case": CASE, "option": "CASE-1-1A"}, sources=SAID)

    assert isinstance(proposed, Proposed)
    assert (
        proposed.summary == "proposed, approval AP-1-1A; waits for one person (planner or buyer or operations_manager)"
    )
    assert proposed.approvals_needed == 1
    (advice,) = core.advised.values()
    assert (advice.source, advice.text) == (AdviceSource.RULES, "Asked for in conversation: Move 40 from GHENT.")


def test_the_same_proposal_again_is_the_same_approval() -> None:
    core = FakeCore()
    core.plan_options(CASE)
    arguments = {"case": CASE, "option": "CASE-1-1A"}

    first = toolset(core).call("propose_option", arguments, sources=SAID)
    second = toolset(core).call("propose_option", arguments, sources=SAID)

    assert first == second
    assert len(core.approved) == 1


def test_an_option_that_was_not_offered_is_refused() -> None:
    core = FakeCore()
    core.plan_options(CASE)

    refusal = toolset(core).call("propose_option", {"case": CASE, "option": "CASE-1-9Z"}, sources=SAID)

    assert isinstance(refusal, Refusal)
    assert (refusal.next, refusal.field) == (NextStep.FIXABLE, "option")
    assert core.approved == {}
