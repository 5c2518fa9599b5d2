"""Plans that cannot all be carried out, on plans in memory."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.contests import Offered, clashes
from core.domain.ids import ApprovalId, CaseId, OptionId
from core.domain.plans import Action, Plan, plan_of
from tests.builders import buy, expedite, transfer


def plan(*actions: Action) -> Plan:
    return plan_of(case=CaseId("CASE-1"), option=OptionId("CASE-1-1A"), actions=actions, currency="USD")


def clash(one: Plan, other: Plan, *, there: int = 50, offers: tuple[Offered, ...] = ()) -> list[str]:
    plans = {ApprovalId("AP-1-1A"): one, ApprovalId("AP-2-1A"): other}
    return [found.over for found in clashes(plans, there={"VALVE-3@RENO": there}, offers=offers)]


@settings(max_examples=50)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=5), st.integers(0, 60))
def test_two_plans_clash_over_stock_exactly_when_their_sum_is_not_there(wanted: list[int], there: int) -> None:
    plans = {ApprovalId(f"AP-{n}-1A"): plan(transfer(units)) for n, units in enumerate(wanted)}

    found = {(one.first, one.second) for one in clashes(plans, there={"VALVE-3@RENO": there})}

    pairs = [(n, m) for n in range(len(wanted)) for m in range(n + 1, len(wanted))]
    assert found == {(f"AP-{n}-1A", f"AP-{m}-1A") for n, m in pairs if wanted[n] + wanted[m] > there}


def test_an_order_pulled_in_twice_clashes() -> None:
    assert clash(plan(expedite(4)), plan(expedite(3))) == ["both change PO-1/1"]


def test_what_a_supplier_offers_is_there_once() -> None:
    offer = Offered(supplier="DELTA", item="VALVE-3", units=100)

    assert clash(plan(buy(60)), plan(buy(50)), offers=(offer,)) == [
        "60 and 50 VALVE-3 are wanted of DELTA, which offers 100"
    ]
    assert clash(plan(buy(60)), plan(buy(40)), offers=(offer,)) == []
