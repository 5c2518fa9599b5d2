"""What is looked at when an order is entered: pure checks, each answering with the reasons to hold the order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.credit import CreditExposure
from core.domain.holds import HoldCause, HoldKind
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer, CustomerAddress
from core.domain.price_search import NoPrice
from core.domain.prices import PricedLine, line_total


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudRule:
    """A pattern that is looked at by a person when every condition that is set holds."""

    code: str
    words: str
    first_order: bool = False
    country_differs: bool = False
    value_above: Decimal | None = None
    channels: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPolicy:
    """The limits of the checks. `export_countries` are ISO 3166 codes that nothing goes to unseen."""

    price_tolerance_percent: Decimal = Decimal("0.5")
    export_countries: frozenset[str] = frozenset({"BY", "CU", "IR", "KP", "RU", "SY"})
    fraud_rules: tuple[FraudRule, ...] = (
        FraudRule(
            code="first-large-abroad",
            words="a first order of high value to another country than the customer's",
            first_order=True,
            country_differs=True,
            value_above=Decimal(5000),
        ),
        FraudRule(
            code="first-large-online",
            words="a first order of high value through an open channel",
            first_order=True,
            value_above=Decimal(10000),
            channels=frozenset({Channel.STOREFRONT, Channel.MARKETPLACE, Channel.SOCIAL}),
        ),
    )


ENTRY_POLICY = EntryPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """All that the checks look at, read once. `prices` has what was found for each line, in the order of the lines."""

    order: SalesOrder
    lines: tuple[SalesOrderLine, ...]
    customer: Customer
    prices: tuple[PricedLine | NoPrice, ...]
    exposure: CreditExposure
    addresses: tuple[CustomerAddress, ...]
    addresses_kept: bool
    earlier_orders: int
    ship_from_country: str = ""

    @property
    def value(self) -> Decimal:
        """What is still to be delivered of the order, at its prices."""
        open_lines = (line for line in self.lines if line.ordered > line.cancelled)
        return sum((line_total(line.unit_price, line.ordered - line.cancelled) for line in open_lines), Decimal(0))

    @property
    def address(self) -> CustomerAddress | None:
        """Where it goes: the address the order names, or the only one there is."""
        named = [one for one in self.addresses if one.code == self.order.address]
        if self.order.address is None and len(self.addresses) == 1:
            return self.addresses[0]
        return named[0] if named else None

    @property
    def country(self) -> str:
        """The country it goes to, empty when nobody knows."""
        address = self.address
        return (address.country if address is not None else "") or self.customer.country


def causes_to_hold(facts: EntryFacts, policy: EntryPolicy) -> tuple[HoldCause, ...]:
    """Every reason to hold the order, in the order of the checks and of the lines."""
    return (
        *_credit(facts),
        *_prices(facts, policy),
        *_address(facts),
        *_export(facts, policy),
        *_fraud(facts, policy.fraud_rules),
    )


def _credit(facts: EntryFacts) -> Iterator[HoldCause]:
    why = facts.exposure.why_not(facts.value)
    if why is not None:
        yield HoldCause(kind=HoldKind.CREDIT, why=why)


def _prices(facts: EntryFacts, policy: EntryPolicy) -> Iterator[HoldCause]:
    for line, found in zip(facts.lines, facts.prices, strict=True):
        if isinstance(found, NoPrice):
            yield HoldCause(kind=HoldKind.DATA, why=f"line {line.line}: {found.why}", line=line.line)
        elif not within_tolerance(line.unit_price, found.unit_price, policy.price_tolerance_percent):
            yield HoldCause(
                kind=HoldKind.PRICE,
                why=f"line {line.line}: the order says {line.unit_price:.4f} {found.currency}, {found.reference} makes"
                f" it {found.unit_price:.4f}; accepted is {policy.price_tolerance_percent.normalize():f} % either way",
                line=line.line,
            )


def _address(facts: EntryFacts) -> Iterator[HoldCause]:
    """Who buys at the counter takes the goods along; a company that keeps no addresses here has none to compare."""
    if not facts.addresses_kept or facts.order.channel is Channel.POS or facts.address is not None:
        return
    code = facts.customer.code
    if facts.order.address is not None:
        why = f"{code} has no address {facts.order.address!r}"
    elif facts.addresses:
        why = f"the order names no address and {code} has {len(facts.addresses)}"
    else:
        why = f"the order names no address and none of {code} is known"
    yield HoldCause(kind=HoldKind.ADDRESS, why=why)


def _export(facts: EntryFacts, policy: EntryPolicy) -> Iterator[HoldCause]:
    country = facts.country
    if not country and facts.ship_from_country:
        why = f"the order leaves {facts.ship_from_country} and nobody knows for which country"
        yield HoldCause(kind=HoldKind.DATA, why=why)
    elif country in policy.export_countries and country != facts.ship_from_country:
        why = f"the order goes to {country}, which nothing is sent to before export control has looked at it"
        yield HoldCause(kind=HoldKind.EXPORT, why=why)


def _fraud(facts: EntryFacts, rules: Sequence[FraudRule]) -> Iterator[HoldCause]:
    for rule in rules:
        if _suspicious(facts, rule):
            yield HoldCause(
                kind=HoldKind.FRAUD,
                why=f"rule {rule.code}: {rule.words} ({facts.value:,.2f} {facts.order.currency},"
                f" {facts.order.channel.value}, to {facts.country or 'an unknown country'})",
            )
            return


def _suspicious(facts: EntryFacts, rule: FraudRule) -> bool:
    conditions = (
        not rule.first_order or facts.earlier_orders == 0,
        not rule.country_differs or facts.country != facts.customer.country,
        rule.value_above is None or facts.value > rule.value_above,
        not rule.channels or facts.order.channel in rule.channels,
    )
    return all(conditions)


def within_tolerance(stated: Decimal, agreed: Decimal, percent: Decimal) -> bool:
    """Whether a stated price differs from the agreed one by at most so many percent of the agreed one."""
    return abs(stated - agreed) * 100 <= agreed * percent
