"""How much of the books somebody sees: some sites, some customers, or all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The sites and customers, by their codes, that somebody is limited to; None where it is all of them."""

    sites: frozenset[str] | None = None
    customers: frozenset[str] | None = None

    @classmethod
    def of(cls, sites: Collection[str] | None, customers: Collection[str] | None) -> Self:
        """The scope from what is stored or sent."""
        return cls(
            sites=None if sites is None else frozenset(sites),
            customers=None if customers is None else frozenset(customers),
        )

    @property
    def whole(self) -> bool:
        """Whether nothing is out of it."""
        return self.sites is None and self.customers is None

    def within(self, other: "Scope") -> "Scope":
        """What is in both."""
        return Scope(sites=_both(self.sites, other.sites), customers=_both(self.customers, other.customers))

    def has_site(self, site: str) -> bool:
        """Whether a site is in it."""
        return self.sites is None or site in self.sites

    def has_customer(self, customer: str) -> bool:
        """Whether a customer is in it."""
        return self.customers is None or customer in self.customers

    @property
    def words(self) -> str:
        """The scope for a person."""
        sites = "all sites" if self.sites is None else f"sites {', '.join(sorted(self.sites)) or 'none'}"
        who = "all customers" if self.customers is None else f"customers {', '.join(sorted(self.customers)) or 'none'}"
        return f"{sites}, {who}"


WHOLE = Scope()


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None:
        return other
    return one if other is None else one & other
