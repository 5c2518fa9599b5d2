"""What Sabine Valve and Pump makes as each order says: a process pump, and in the full size a gear motor."""

from dataclasses import replace
from decimal import Decimal

from core.demo.configured_words import GEAR_MOTOR, GEAR_OPTIONS, PROCESS_PUMP, PUMP_OPTIONS, features
from core.domain.company import Company
from core.domain.configuring.products import Condition, ConfigurableProduct, Material, Rule, RuleKind, Share, Step
from core.domain.ids import ItemCode, WorkCenterCode
from core.domain.items import Item

_WEIGHT = 45_000
# What the options of the pump need and nothing else does, and the item whose suppliers sell it.
_BOUGHT = (
    ("XB-1", "Bronze trim set", "215.00", "IC-S"),
    ("XL-1", "Stainless trim set", "264.00", "IC-S"),
    ("XM-1", "Electric motor 5.5 kW, TEFC", "540.00", "MO-10"),
)
_MOTORS = {"5.5": ("XM-1", "WE-10"), "7.5": ("MO-10", "WE-10"), "15": ("MO-20", "WE-20"), "30": ("MO-40", "WE-40")}
_GEARS = {"0.75": "S", "1.5": "M", "3": "L"}


def with_products(company: Company) -> Company:
    """The company with its configurable products, and the parts that only they take."""
    full = bool(company.work_centers)
    offers = tuple(
        replace(offer, item=ItemCode(code), unit_price=(offer.unit_price * ratio).quantize(Decimal("0.01")))
        for code, _, cost, like in _BOUGHT
        for ratio in [Decimal(cost) / next(one.standard_cost for one in company.items if one.code == like)]
        for offer in company.supplier_items
        if offer.item == like
    )
    items = [*company.items, *map(_bought, _BOUGHT), _product("XP-1", "Process pump, as ordered", "4100", "2350")]
    items += [_product("XG-1", "Gear motor, as ordered", "690", "400")] if full else []
    return replace(
        company,
        items=tuple(sorted(items, key=lambda one: one.code)),
        supplier_items=tuple(sorted((*company.supplier_items, *offers), key=lambda one: (one.supplier, one.item))),
        products=(*((_gear_motor(),) if full else ()), _process_pump(routed=full)),
    )


def _bought(row: tuple[str, str, str, str]) -> Item:
    code, name, cost, _ = row
    return Item(code=ItemCode(code), name=name, standard_cost=Decimal(cost), weight=_WEIGHT, origin="US")


def _product(code: str, name: str, price: str, cost: str) -> Item:
    return Item(
        code=ItemCode(code),
        name=name,
        make=True,
        phantom=True,
        standard_cost=Decimal(cost),
        list_price=Decimal(price),
        lead_time_days=6,
        weight=_WEIGHT,
        origin="US",
    )


def _process_pump(*, routed: bool) -> ConfigurableProduct:
    lines = [_part("BO-L", "2"), _part("BO-L", "0", share=Share(feature="extension", numerator=1, denominator=50))]
    for power, (motor, wet_end) in _MOTORS.items():
        lines += [_part(motor, "1", power=power), _part(wet_end, "1", power=power)]
    lines += [_part("GK-1", "1", material="iron"), _part("XL-1", "1", material="stainless")]
    lines += [_part("XB-1", "1", material="bronze")]
    lines += [_part("MS-1", "1", seal="mechanical"), _part("PK-1", "2", seal="packing")]
    return ConfigurableProduct(
        item=ItemCode("XP-1"),
        words=PROCESS_PUMP,
        features=features(PUMP_OPTIONS),
        rules=(
            Rule(
                code="P1",
                kind=RuleKind.EXCLUDES,
                when=_when(material="bronze"),
                rows=(_when(power="30"),),
                because="bronze trim is made up to 15 kW",
            ),
            Rule(
                code="P2",
                kind=RuleKind.REQUIRES,
                when=_when(power="30"),
                rows=(_when(seal="mechanical"),),
                because="packing runs hot at 30 kW",
            ),
            Rule(
                code="P3",
                kind=RuleKind.REQUIRES,
                when=_when(drive="converter"),
                rows=((Condition(feature="voltage", values=("400", "480")),),),
                because="the frequency converter is for 400 or 480 V",
            ),
        ),
        materials=_numbered(lines),
        steps=_steps("24", "converter") if routed else (),
    )


def _gear_motor() -> ConfigurableProduct:
    lines: list[Material] = [_part("JB-1", "1")]
    for power, size in _GEARS.items():
        lines += [_part(f"{prefix}-{size}", "1", power=power) for prefix in ("AM", "GR", "HO")]
    return ConfigurableProduct(
        item=ItemCode("XG-1"),
        words=GEAR_MOTOR,
        features=features(GEAR_OPTIONS),
        rules=(
            Rule(
                code="G1",
                kind=RuleKind.REQUIRES,
                when=_when(power="3"),
                rows=((Condition(feature="ratio", values=("20", "40")),),),
                because="the ratio of 60 carries up to 1.5 kW",
            ),
        ),
        materials=_numbered(lines),
        steps=_steps("18", None),
    )


def _when(**chosen: str) -> tuple[Condition, ...]:
    return tuple(Condition(feature=feature, values=(value,)) for feature, value in chosen.items())


def _part(component: str, quantity: str, *, share: Share | None = None, **chosen: str) -> Material:
    return Material(
        line=0, component=ItemCode(component), quantity_per=Decimal(quantity), share=share, when=_when(**chosen)
    )


def _numbered(lines: list[Material]) -> tuple[Material, ...]:
    return tuple(replace(one, line=10 * number) for number, one in enumerate(lines, start=1))


def _steps(minutes: str, drive: str | None) -> tuple[Step, ...]:
    steps: list[tuple[str, str, int, str, tuple[Condition, ...]]] = [
        ("Assemble", "ASSY", 20, minutes, ()),
        ("Test", "TEST", 10, "15", ()),
    ]
    if drive is not None:
        steps.append(("Set up the converter", "TEST", 10, "12", _when(drive=drive)))
    return tuple(
        Step(
            line=10 * number,
            sequence=10 * number,
            name=name,
            work_center=WorkCenterCode(f"HOU-{center}"),
            setup_minutes=setup,
            unit_minutes=Decimal(unit),
            when=when,
        )
        for number, (name, center, setup, unit, when) in enumerate(steps, start=1)
    )
