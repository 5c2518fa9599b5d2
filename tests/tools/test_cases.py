"""What tools say about cases."""

from decimal import Decimal

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId, CaseId
from tests.tools.fakes import FakeCore
from tests.tools.samples import CASE, approval_for, case, options_of
from tools.cases import CaseList, CaseShown
from tools.registry import toolset


def _many() -> FakeCore:
    kept = [case(number=1), case(number=2, exposure="9000"), case(CaseState.RESOLVED, number=3)]
    return FakeCore(kept={found.id: found for found in kept})


def test_open_cases_are_listed_with_the_greatest_exposure_first() -> None:
    listed = toolset(_many()).call("list_cases", {})

    assert isinstance(listed, CaseList)
    assert [(row.id, row.exposure) for row in listed.cases] == [
        ("CASE-2", Decimal(9000)),
        ("CASE-1", Decimal("1250.50")),
    ]
    assert listed.left_out == 0


def test_a_long_list_says_how_many_were_left_out() -> None:
    listed = toolset(_many()).call("list_cases", {"limit": 1, "closed_too": True})

    assert isinstance(listed, CaseList)
    assert ([row.id for row in listed.cases], listed.left_out) == (["CASE-2"], 2)


def test_a_case_shows_whom_it_hurts_and_why() -> None:
    core = FakeCore()
    waiting = approval_for(options_of()[0], approval_id=_AP)
    core.approved[waiting.id] = waiting
    core.decide(waiting.id, ApprovalState.REJECTED)

    shown = toolset(core).call("show_case", {"case": CASE})

    assert isinstance(shown, CaseShown)
    (row,) = shown.impacts
    assert (row.order, row.short, row.projected) == ("SO-1042", 40, None)
    assert row.why == ("FG-100: 40 of 60 units are not covered",)
    assert shown.approvals == ("AP-1-1A: rejected",)
    assert shown.impacts_left_out == 0
    assert CaseId(shown.case.id) == CASE


_AP = ApprovalId("AP-1-1A")


def test_cases_are_listed_by_whom_and_what_they_are_about() -> None:
    tools = toolset(_many())

    def ids(**arguments: object) -> list[str]:
        listed = tools.call("list_cases", arguments)
        assert isinstance(listed, CaseList)
        return [row.id for row in listed.cases]

    assert ids(customer="harbor", type="E01") == ["CASE-2", "CASE-1"]
    assert ids(customer="MESA") == []
    assert ids(item="fg-100") == ["CASE-2", "CASE-1"]
    assert ids(item="FG-200") == []
    assert ids(type="E22") == []
