"""Small companies at random with something lacking, and what suppliers offer them."""

from hypothesis import strategies as st

from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.planning.donors import stock_elsewhere
from core.planning.outcome import NetResult
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import expedite, quote

Lines = list[tuple[str, int, int, str, int]]
Supply = list[tuple[tuple[str, str], int, int, str]]
Offers = list[tuple[str, int, int, int]]
LINES = st.lists(
    st.tuples(
        st.sampled_from(["FG", "RAW"]),
        st.integers(1, 30),
        st.integers(-1, 15),
        st.sampled_from(["MAIN", "RENO"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=7,
)
SUPPLY = st.lists(
    st.tuples(
        st.sampled_from([("WO", "FG"), ("PO", "RAW"), ("PO", "FG")]),
        st.integers(1, 30),
        st.integers(-4, 15),
        st.sampled_from(["MAIN", "RENO"]),
    ),
    max_size=6,
)
OFFERS = st.lists(
    st.tuples(st.sampled_from(["S1", "S2"]), st.integers(0, 9), st.integers(1, 9), st.integers(1, 20)), max_size=3
)
STOCK = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))


def drawn_books(lines: Lines, supply: Supply, stock: tuple[int, int, int]) -> Snapshot:
    """Two places, a product made of bought parts, and these orders and receipts."""
    return book(
        items=[("FG", True, 2, 0, True, "8"), ("RAW", False, 6, 5, False, "2")],
        locations=[("MAIN", "X"), ("RENO", "Y")],
        demand=[
            (f"SO-{n}", 1, item, q, due, place, 0, n, p, "20", 80) for n, (item, q, due, place, p) in enumerate(lines)
        ],
        stock=[("FG", stock[0], "MAIN"), ("FG", stock[1], "RENO"), ("RAW", stock[2], "MAIN")],
        supply=[
            (kind, f"{kind}-{n}", item, q, due, place, due - 2, "S1" if kind == "PO" else "")
            for n, ((kind, item), q, due, place) in enumerate(supply)
        ],
        bom=[("FG", "RAW", "2")],
        lanes=[("RENO", "MAIN", 2, "30", "0.5"), ("MAIN", "RENO", 2, "30", "0.5")],
        sources=[("RAW", "S1", 6, "2"), ("FG", "S2", 8, "9")],
    )


def drawn_evidence(books: Snapshot, result: NetResult, case: Case, offers: Offers) -> CaseEvidence:
    """Stock elsewhere, an offer of each supplier, and every purchase order sooner for a fee."""
    orders = [n for n, number in enumerate(books.supply.number) if number.startswith("PO")]
    return CaseEvidence(
        stock=stock_elsewhere(books, result, case),
        quotes=tuple(
            quote(supplier, lead, str(price), item=case.detected.item, minimum=least, multiple=3)
            for supplier, lead, price, least in {offer[0]: offer for offer in offers}.values()
        ),
        expedites=tuple(
            expedite(books.supply.number[n], 1, "25", item=books.items.code[int(books.supply.item[n])]) for n in orders
        ),
    )
