"""Random small books and rules for hypothesis: several levels, sites, ties on purpose."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book

_ITEMS = ("A", "B", "C", "D")
_PLACES = ("P1", "P2", "P3", "P4")


def _several(
    row: st.SearchStrategy[tuple[Any, ...]], *, least: int, most: int
) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """So many rows, evenly: plain lists are mostly short. The first two columns are a key."""
    return st.integers(least, most).flatmap(
        lambda rows: st.lists(row, unique_by=lambda cells: cells[:2], min_size=rows, max_size=rows)
    )


_locations = st.permutations(
    [("P1", "S1"), ("P2", "S1"), ("P3", "S1"), ("P4", "S2")],
).flatmap(lambda places: st.tuples(*(st.tuples(st.just(c), st.just(s), st.booleans()) for c, s in places)))
_items = st.tuples(
    *(
        st.tuples(st.just(code), st.sampled_from([True, True, False]), st.integers(0, 4), st.integers(0, 3))
        for code in _ITEMS
    )
)
_item, _place = st.sampled_from(_ITEMS), st.sampled_from(_PLACES)
_units, _day = st.integers(1, 6), st.integers(-3, 8)
_pairs = tuple(combinations(_ITEMS, 2))
_edges = st.tuples(*(st.sampled_from(["", "0.5", "1", "2", "1.000001"]) for _ in _pairs)).map(
    lambda per: [(*pair, quantity) for pair, quantity in zip(_pairs, per, strict=True) if quantity]
)
_demand = _several(
    st.tuples(
        st.sampled_from(["S1", "S2", "S10", "S3"]),
        st.integers(1, 3),
        _item,
        _units,
        _day,
        _place,
        st.integers(-5, -1),
        st.integers(1, 3),
        st.integers(1, 3),
    ),
    least=2,
    most=9,
)
_supply = _several(
    st.tuples(
        st.sampled_from(["WO", "WO", "PO", "TO"]),
        st.sampled_from(["N1", "N2", "N3", "N4", "N5", "N6"]),
        _item,
        _units,
        _day,
        _place,
        _day,
        st.just(""),
        st.booleans(),
    ),
    least=0,
    most=9,
)
_stock = st.lists(st.tuples(_item, _units, _place), max_size=6)
_sources = st.lists(
    st.tuples(_item, st.sampled_from(["V1", "V2"]), st.integers(0, 4)), unique_by=lambda row: row[:2], max_size=5
)


def rows() -> st.SearchStrategy[Mapping[str, Sequence[tuple[object, ...]]]]:
    """The tables of a book, by the names book() takes."""
    return st.fixed_dictionaries(
        {
            "items": _items.map(list),
            "locations": _locations.map(list),
            "demand": _demand,
            "stock": _stock,
            "supply": _supply,
            "bom": _edges,
            "sources": _sources,
        }
    )


def books() -> st.SearchStrategy[Snapshot]:
    """Random small books."""
    return rows().map(lambda tables: book(**tables))  # pyright: ignore[reportArgumentType] - keys are its names


def scan_rules() -> st.SearchStrategy[ScanRules]:
    """Every combination of policy, overdue rule, grouping and depth."""
    places = st.sampled_from(
        [(True, None), (True, None), (True, None), (False, None), (False, None), *((False, code) for code in _PLACES)]
    )
    return st.builds(
        lambda policy, overdue, place, use_bom: ScanRules(
            policy=policy, overdue=overdue, pool_locations=place[0], ship_from=place[1], use_bom=use_bom
        ),
        st.sampled_from(Policy),
        st.sampled_from(OverdueSupply),
        places,
        st.sampled_from([True, True, True, False]),
    )
