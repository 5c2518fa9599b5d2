"""For each exception type that documents tell: facts that show exactly one, and a near miss that shows none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.domain.cases import ExceptionType as E
from core.domain.ids import CustomerCode, ItemCode, LocationCode, LotCode, OrderNo, SupplierCode
from core.domain.watching.facts import (
    ChangeWatch,
    DemandWatch,
    DiscrepancyWatch,
    DuplicateWatch,
    EntryWatch,
    Facts,
    FeedWatch,
    HoldWatch,
    LineKey,
    LoadWatch,
    LotClaim,
    LotWatch,
    MoneyWatch,
    PickWatch,
    PurchaseWatch,
    QuotaWatch,
    ReleaseWatch,
    ReservationWatch,
    ReturnWatch,
    RushWatch,
    SetWatch,
    ShipmentWatch,
    SignalWatch,
    TariffWatch,
    WorkWatch,
)

AS_OF = date(2026, 11, 2)
VALVE, HOUSTON, GULF = ItemCode("VALVE-3"), LocationCode("HOUSTON"), SupplierCode("GULF")
HARBOR = CustomerCode("HARBOR")
LINE: LineKey = (OrderNo("SO-1"), 1)
LINE_2: LineKey = (OrderNo("SO-1"), 2)


def day(of_month: int) -> date:
    return date(2026, 11, of_month)


PURCHASE = PurchaseWatch(
    order="PO-1",
    line=1,
    supplier=GULF,
    item=VALVE,
    location=HOUSTON,
    ordered=40,
    open=40,
    unit_price=Decimal("12.5000"),
    due=day(12),
    ordered_on=date(2026, 10, 20),
    age_hours=72,
    answer_hours=48,
    acknowledged=True,
    lead_days=20,
    tariff_code="8481",
    origin="CN",
    destination="US",
)
RUSH = RushWatch(line=LINE, entered=date(2026, 10, 30), item=VALVE, location=HOUSTON)
SILENT = replace(PURCHASE, acknowledged=False)
WORK = WorkWatch(
    order="WO-1",
    item=VALVE,
    location=HOUSTON,
    planned=50,
    good=0,
    scrapped=0,
    due=day(9),
    minutes_left=480,
    minutes_until_due=480,
    released=False,
    work_center="LATHE",
)
LOAD = LoadWatch(
    work_center="LATHE",
    location=HOUSTON,
    on=day(5),
    load=480,
    available=480,
    reason="",
    work_orders=("WO-1",),
)
CLAIM = LotClaim(line=LINE, quantity=10, due=day(6), shelf_life_days=30)
LOT = LotWatch(
    lot=LotCode("L-1"),
    item=VALVE,
    location=HOUSTON,
    on_hold=False,
    quantity=20,
    expires=date(2026, 12, 6),
    why="",
    claims=(CLAIM,),
)
PICK = PickWatch(pick="PK-1", line=LINE, item=VALVE, location=HOUSTON, released=40, picked=40)
RELEASE = ReleaseWatch(line=LINE, item=VALVE, location=HOUSTON, quantity=40, leave_by=AS_OF, cut_off_passed=False)
SHIPMENT = ShipmentWatch(
    shipment="SH-1",
    carrier="FAST",
    promised=day(6),
    expected=day(6),
    trouble="",
    lines=(LINE,),
    item=VALVE,
    location=HOUSTON,
    quantity=40,
)
ENTRY = EntryWatch(line=LINE, item=VALVE, location=HOUSTON, quantity=40, requested=day(6), earliest=day(6))
CHANGE = ChangeWatch(
    reference="AM-1", order=LINE[0], lines=(LINE,), what="60 instead of 40", frozen=False, cancels=False, supply=()
)
HOLD = HoldWatch(
    reference="H-1",
    order=LINE[0],
    kind="manual",
    reason="call the customer",
    age_hours=24,
    limit_hours=24,
    value=Decimal("500.00"),
    lines=(LINE,),
)
MONEY = MoneyWatch(
    line=LINE,
    customer=HARBOR,
    unit_price=Decimal("20.20"),
    agreed_price=Decimal("20.00"),
    margin_percent=Decimal(15),
    floor_percent=Decimal(15),
    value=Decimal("808.00"),
)
QUOTA = QuotaWatch(quota="Q-1", line=LINE, item=VALVE, location=HOUSTON, wanted=40, left=40, in_stock=90)
RETURN = ReturnWatch(
    number="RMA-1",
    order=LINE[0],
    customer=HARBOR,
    age_hours=14 * 24,
    received=False,
    disposed=False,
    refunded=False,
    value=Decimal("99.00"),
)
FEED = FeedWatch(feed="erp", age_hours=24, limit_hours=24, conflicts=())
DOCUMENT = SignalWatch(reference="S-1", kind="document", subject="mail 7", text="an order by mail", confidence=80)
STORM = SignalWatch(
    reference="S-2", kind="disruption", subject="supplier GULF", text="A storm closes Gulf", supplier=GULF
)
TARIFF = TariffWatch(
    tariff_code="8481",
    origin="CN",
    destination="US",
    effective=day(10),
    before=Decimal("2.5"),
    after=Decimal("25.000"),
)
DEMAND = DemandWatch(
    line=LINE,
    item=VALVE,
    location=HOUSTON,
    customer=HARBOR,
    quantity=200,
    typical=40,
    earlier=3,
    value=Decimal("4000.00"),
)
OVERSOLD = ReservationWatch(
    subject="VALVE-3 at HOUSTON",
    item=VALVE,
    location=HOUSTON,
    reserved=40,
    on_hand=39,
    without_demand=False,
    lines=(LINE,),
)
MISSING = DiscrepancyWatch(reference="count C-1", item=VALVE, location=HOUSTON, missing=4, lines=(LINE,))

# type: (facts that plant exactly one, facts that come near and plant none)
PLANTED: Mapping[E, tuple[Facts, Facts]] = {
    E.SUPPLIER_SLIP: (
        Facts(purchases=(replace(PURCHASE, confirmed_date=day(13)),)),
        Facts(purchases=(replace(PURCHASE, confirmed_date=day(12)),)),
    ),
    E.SUPPLIER_CUT: (
        Facts(purchases=(replace(PURCHASE, confirmed_quantity=39),)),
        Facts(purchases=(replace(PURCHASE, confirmed_quantity=40),)),
    ),
    E.SUPPLIER_PRICE_CHANGE: (
        Facts(purchases=(replace(PURCHASE, confirmed_price=Decimal("12.6251")),)),
        Facts(purchases=(replace(PURCHASE, confirmed_price=Decimal("12.6250")),)),
    ),
    E.PURCHASE_UNACKNOWLEDGED: (
        Facts(purchases=(replace(SILENT, age_hours=49),)),
        Facts(purchases=(replace(SILENT, age_hours=48), replace(SILENT, line=2, due=day(23)))),
    ),
    E.WORK_ORDER_BEHIND: (Facts(works=(replace(WORK, minutes_left=481),)), Facts(works=(WORK,))),
    E.CAPACITY_OVERLOAD: (
        Facts(
            loads=(replace(LOAD, load=481), replace(LOAD, on=day(6), load=600)),
            works=(replace(WORK, minutes_left=481),),
        ),
        Facts(loads=(LOAD,)),
    ),
    E.YIELD_LOSS: (Facts(works=(replace(WORK, good=30, scrapped=5),)), Facts(works=(replace(WORK, good=30),))),
    E.QUALITY_HOLD: (Facts(lots=(replace(LOT, on_hold=True, why="crack"),)), Facts(lots=(LOT,))),
    E.SHELF_LIFE: (
        Facts(lots=(replace(LOT, expires=date(2026, 12, 5)),)),
        Facts(lots=(LOT, replace(LOT, lot=LotCode("L-2"), expires=day(7), claims=()))),
    ),
    E.INVENTORY_DISCREPANCY: (Facts(discrepancies=(MISSING,)), Facts()),
    E.OVERSELL: (Facts(reservations=(OVERSOLD,)), Facts()),
    E.SHORT_PICK: (Facts(picks=(replace(PICK, picked=39),)), Facts(picks=(PICK,))),
    E.MISSED_CUT_OFF: (
        Facts(releases=(replace(RELEASE, cut_off_passed=True),)),
        Facts(releases=(RELEASE, replace(RELEASE, line=LINE_2, leave_by=day(3), cut_off_passed=True))),
    ),
    E.CARRIER_EXCEPTION: (Facts(shipments=(replace(SHIPMENT, expected=day(7)),)), Facts(shipments=(SHIPMENT,))),
    E.REQUEST_INFEASIBLE: (Facts(entries=(replace(ENTRY, earliest=day(7)),)), Facts(entries=(ENTRY,))),
    E.RUSH_ORDER: (
        Facts(rushes=(replace(RUSH, entered=date(2026, 10, 31)),)),
        Facts(rushes=(RUSH,)),
    ),
    E.CUSTOMER_CHANGE: (Facts(changes=(replace(CHANGE, frozen=True),)), Facts(changes=(CHANGE,))),
    E.CANCEL_AFTER_COMMIT: (
        Facts(changes=(replace(CHANGE, cancels=True, supply=("WO-1",)),)),
        Facts(changes=(replace(CHANGE, cancels=True, frozen=True),)),
    ),
    E.CREDIT_HOLD: (Facts(holds=(replace(HOLD, kind="credit"),)), Facts(holds=(HOLD,))),
    E.PRICE_MISMATCH: (Facts(money=(replace(MONEY, unit_price=Decimal("20.21")),)), Facts(money=(MONEY,))),
    E.MARGIN_FLOOR: (Facts(money=(replace(MONEY, margin_percent=Decimal("14.99")),)), Facts(money=(MONEY,))),
    E.MASTER_DATA_GAP: (Facts(holds=(replace(HOLD, kind="data"),)), Facts(holds=(replace(HOLD, kind="address"),))),
    E.DUPLICATE_ORDER: (
        Facts(
            duplicates=(
                DuplicateWatch(
                    customer=HARBOR, customer_po="4711", orders=(OrderNo("SO-1"), OrderNo("SO-2")), value=Decimal(50)
                ),
            )
        ),
        Facts(
            duplicates=(
                DuplicateWatch(customer=HARBOR, customer_po="4711", orders=(OrderNo("SO-1"),), value=Decimal(50)),
            )
        ),
    ),
    E.LOW_CONFIDENCE: (Facts(signals=(replace(DOCUMENT, confidence=79),)), Facts(signals=(DOCUMENT,))),
    E.HOLD_UNRESOLVED: (Facts(holds=(replace(HOLD, age_hours=25),)), Facts(holds=(HOLD,))),
    E.QUOTA_EXHAUSTED: (
        Facts(quotas=(replace(QUOTA, left=39),)),
        Facts(quotas=(QUOTA, replace(QUOTA, quota="Q-2", left=0, in_stock=39))),
    ),
    E.LINE_SET_BREAK: (
        Facts(sets=(SetWatch(order=LINE[0], name="A", days=((1, day(6)), (2, day(9)))),)),
        Facts(sets=(SetWatch(order=LINE[0], name="A", days=((1, day(6)), (2, day(6)))),)),
    ),
    E.ORPHAN_SUPPLY: (Facts(purchases=(replace(PURCHASE, cancelled_line=LINE),)), Facts(purchases=(PURCHASE,))),
    E.RETURN_PENDING: (Facts(returns=(replace(RETURN, age_hours=14 * 24 + 1),)), Facts(returns=(RETURN,))),
    E.DROP_SHIP_UNCONFIRMED: (
        Facts(purchases=(replace(SILENT, drop_ship_for=LINE),)),
        Facts(
            purchases=(replace(PURCHASE, drop_ship_for=LINE), replace(SILENT, line=2, age_hours=48, drop_ship_for=LINE))
        ),
    ),
    E.FEED_FAILURE: (Facts(feeds=(replace(FEED, age_hours=25),)), Facts(feeds=(FEED,))),
    E.EXTERNAL_DISRUPTION: (
        Facts(purchases=(PURCHASE,), signals=(replace(STORM, last=day(12)),)),
        Facts(purchases=(PURCHASE,), signals=(replace(STORM, last=day(11)),)),
    ),
    E.COMPLIANCE_CHANGE: (
        Facts(purchases=(PURCHASE,), tariffs=(TARIFF,)),
        Facts(purchases=(PURCHASE,), tariffs=(replace(TARIFF, effective=day(13)),)),
    ),
    E.DEMAND_OUTLIER: (
        Facts(demands=(replace(DEMAND, quantity=201),)),
        Facts(demands=(DEMAND, replace(DEMAND, line=LINE_2, quantity=9000, earlier=2))),
    ),
}
