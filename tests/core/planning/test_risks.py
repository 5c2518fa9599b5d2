"""Lines at risk and what can be promised, as overviews: the same as one sees line by line and day by day."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.ids import CustomerCode, ItemCode
from core.domain.overviews import LineFilter
from core.planning.atp import available_to_promise
from core.planning.netting import net
from core.planning.risks import availability, holding_places, lines_at_risk, projected
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Snapshot, date_of, day_number
from tests.core.planning.strategies import books

RULES = ScanRules()


@given(snapshot=books(), limit=st.integers(1, 4), data=st.data())
@settings(max_examples=20)
def test_lines_at_risk_are_those_that_are_late_or_short_and_asked_for(
    snapshot: Snapshot, limit: int, data: st.DataObject
) -> None:
    result, demand = net(snapshot, RULES), snapshot.demand
    item = data.draw(st.none() | st.sampled_from((*snapshot.items.code, "NONE")))
    customer = data.draw(st.none() | st.sampled_from((*snapshot.parties.customer, "NOBODY")))
    last = data.draw(st.none() | st.integers(-2, 20))
    asked = LineFilter(
        item=None if item is None else ItemCode(item),
        customer=None if customer is None else CustomerCode(customer),
        due_before=None if last is None else date_of(snapshot.as_of + last),
        limit=limit,
    )

    found, count = lines_at_risk(snapshot, result, asked)

    plain = sorted(
        (int(demand.due[at]), demand.order[at], int(demand.line[at]), at)
        for at in range(len(demand.order))
        if (result.line_cover[at] > demand.due[at] or result.line_short[at] > 0)
        and item in (None, snapshot.items.code[int(demand.item[at])])
        and customer in (None, snapshot.parties.customer[int(demand.customer[at])])
        and (last is None or demand.due[at] <= snapshot.as_of + last)
    )
    assert count == len(plain)
    assert [(one.order, one.line, one.projected, one.short) for one in found] == [
        (order, line, projected(result, at), int(result.line_short[at])) for _, order, line, at in plain[:limit]
    ]
    assert all((projected(result, at) is None) == (result.line_available[at] == NEVER) for *_, at in plain)


@given(snapshot=books(), days=st.integers(0, 20))
@settings(max_examples=20)
def test_steps_say_of_each_day_what_can_be_promised(snapshot: Snapshot, days: int) -> None:
    result = net(snapshot, RULES)

    for item in range(len(snapshot.items.code)):
        places = holding_places(snapshot, item)
        until = date_of(snapshot.as_of + days)
        for place in availability(snapshot, result, item, places, until=until, limit=50):
            group = int(result.group_of[snapshot.locations.code.index(place.place)])
            promise = available_to_promise(snapshot, result, item, group)
            for day in range(snapshot.as_of, snapshot.as_of + days + 1):
                step = [one for one in place.steps if day_number(one.on) <= day][-1]
                assert step.units == promise.on(day)
