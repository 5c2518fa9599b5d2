"""Made-up shortages for the repair benchmark: coupled by donor stock, lanes, suppliers, budgets and minutes."""

import numpy as np

from core.planning.choosing.problem import (
    Charge,
    Draw,
    Line,
    Pool,
    Problem,
    Shortage,
    Source,
    Stability,
    Tier,
    Way,
)

CENTS = 100
PLACES, DEPOTS = 20, 5


class _Making:
    """A problem as it grows: sources, pools and charges by id, so that what is shared is there once."""

    def __init__(self, count: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.count = count
        self.items = max(4, count // 10)
        self.suppliers = max(4, count // 40)
        self.price = (100 * np.exp(self.rng.normal(5.0, 0.8, self.items))).astype(int) + 200
        self.lines: list[Line] = []
        self.shortages: list[Shortage] = []
        self.ways: list[Way] = []
        self.sources: dict[str, Source] = {}
        self.pools: dict[str, Pool] = {}
        self.charges: dict[str, Charge] = {}

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return int(self.rng.integers(low, high + 1))

    def pool(self, name: str, capacity: int) -> str:
        """The pool of that name; the first to ask says how much there is."""
        self.pools.setdefault(name, Pool(id=name, capacity=capacity))
        return name

    def charge(self, name: str, amount: int) -> str:
        """The charge of that name."""
        self.charges.setdefault(name, Charge(id=name, amount=amount, document=True))
        return name

    def way(self, shortage: Shortage, source: Source, arrives: int, cost: int, *, asks: bool = False) -> None:
        """One more way of the shortage, through the source of that id."""
        kept = self.sources.setdefault(source.id, source)
        name = f"{shortage.id}<{kept.id}"
        self.ways.append(Way(id=name, shortage=shortage.id, source=kept.id, arrives=arrives, cost=cost, asks=asks))


def problem_of(count: int, seed: int = 1) -> Problem:
    """So many shortages, each with six to eight ways out and waiting; equal seeds give equal problems.

    Money is in cents. The whole is coupled: a spending and an expedite budget and the suppliers' weeks join all parts.
    """
    made = _Making(count, seed)
    made.pool("expedite budget", 60 * CENTS * count)
    for number in range(count):
        _shortage(made, number)
    return Problem(
        lines=tuple(made.lines),
        shortages=tuple(made.shortages),
        sources=tuple(made.sources.values()),
        ways=tuple(made.ways),
        pools=tuple(made.pools.values()),
        charges=tuple(made.charges.values()),
        stability=Stability(moved=10 * CENTS, contacted=15 * CENTS, document=10 * CENTS),
    )


def _shortage(made: _Making, number: int) -> None:
    rng, item, place = made.rng, made.whole(0, made.items - 1), made.whole(0, PLACES - 1)
    price = int(made.price[item])
    need = made.whole(2, 20)
    line = Line(id=f"SO-{number:06}/1", customer=f"C-{made.whole(0, max(1, made.count // 3)):05}")
    shortage = Shortage(
        id=f"S-{number:06}",
        line=line.id,
        units=int(np.exp(rng.normal(3.0, 0.8))) + 3,
        need=need,
        otherwise=need + made.whole(5, 30),
        penalty=max(1, int(price * rng.uniform(0.004, 0.02))),
        risk=price // 20,
    )
    made.lines.append(line)
    made.shortages.append(shortage)
    _transfers(made, shortage, item, place, price)
    _purchases(made, shortage, item, price)
    _expedite(made, shortage, item)
    _reallocate(made, shortage, item, price)
    _substitutes(made, shortage, item, price)
    if item % 3 == 0:
        _make(made, shortage, item, price)


def _transfers(made: _Making, shortage: Shortage, item: int, place: int, price: int) -> None:
    """One to three depots give; a shipment on a lane in a week is paid once for all items on it."""
    donors = made.rng.choice(DEPOTS, size=made.whole(1, 3), replace=False).tolist()
    for donor in donors:
        if donor == place:
            continue
        lane, week = f"{donor}-{place}", shortage.need // 7
        stock = made.pool(f"stock {item}@{donor}", made.whole(10, 90))
        source = Source(
            id=f"transfer {item} {lane} w{week}",
            most=made.pools[stock].capacity,
            charges=(made.charge(f"shipment {lane} w{week}", made.whole(30, 120) * CENTS),),
            draws=(Draw(pool=stock, unit=1),),
        )
        arrives = shortage.need + made.whole(-2, 3)
        made.way(shortage, source, arrives, made.whole(price // 100, price // 20 + 1))


def _purchases(made: _Making, shortage: Shortage, item: int, price: int) -> None:
    """One or two other suppliers: an order paid once a supplier, lots, a price break, so much a week."""
    for turn in range(1 + item % 2):
        supplier = (item * 7 + turn * 13) % made.suppliers
        week = made.pool(f"supplier {supplier} week", 9 * made.count // made.suppliers)
        lots = (1, 5, 10, 24)[(item + turn) % 4]
        dearer = price * (3 + (item + 3 * turn) % 12) // 100
        source = Source(
            id=f"buy {item} from {supplier}",
            most=400,
            multiple=lots,
            tiers=(Tier(least=20 + 10 * (item % 4), price=dearer), Tier(least=150, price=dearer * 9 // 10)),
            holding=price // 8,
            charges=(
                made.charge(f"order to {supplier}", made.whole(60, 150) * CENTS),
                made.charge(f"line {item} to {supplier}", made.whole(10, 40) * CENTS),
            ),
            draws=(Draw(pool=week, unit=1),),
        )
        made.way(shortage, source, shortage.need + made.whole(-3, 8), price // 50)


def _expedite(made: _Making, shortage: Shortage, item: int) -> None:
    """An open order of the item pulled in as a whole, for a fee out of one budget."""
    fee, units = made.whole(80, 400) * CENTS, made.whole(30, 150)
    kept = made.charges.get(f"fee {item}")
    fee = kept.amount if kept else fee
    source = Source(
        id=f"expedite {item}",
        most=units,
        charges=(made.charge(f"fee {item}", fee),),
        draws=(Draw(pool="expedite budget", fixed=fee),),
    )
    made.way(shortage, source, shortage.need + made.whole(0, 4), 0)


def _reallocate(made: _Making, shortage: Shortage, item: int, price: int) -> None:
    """Units another line counts on; what that line loses is the cost."""
    giver = Line(id=f"G-{shortage.id}/1", customer=f"C-{made.whole(0, max(1, made.count // 3)):05}")
    made.lines.append(giver)
    source = Source(id=f"units of {giver.id}", most=made.whole(5, 40), moves=(giver.id,))
    made.way(shortage, source, shortage.need, price * made.whole(8, 24) // 100)


def _substitutes(made: _Making, shortage: Shortage, item: int, price: int) -> None:
    """One or two other items that would do, of which there is so much; the customer is asked."""
    for turn in range(made.whole(1, 2)):
        other = (item + 1 + turn) % made.items
        stock = made.pool(f"free {other}", made.whole(15, 80))
        source = Source(
            id=f"substitute {other} for {item}", most=made.pools[stock].capacity, draws=(Draw(pool=stock, unit=1),)
        )
        made.way(shortage, source, shortage.need + turn, price * made.whole(5, 22) // 100, asks=True)


def _make(made: _Making, shortage: Shortage, item: int, price: int) -> None:
    """A work order on overtime: a set-up and minutes a unit at a centre several items share."""
    center = item % max(2, made.items // 12)
    minutes = made.pool(f"minutes {center}", made.whole(600, 1500))
    source = Source(
        id=f"make {item}",
        most=500,
        tiers=(Tier(least=1, price=price // 25),),
        holding=0,
        charges=(made.charge(f"set-up {item}", made.whole(20, 90) * CENTS),),
        draws=(Draw(pool=minutes, fixed=60, unit=4 + item % 9),),
    )
    made.way(shortage, source, shortage.need + made.whole(-1, 5), 0)
