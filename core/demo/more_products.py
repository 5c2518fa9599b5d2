"""What the full-size company makes besides: butterfly, globe and actuated valves, strainers, actuators and skids."""

from core.demo.products import MACHINING_SCRAP, Family, made_of
from core.domain.items import BomComponent

_WIDE = ("04", "06", "08", "10")
_NARROW = ("02", "03", "04", "06")
_ACTUATORS = ("S", "M", "L")
_POWERS = ("10", "20", "40")
_SMALL = ("02", "03", "04")


def _made(prefix: str, name: str, sizes: tuple[str, ...], costs: str, *, safety: int, days: int) -> Family:
    return Family(
        prefix=prefix,
        name=name,
        sizes=sizes,
        costs=tuple(costs.split()),
        safety=safety,
        days=days,
        make=True,
        plain="size" in name,
    )


def _sold(
    prefix: str, name: str, sizes: tuple[str, ...], costs: str, *, safety: int, days: int, markup: str = "1.85"
) -> Family:
    return Family(
        prefix=prefix,
        name=name,
        sizes=sizes,
        costs=tuple(costs.split()),
        safety=safety,
        days=days,
        make=True,
        markup=markup,
        plain="size" in name,
    )


def _bought(prefix: str, name: str, sizes: tuple[str, ...], costs: str, *, safety: int) -> Family:
    plain = "size" in name
    return Family(prefix=prefix, name=name, sizes=sizes, costs=tuple(costs.split()), safety=safety, plain=plain)


MORE_FAMILIES = (
    _sold("FV", "Butterfly valve {} in, lug", _WIDE, "148 214 330 470", safety=5, days=4),
    _sold("LV", "Globe valve {} in, bronze trim", _NARROW, "186 262 371 690", safety=4, days=5),
    _sold("YS", "Y strainer {} in, carbon steel", _NARROW, "74 104 152 268", safety=8, days=3, markup="1.95"),
    _sold("AC", "Electric actuator, size {}", _ACTUATORS, "410 640 1120", safety=2, days=5, markup="1.70"),
    _sold("AV", "Actuated ball valve {} in", _SMALL, "585 660 775", safety=2, days=3, markup="1.75"),
    _sold("PS", "Pump skid {} hp", _POWERS, "3980 5240 8100", safety=0, days=6, markup="1.60"),
    _sold("YK", "Strainer repair kit {} in", _NARROW, "19 24 33 48", safety=10, days=2, markup="2.20"),
    _made("FM", "Machined butterfly body {} in", _WIDE, "66 96 150 216", safety=8, days=3),
    _made("LB", "Machined globe body {} in", _NARROW, "92 130 184 340", safety=6, days=4),
    _made("YB", "Machined strainer body {} in", _NARROW, "40 57 84 150", safety=8, days=3),
    _made("GB", "Worm gearbox, size {}", _ACTUATORS, "150 236 420", safety=3, days=4),
    _made("BF", "Base frame {} hp, welded", _POWERS, "420 560 910", safety=1, days=5),
    _bought("FC", "Butterfly body casting {} in", _WIDE, "38 56 88 126", safety=20),
    _bought("FD", "Butterfly disc {} in", _WIDE, "31 46 72 104", safety=15),
    _bought("FS", "Butterfly seat {} in, EPDM", _WIDE, "12 17 26 37", safety=25),
    _bought("PL", "Globe plug {} in", _NARROW, "28 39 55 98", safety=12),
    _bought("YC", "Strainer body casting {} in", _NARROW, "22 31 46 82", safety=20),
    _bought("SC", "Screen {} in, 40 mesh", _NARROW, "6.40 8.20 11.50 16.80", safety=40),
    _bought("AM", "Actuator motor, size {}", _ACTUATORS, "118 176 305", safety=4),
    _bought("GR", "Gear set, size {}", _ACTUATORS, "74 118 214", safety=5),
    _bought("HO", "Actuator housing, size {}", _ACTUATORS, "52 80 142", safety=5),
    _bought("SB", "Steel beam kit, sizes {}", ("S", "L"), "210 380", safety=3),
    _bought("CO", "Coupling with guard", ("1",), "96.00", safety=4),
    _bought("JB", "Junction box, weatherproof", ("1",), "44.00", safety=6),
    _bought("NP", "Name plate", ("1",), "1.20", safety=300),
    _bought("PT", "Paint kit", ("1",), "7.80", safety=60),
    _bought("CR", "Crate, size {}", ("S", "M", "L"), "14 26 61", safety=25),
)


def more_bom() -> list[BomComponent]:
    """The bills of materials of the families above; a skid and an actuated valve have four levels."""
    rows: list[BomComponent] = []
    for size in _WIDE:
        rows += made_of(f"FV-{size}", {f"FM-{size}": 1, f"FD-{size}": 1, f"FS-{size}": 1, "ST-L": 1, "NP-1": 1})
        rows += made_of(f"FM-{size}", {f"FC-{size}": 1}, scrap=MACHINING_SCRAP)
    for size in _NARROW:
        bolts = "BO-S" if size in {"02", "03"} else "BO-L"
        rows += made_of(f"LV-{size}", {f"LB-{size}": 1, f"BN-{size}": 1, f"PL-{size}": 1, bolts: 1, "NP-1": 1})
        rows += made_of(f"LB-{size}", {f"CA-{size}": 1}, scrap=MACHINING_SCRAP)
        rows += made_of(f"YS-{size}", {f"YB-{size}": 1, f"SC-{size}": 1, "GK-1": 1, bolts: 1, "PT-1": 1})
        rows += made_of(f"YB-{size}", {f"YC-{size}": 1}, scrap=MACHINING_SCRAP)
        rows += made_of(f"YK-{size}", {f"SC-{size}": 1, "GK-1": 1})
    for size in _ACTUATORS:
        rows += made_of(f"AC-{size}", {f"GB-{size}": 1, f"AM-{size}": 1, f"HO-{size}": 1, "JB-1": 1})
        rows += made_of(f"GB-{size}", {f"GR-{size}": 1, "BK-1": 1})
    for size in _SMALL:
        rows += made_of(f"AV-{size}", {f"BV-{size}": 1, "AC-S" if size == "02" else "AC-M": 1, "CR-S": 1})
    for power in _POWERS:
        beams = "SB-L" if power == "40" else "SB-S"
        rows += made_of(
            f"PS-{power}", {f"CP-{power}": 1, "GV-04": 2, "CV-04": 1, f"BF-{power}": 1, "CO-1": 1, "CR-L": 1}
        )
        rows += made_of(f"BF-{power}", {beams: 1, "PT-1": 2})
    return rows
