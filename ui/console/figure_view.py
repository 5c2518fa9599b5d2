"""A case as pictures: from what holds it back to the order lines that wait, and what is there of the item over time."""

from typing import Final

import streamlit as st

from ui.console import charts, session, telling
from ui.schemas import CaseDetail, Impact

MOST_PATHS: Final = 10
NO_STEP: Final = ("order line", "what would fix it")


def pegs(detail: CaseDetail) -> None:
    """The peg paths of the lines that are hurt most, joined where they share what holds them back."""
    paths = [_path(one) for one in detail.impacts[:MOST_PATHS]]
    if not paths:
        st.text("No open order line is hurt yet.")
        return
    roots: list[dict[str, object]] = []
    for path in paths:
        _join(roots, path)
    root = roots[0] if len(roots) == 1 else {"name": f"{detail.card.item} at {detail.card.location}", "children": roots}
    title = "From what holds it back (left) to the order lines that wait"
    charts.tree(title, root, key=f"pegs-{detail.card.id}", leaves=len(paths))
    if len(detail.impacts) > MOST_PATHS:
        st.caption(f"The {MOST_PATHS} lines that are hurt most; all are under Order lines hurt.")


def _path(impact: Impact) -> list[str]:
    line = f"{impact.order}/{impact.line} {impact.customer_name}, promised {telling.day(impact.due)}"
    held = [one.subject for one in impact.why if not one.subject.startswith(NO_STEP)]
    return [*(one for one in reversed(held) if one), line]


def _join(nodes: list[dict[str, object]], path: list[str]) -> None:
    if not path:
        return
    name, *rest = path
    node = next((one for one in nodes if one["name"] == name), None)
    if node is None:
        node = {"name": name, "children": []}
        nodes.append(node)
    children = node["children"]
    assert isinstance(children, list)
    _join(children, rest)


def balance(detail: CaseDetail) -> None:
    """The future of the item at its place."""
    telling.part("", lambda: _balance(detail))


def _balance(detail: CaseDetail) -> None:
    """What is there of the item at its place and can be promised, over time; the day it is needed is marked."""
    card = detail.card
    found = session.client().available_to_promise(item=card.item, location=card.location)
    place = next((one for one in found.places if one.place == card.location), None) or next(iter(found.places), None)
    if place is None or not place.balance:
        st.text(f"Nothing of {card.item} is there or on its way.")
        return
    charts.future(
        f"Projected balance of {card.item} at {place.place}, and what can be promised",
        found.unit,
        place,
        until=found.until,
        key=f"balance-{card.id}",
        needed={card.needed_by.isoformat(): f"{card.lacking:,} lack"},
    )
