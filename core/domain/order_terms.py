"""What a sales order is agreed to be: its channel, kind, payment, the strategy of a line and the rule of a set."""

from enum import StrEnum


class Channel(StrEnum):
    """Where an order came in."""

    PORTAL = "portal"
    EDI = "edi"
    EMAIL = "email"
    PHONE = "phone"
    SALES_REP = "sales_rep"
    STOREFRONT = "storefront"
    MARKETPLACE = "marketplace"
    SOCIAL = "social"
    POS = "pos"


class OrderKind(StrEnum):
    """A quote is an order the customer has not placed yet; it can be placed until it expires."""

    ORDER = "order"
    QUOTE = "quote"


class PaymentState(StrEnum):
    """What is known of the customer's payment."""

    OPEN = "open"
    AUTHORISED = "authorised"
    PAID = "paid"
    REFUNDED = "refunded"


class Strategy(StrEnum):
    """What may happen to a line when stock is given out anew; see docs/orders.md."""

    WIN = "win"
    GAIN = "gain"
    IMPROVE = "improve"
    REDISTRIBUTE = "redistribute"
    FILL = "fill"
    LOSE = "lose"
    SKIP = "skip"


class SetRule(StrEnum):
    """What the lines of a set have in common: they leave together, or they arrive together."""

    SHIP = "ship"
    ARRIVE = "arrive"


# What other systems call a channel. An order of a channel nobody knows was typed in by somebody who sells.
_SYNONYMS = {
    "e-mail": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "rush": Channel.PHONE,
    "telephone": Channel.PHONE,
    "web": Channel.STOREFRONT,
    "shop": Channel.STOREFRONT,
    "online": Channel.STOREFRONT,
    "store": Channel.POS,
}


def channel_of(text: str) -> Channel:
    """The channel a free text means; an unknown or empty one is `sales_rep`."""
    word = text.strip().lower()
    if word in set(Channel):
        return Channel(word)
    return _SYNONYMS.get(word, Channel.SALES_REP)
