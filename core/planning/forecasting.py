"""The forecast of the whole book: what is promised, what is projected, and a digest no change can hide from."""

import hashlib

from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.options import Forecast, LineForecast
from core.planning.exposure import Standing, in_money, positions, standing
from core.planning.outcome import NetResult
from core.planning.simulation import line_position
from core.planning.snapshot import Snapshot, date_of, day_of


def forecast(snapshot: Snapshot, result: NetResult, *, touched: frozenset[tuple[str, int]] = frozenset()) -> Forecast:
    """Totals, every line that is not on time or is named in `touched` (order, line), and the digest of all lines."""
    stand = standing(snapshot, result)
    late = ~stand.on_time
    named = (line_position(snapshot, order, line) for order, line in touched)
    shown = set(positions(late)) | {at for at in named if at is not None}
    return Forecast(
        lines_late=int((late & (stand.short == 0)).sum()),
        lines_uncovered=int((stand.short > 0).sum()),
        exposure=in_money(sum(stand.cents.tolist())),
        digest=_digest(snapshot, result),
        lines=tuple(_line(snapshot, result, stand, at) for at in sorted(shown)),
    )


def _line(snapshot: Snapshot, result: NetResult, stand: Standing, at: int) -> LineForecast:
    demand = snapshot.demand
    return LineForecast(
        order=OrderNo(demand.order[at]),
        line=int(demand.line[at]),
        customer=CustomerCode(snapshot.parties.customer[int(demand.customer[at])]),
        item=ItemCode(snapshot.items.code[int(demand.item[at])]),
        due=date_of(int(demand.due[at])),
        projected=day_of(int(result.line_available[at])),
        short=int(stand.short[at]),
        exposure=in_money(int(stand.cents[at])),
    )


def _digest(snapshot: Snapshot, result: NetResult) -> str:
    """Numbers as little-endian 64-bit integers after the order numbers: the same bytes on every machine."""
    demand = snapshot.demand
    text = hashlib.sha256("\n".join(demand.order).encode())
    for column in (demand.line, demand.due, result.line_available, result.line_short):
        text.update(column.astype("<i8").tobytes())
    return text.hexdigest()
