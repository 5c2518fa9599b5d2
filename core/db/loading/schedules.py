"""The schedule of an order line of which a pack tells totals only."""

from core.db.loading.tables import Keys, Values
from core.domain.ids import LocationCode
from core.domain.orders import SalesOrderLine
from core.domain.schedules import opening_schedule


def schedule_rows(line: SalesOrderLine, ship_from: LocationCode, keys: Keys) -> list[Values]:
    """Its parts: what is open is promised for one day, or for none."""
    parts = opening_schedule(
        ordered=line.ordered,
        shipped=line.shipped,
        cancelled=line.cancelled,
        promised=line.promised,
        location=line.node or ship_from,
    )
    return [
        {
            "order_id": keys["sales_order"][line.order],
            "line": line.line,
            "sequence": sequence,
            "day": part.day,
            "quantity": part.quantity,
            "location_id": keys["location"][part.location],
            "state": part.state.value,
        }
        for sequence, part in enumerate(parts, start=1)
    ]
