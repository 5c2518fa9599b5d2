"""The state of a line names the supply that completes it."""

from core.planning.linestates import line_states
from core.planning.netting import net
from core.planning.rules import OverdueSupply, Policy, ScanRules
from tests.core.planning.adventureworks import adventureworks, oracle
from tests.core.planning.books import book


def test_a_line_is_on_time_late_or_uncovered() -> None:
    snapshot = book(
        items=[("A",), ("B",), ("C", True)],
        stock=[("A", 5)],
        supply=[("PO", "P1", "A", 5, 4), ("TO", "T1", "B", 5, 2), ("WO", "W1", "C", 5, 2)],
        demand=[
            ("S1", 1, "A", 4, 1),
            ("S2", 1, "A", 4, 3),
            ("S3", 1, "A", 4, 9),
            ("S4", 1, "B", 1, 2),
            ("S5", 1, "C", 1, 1),
        ],
    )

    result = net(snapshot, ScanRules(policy=Policy.FIRST_COME))

    assert line_states(snapshot, result) == ["on time stock", "late PO", "uncovered", "on time TO", "late WO"]


def test_adventureworks_states_are_those_of_its_oracle() -> None:
    snapshot = adventureworks()
    rules = ScanRules(policy=Policy.FIRST_COME, overdue=OverdueSupply.AS_DATED, pool_locations=True, use_bom=False)

    states = line_states(snapshot, net(snapshot, rules))

    keys = zip(snapshot.demand.order, snapshot.demand.line.tolist(), strict=True)
    expected = {key: state.partition("+")[0] for key, (state, _) in oracle().items()}
    assert dict(zip(keys, states, strict=True)) == expected
