"""Answers about products that are made as each order says."""

from agents.ops_chat.told import Told, count, money, table, told
from tools.configuring import ItemConfigured, OpenRow


def tell_configured(found: ItemConfigured) -> Told:
    """What options make, or what has to be said first."""
    options = [(one.feature, one.value, one.said or None) for one in found.options]
    if found.item is None:
        number = count(len(found.open), "option")
        return told(
            f"{found.product} cannot be made so yet: {number} must be said otherwise or first.",
            *(_open(one) for one in found.open[:5]),
            tables=(table("Chosen", "option|value|said", options),),
            cites=(f"item:{found.product}",),
        )
    exists = "is an item already" if found.exists else "becomes an item with its first order"
    price = found.price if found.price is not None else found.list_price
    return told(
        f"{found.product} can be made so: it {exists}, {found.item}.",
        f"One is {money(price)}{'' if found.price is not None else ' by the list'}." if price is not None else "",
        f"It could be there on {found.complete.isoformat()}; nothing is held." if found.complete else "",
        tables=(
            table("Chosen", "option|value|said", options),
            table(
                "Made of",
                "component|for each",
                [(one.item, one.quantity) for one in found.parts],
                left_out=found.parts_left_out,
            ),
        ),
        cites=(f"item:{found.product}",),
    )


def _open(one: OpenRow) -> str:
    accepted = ", ".join(one.accepted) or "another choice of the options beside it"
    said = "" if one.value is None else f" {one.value}"
    return f"{one.feature}{said}: {one.why}; accepted is {accepted}."
