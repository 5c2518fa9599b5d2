"""Locations as places to ship from: rates, calendars, the capacity of their days, refusals and choices made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import (
    BinRow,
    CalendarRow,
    CustomerAddressRow,
    CustomerRow,
    FreightRateRow,
    LocationRow,
    NodeDayRow,
    NodeRejectionRow,
    SalesOrderRow,
    SourcingDecisionRow,
)
from core.db.stores.order_mapping import item_id, place_codes, place_id
from core.db.transaction import Transaction
from core.domain.calendars import Calendar
from core.domain.errors import ConflictError, NotFoundError
from core.domain.freight import FreightRate
from core.domain.ids import CalendarCode, CarrierCode, CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.items import Location, LocationKind
from core.domain.parties import CustomerAddress
from core.domain.sourcing import SourcingDecision

# One statement: the row is made where the day has none, and never grows past what the location can pick in a day.
_TAKE = text("""
INSERT INTO node_days AS d (location_id, on_day, lines)
SELECT l.id, :on_day, :lines FROM locations l
WHERE l.code = :location AND (l.lines_a_day IS NULL OR :lines <= l.lines_a_day)
ON CONFLICT (location_id, on_day) DO UPDATE SET lines = d.lines + excluded.lines
WHERE d.lines + excluded.lines <= COALESCE((SELECT lines_a_day FROM locations WHERE id = d.location_id), 2147483647)
RETURNING d.lines
""")


@dataclass(frozen=True, slots=True)
class SqlNodeStore:
    """Places to ship from, in this transaction."""

    transaction: Transaction

    def nodes(self) -> tuple[Location, ...]:
        """Every real location, by code."""
        query = (
            select(LocationRow)
            .where(~LocationRow.virtual, LocationRow.closed.is_(None))
            .order_by(LocationRow.code.collate("C"))
        )
        return tuple(_location(row) for row in self.transaction.session.scalars(query))

    def calendar(self, code: CalendarCode) -> Calendar:
        """A calendar by code."""
        row = self.transaction.one(CalendarRow, CalendarRow.code == code, what=f"calendar {code!r}")
        stored = {"code": row.code, "name": row.name, "shifts": row.shifts, "holidays": row.holidays}
        return from_json(Calendar, {**stored, "exceptions": row.exceptions})

    def keeps_rates(self) -> bool:
        """Whether the company keeps freight rates at all."""
        query = select(FreightRateRow.carrier).where(FreightRateRow.closed.is_(None)).limit(1)
        return self.transaction.session.scalars(query).one_or_none() is not None

    def rates(self, region: str) -> tuple[FreightRate, ...]:
        """What carriers ask to bring goods to a region, from every location."""
        query = select(FreightRateRow).where(FreightRateRow.region == region, FreightRateRow.closed.is_(None))
        order = (FreightRateRow.origin_id, FreightRateRow.carrier.collate("C"), FreightRateRow.service.collate("C"))
        codes = place_codes(self.transaction)
        return tuple(
            FreightRate(
                carrier=CarrierCode(row.carrier),
                service=row.service,
                origin=codes[row.origin_id],
                region=row.region,
                days=row.days,
                shipment_cost=row.shipment_cost,
                kilogram_cost=row.kilogram_cost,
                carbon=row.carbon,
            )
            for row in self.transaction.session.scalars(query.order_by(*order))
        )

    def address(self, customer: CustomerCode, code: str) -> CustomerAddress:
        """A place a customer is shipped to."""
        query = (
            select(CustomerAddressRow)
            .join(CustomerRow, CustomerRow.id == CustomerAddressRow.customer_id)
            .where(CustomerRow.code == customer, CustomerAddressRow.code == code)
        )
        row = self.transaction.session.scalars(query).one_or_none()
        if row is None:
            raise NotFoundError(f"customer {customer!r} has no address {code!r}")
        return CustomerAddress(
            customer=customer,
            code=row.code,
            name=row.name,
            street=row.street,
            city=row.city,
            postcode=row.postcode,
            region=row.region,
            country=row.country,
        )

    def lines_taken(self, *, since: date) -> Mapping[tuple[LocationCode, date], int]:
        """Lines of the daily capacity that are taken, by location and day."""
        codes = place_codes(self.transaction)
        query = select(NodeDayRow.location_id, NodeDayRow.on_day, NodeDayRow.lines).where(NodeDayRow.on_day >= since)
        return {(codes[place], on): lines for place, on, lines in self.transaction.session.execute(query)}

    def take_lines(self, location: LocationCode, on: date, lines: int) -> None:
        """Take lines of a day's capacity, all or none."""
        values = {"location": location, "on_day": on, "lines": lines}
        if self.transaction.session.execute(_TAKE, values).one_or_none() is None:
            raise ConflictError(
                f"{location} has no room for {lines} more lines on {on}; choose again", location=location
            )

    def give_lines_back(self, location: LocationCode, on: date, lines: int) -> None:
        """Lines that will not be picked after all."""
        there = (NodeDayRow.location_id == place_id(self.transaction, location)) & (NodeDayRow.on_day == on)
        freed = update(NodeDayRow).where(there).values(lines=NodeDayRow.lines - lines)
        self.transaction.session.execute(freed.execution_options(synchronize_session=False))

    def rejected(self, order: OrderNo) -> Mapping[int, frozenset[LocationCode]]:
        """The locations that refused each line of an order."""
        query = (
            select(NodeRejectionRow.line, LocationRow.code)
            .join(SalesOrderRow, SalesOrderRow.id == NodeRejectionRow.order_id)
            .join(LocationRow, LocationRow.id == NodeRejectionRow.location_id)
            .where(SalesOrderRow.number == order)
        )
        found: dict[int, set[LocationCode]] = {}
        for line, code in self.transaction.session.execute(query):
            found.setdefault(line, set()).add(LocationCode(code))
        return {line: frozenset(codes) for line, codes in found.items()}

    def reject(self, order: OrderNo, lines: Sequence[int], location: LocationCode, *, reason: str) -> None:
        """Keep that a location refused these lines; what is known already stays as it was told first."""
        key = self._order_id(order)
        place = place_id(self.transaction, location)
        values = [
            {"order_id": key, "line": line, "location_id": place, "reason": reason, "recorded_at": self.transaction.now}
            for line in sorted(set(lines))
        ]
        self.transaction.session.execute(insert(NodeRejectionRow).values(values).on_conflict_do_nothing())
        self.transaction.note(
            scope=f"order:{order}",
            event="node_rejected",
            subject=order,
            facts={"location": location, "lines": sorted(set(lines)), "reason": reason},
        )

    def keep_decision(self, decision: SourcingDecision) -> None:
        """Keep a choice with everything that was looked at."""
        row = SourcingDecisionRow(
            order_id=self._order_id(decision.order),
            decision=to_json(SourcingDecision, decision),
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()

    def decisions(self, order: OrderNo) -> tuple[SourcingDecision, ...]:
        """The choices made for an order, oldest first."""
        query = select(SourcingDecisionRow).where(SourcingDecisionRow.order_id == self._order_id(order))
        rows = self.transaction.session.scalars(query.order_by(SourcingDecisionRow.id))
        return tuple(from_json(SourcingDecision, row.decision) for row in rows)

    def put_in_bin(self, location: LocationCode, item: ItemCode, *, zone: str, bin: str) -> None:
        """Where an item lies in a location from now on."""
        keys = {"location_id": place_id(self.transaction, location), "item_id": item_id(self.transaction, item)}
        put = insert(BinRow).values(**keys, zone=zone, bin=bin)
        update_ = put.on_conflict_do_update(index_elements=["location_id", "item_id"], set_={"zone": zone, "bin": bin})
        self.transaction.session.execute(update_)
        facts = {"item": item, "zone": zone, "bin": bin}
        self.transaction.note(scope=f"location:{location}", event="bin_set", subject=f"{item}@{location}", facts=facts)

    def _order_id(self, number: OrderNo) -> int:
        return self.transaction.one(SalesOrderRow, SalesOrderRow.number == number, what=f"sales order {number!r}").id


def _location(row: LocationRow) -> Location:
    return Location(
        code=LocationCode(row.code),
        site=row.site,
        name=row.name,
        may_ship=row.may_ship,
        kind=LocationKind(row.kind),
        calendar=CalendarCode(row.calendar) if row.calendar else None,
        cut_off=row.cut_off,
        lines_a_day=row.lines_a_day,
        region=row.region,
        country=row.country,
        node_priority=row.node_priority,
        pick_up=row.pick_up,
        takes_returns=row.takes_returns,
        shipment_cost=row.shipment_cost,
        line_cost=row.line_cost,
        handling_cost=row.handling_cost,
    )
