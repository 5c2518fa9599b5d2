"""What Sabine Valve and Pump makes: items in three levels, and the bills of materials between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import ItemCode
from core.domain.items import BomComponent, Item

SIZES = ("02", "03", "04", "06")
SMALL = ("02", "03", "04")
POWERS = ("10", "20", "40")

MACHINING_SCRAP = Decimal("0.02")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Items of one kind by size: code prefix, name with a place for the size, costs, safety stock and lead time. A
    `plain` one is called by its size as it is."""

    prefix: str
    name: str
    sizes: tuple[str, ...]
    costs: tuple[str, ...]
    safety: int
    days: int = 0
    make: bool = False
    markup: str | None = None
    plain: bool = False


FAMILIES = (
    Family(
        prefix="GV",
        name="Gate valve {} in, 316 stainless",
        sizes=SIZES,
        costs=("168", "236", "338", "630"),
        safety=6,
        days=5,
        make=True,
        markup="1.85",
    ),
    Family(
        prefix="BV",
        name="Ball valve {} in, full port",
        sizes=SMALL,
        costs=("152", "214", "312"),
        safety=6,
        days=5,
        make=True,
        markup="1.85",
    ),
    Family(
        prefix="CV",
        name="Swing check valve {} in",
        sizes=SMALL,
        costs=("104", "142", "204"),
        safety=5,
        days=4,
        make=True,
        markup="1.90",
    ),
    Family(
        prefix="CP",
        name="Centrifugal pump {} hp",
        sizes=POWERS,
        costs=("1980", "2950", "5060"),
        safety=1,
        days=7,
        make=True,
        markup="1.75",
    ),
    Family(
        prefix="RK",
        name="Gate valve repair kit {} in",
        sizes=SMALL,
        costs=("31", "39", "52"),
        safety=12,
        days=2,
        make=True,
        markup="2.10",
    ),
    Family(prefix="RK", name="Pump seal kit", sizes=("10",), costs=("96",), safety=6, days=2, make=True, markup="2.10"),
    Family(
        prefix="MB",
        name="Machined body {} in",
        sizes=SIZES,
        costs=("78", "108", "156", "300"),
        safety=12,
        days=4,
        make=True,
    ),
    Family(
        prefix="BB",
        name="Machined ball body {} in",
        sizes=SMALL,
        costs=("82", "116", "170"),
        safety=10,
        days=4,
        make=True,
    ),
    Family(
        prefix="BN",
        name="Bonnet assembly {} in",
        sizes=SIZES,
        costs=("58", "82", "118", "214"),
        safety=10,
        days=3,
        make=True,
    ),
    Family(
        prefix="WE", name="Pump wet end {} hp", sizes=POWERS, costs=("820", "1160", "1980"), safety=2, days=5, make=True
    ),
    Family(
        prefix="CA", name="Body casting {} in, CF8M", sizes=SIZES, costs=("46.50", "63.20", "94.80", "182"), safety=12
    ),
    Family(
        prefix="FO", name="Ball body forging {} in, F316", sizes=SMALL, costs=("48.90", "70.40", "104.60"), safety=12
    ),
    Family(prefix="BC", name="Bonnet casting, sizes {}", sizes=("S", "L"), costs=("24.60", "58.30"), safety=15),
    Family(prefix="ST", name="Stem, 17-4PH, sizes {}", sizes=("S", "L"), costs=("13.20", "27.80"), safety=20),
    Family(prefix="BA", name="Ball {} in, 316 polished", sizes=SMALL, costs=("29.40", "45.80", "71.50"), safety=12),
    Family(prefix="SE", name="Seat ring {} in", sizes=SIZES, costs=("7.35", "9.80", "14.20", "25.60"), safety=30),
    Family(prefix="DI", name="Check disc and hinge, sizes {}", sizes=("S", "L"), costs=("11.90", "19.40"), safety=30),
    Family(prefix="VC", name="Volute casting, sizes {}", sizes=("S", "L"), costs=("318", "742"), safety=3),
    Family(prefix="IC", name="Impeller casting, sizes {}", sizes=("S", "L"), costs=("126", "288"), safety=4),
    Family(prefix="MO", name="Electric motor {} hp, TEFC", sizes=POWERS, costs=("690", "1120", "2060"), safety=1),
    Family(prefix="BO", name="Bolt set, sizes {}", sizes=("S", "L"), costs=("4.85", "8.60"), safety=150),
    Family(prefix="PK", name="Graphite packing set", sizes=("1",), costs=("5.40",), safety=120),
    Family(prefix="GK", name="Spiral-wound gasket set", sizes=("1",), costs=("6.75",), safety=120),
    Family(prefix="HW", name="Handwheel", sizes=("1",), costs=("9.10",), safety=60),
    Family(prefix="MS", name="Mechanical seal, cartridge", sizes=("1",), costs=("58.00",), safety=8),
    Family(prefix="BK", name="Bearing kit", sizes=("1",), costs=("34.50",), safety=10),
)

_WORDS = {"02": "2", "03": "3", "04": "4", "06": "6", "08": "8", "S": "2 to 3 in", "L": "4 to 6 in"}
_PUMP_WORDS = {"S": "10 to 20 hp", "L": "40 hp"}


def items(families: Sequence[Family] = FAMILIES) -> tuple[Item, ...]:
    """Every item of the families, sorted by code."""
    made = [_item(family, at) for family in families for at in range(len(family.sizes))]
    return tuple(sorted(made, key=lambda item: item.code))


def _item(family: Family, at: int) -> Item:
    size, cost = family.sizes[at], Decimal(family.costs[at])
    words = _PUMP_WORDS if family.prefix in {"VC", "IC"} else {} if family.plain else _WORDS
    price = (cost * Decimal(family.markup)).quantize(Decimal(1)) if family.markup else Decimal(0)
    return Item(
        code=ItemCode(f"{family.prefix}-{size}"),
        name=family.name.format(words.get(size, size)),
        make=family.make,
        finished_good=family.markup is not None,
        standard_cost=cost,
        list_price=price,
        safety_stock=family.safety,
        lead_time_days=family.days,
    )


def bom(more: Iterable[BomComponent] = ()) -> tuple[BomComponent, ...]:
    """Every bill of materials, and `more`, sorted by parent and component."""
    rows = [row for size in SIZES for row in _gate_valve(size)]
    rows += [row for size in SMALL for row in (*_ball_valve(size), *_check_valve(size), *_repair_kit(size))]
    rows += [row for power in POWERS for row in _pump(power)]
    rows += made_of("RK-10", {"MS-1": 1, "BK-1": 1, "GK-1": 1})
    return tuple(sorted((*rows, *more), key=lambda row: (row.parent, row.component)))


def _gate_valve(size: str) -> list[BomComponent]:
    group = _group(size)
    return [
        *made_of(f"GV-{size}", {f"MB-{size}": 1, f"BN-{size}": 1, f"SE-{size}": 2, f"BO-{group}": 1}),
        *made_of(f"BN-{size}", {f"BC-{group}": 1, f"ST-{group}": 1, "PK-1": 1, "HW-1": 1}),
        *made_of(f"MB-{size}", {f"CA-{size}": 1}, scrap=MACHINING_SCRAP),
    ]


def _ball_valve(size: str) -> list[BomComponent]:
    return [
        *made_of(f"BV-{size}", {f"BB-{size}": 1, f"BA-{size}": 1, f"SE-{size}": 2, f"BO-{_group(size)}": 1}),
        *made_of(f"BB-{size}", {f"FO-{size}": 1}, scrap=MACHINING_SCRAP),
    ]


def _check_valve(size: str) -> list[BomComponent]:
    group = _group(size)
    return made_of(f"CV-{size}", {f"MB-{size}": 1, f"DI-{group}": 1, "GK-1": 1, f"BO-{group}": 1})


def _repair_kit(size: str) -> list[BomComponent]:
    return made_of(f"RK-{size}", {"PK-1": 1, "GK-1": 2, f"SE-{size}": 2})


def _pump(power: str) -> list[BomComponent]:
    group = "L" if power == "40" else "S"
    return [
        *made_of(f"CP-{power}", {f"WE-{power}": 1, f"MO-{power}": 1, "MS-1": 1, "BO-L": 2}),
        *made_of(f"WE-{power}", {f"VC-{group}": 1, f"IC-{group}": 1, "BK-1": 1, "GK-1": 2}),
    ]


def _group(size: str) -> str:
    return "S" if size in {"02", "03"} else "L"


def made_of(parent: str, components: dict[str, int], *, scrap: Decimal = Decimal(0)) -> list[BomComponent]:
    """A bill of materials of whole pieces."""
    return [
        BomComponent(parent=ItemCode(parent), component=ItemCode(code), quantity_per=Decimal(count), scrap=scrap)
        for code, count in components.items()
    ]
