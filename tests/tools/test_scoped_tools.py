"""Tools for who sees a part of the books, over a real database: theirs, nothing else's, and never a fault."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from core.connectors.suppliers import HttpSuppliers
from core.db.unit_of_work import SqlVisitorOpener, open_engine
from core.domain.identity import Means, principal_of
from core.domain.plans import Transfer
from core.domain.scopes import Scope
from tests.builders import MARIA
from tests.core.services.test_crafting import planned, with_action
from tests.desk import Desk
from tools.admission import NEEDS, OF_EVERY_CUSTOMER, ROW_BY_ROW, admitted_toolset
from tools.service_core import ServiceCore
from tools.spec import Refusal, ToolOutput

__all__ = ["planned"]
Call = Callable[..., ToolOutput]
ToolsOf = Callable[[Scope], Call]
ASKED: Mapping[str, tuple[Mapping[str, object], ...]] = {
    "list_cases": ({}, {"customer": "HARBOR"}, {"item": "VALVE-3"}),
    "show_case": ({"case": "CASE-1"},),
    "list_options": ({"case": "CASE-1"},),
    "show_option": ({"option": "CASE-1-1A"},),
    "list_orders": ({}, {"customer": "HARBOR"}, {"customer": "MESA"}, {"status": "late"}, {"status": "at_risk"}),
    "show_order": ({"order": "SO-1"}, {"order": "SO-2"}),
    "show_customer": ({"customer": "HARBOR"}, {"customer": "MESA"}),
    "show_item": ({"item": "VALVE-3"},),
    "show_stock": ({"item": "VALVE-3"}, {"item": "VALVE-3", "location": "RENO"}),
    "list_supply": ({}, {"late_only": True}),
    "list_proposals": ({}, {"state": "pending"}),
    "show_proposal": ({"approval": "AP-1-1A"},),
    "show_scan": ({},),
}
OF_MESA, OF_RENO, OF_NOBODY = Scope.of(None, ["MESA"]), Scope.of(["RENO"], None), Scope.of([], [])


@pytest.fixture
def tools_of(planned: Desk) -> Iterator[ToolsOf]:
    """Maria's tools on a scope: HARBOR's order leaves Houston late and is what CASE-1 is about, MESA's leaves Reno."""
    planned.propose(with_action(planned, Transfer))
    engine = open_engine(planned.urls.visitor)
    visitors = SqlVisitorOpener(engine, planned.clock.read)

    def tools(scope: Scope) -> Call:
        core = ServiceCore(open_uow=lambda actor: visitors(actor, scope), suppliers=HttpSuppliers({}), actor=MARIA.name)
        return admitted_toolset(core, replace(principal_of(MARIA, Means.KEY), scope=scope)).call

    yield tools
    engine.dispose()


def test_every_tool_that_shows_rows_is_asked_here() -> None:
    assert set(ASKED) == ROW_BY_ROW | OF_EVERY_CUSTOMER


@pytest.mark.parametrize(
    ("scope", "others"),
    [(OF_MESA, ("HARBOR", "SO-1", "CASE-1")), (OF_RENO, ("SO-1", "CASE-1", "HARBOR-1")), (OF_NOBODY, ("SO-",))],
    ids=["mesa", "reno", "nobody"],
)
def test_no_answer_names_what_is_somebody_else_s(tools_of: ToolsOf, scope: Scope, others: tuple[str, ...]) -> None:
    call = tools_of(scope)

    for name, every in ASKED.items():
        for arguments in every:
            given = call(name, arguments)
            told = "" if isinstance(given, Refusal) else given.model_dump_json()
            assert [one for one in others if f'"{one}' in told] == [], (name, arguments, told)


def test_who_sees_a_part_sees_all_of_that_part(tools_of: ToolsOf) -> None:
    mesa, reno, houston = tools_of(OF_MESA), tools_of(OF_RENO), tools_of(Scope.of(["HOUSTON"], None))

    assert '"SO-2"' in mesa("list_orders", {}).model_dump_json()
    assert '"MESA"' in mesa("show_customer", {"customer": "MESA"}).model_dump_json()
    assert '"RENO"' in reno("show_stock", {"item": "VALVE-3"}).model_dump_json()
    assert '"HOUSTON"' not in reno("show_stock", {"item": "VALVE-3"}).model_dump_json()
    assert '"CASE-1"' in houston("list_cases", {}).model_dump_json()
    assert '"AP-1-' in houston("show_case", {"case": "CASE-1"}).model_dump_json()
    assert '"AP-1-' in houston("list_proposals", {}).model_dump_json()
    assert '"CASE-1-1A"' in houston("show_option", {"option": "CASE-1-1A"}).model_dump_json()


def test_what_is_worked_out_from_the_whole_is_refused_in_words(tools_of: ToolsOf) -> None:
    for scope in (OF_MESA, OF_RENO):
        call = tools_of(scope)
        for name in sorted(set(NEEDS) - set(ASKED)):
            given = call(name, {})
            assert isinstance(given, Refusal), name
            assert given.code == "not_authorised", name
        risky = call("list_orders", {"status": "at_risk"})
        assert isinstance(risky, Refusal)
        assert "needs more of the books than you see" in risky.message
