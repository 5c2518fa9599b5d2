"""Verbs of a core in memory that look things up or hand them on: what each gives is put there by the test."""

from dataclasses import dataclass, field
from typing import Any

from core.domain.errors import NotFoundError


@dataclass(slots=True, kw_only=True)
class FakeLooking:
    """Fulfils OrderLooking, MasterLooking, DeskLooking and Drafting. `found` has the answer of each verb."""

    found: dict[str, Any] = field(default_factory=dict)

    def ask_change(self, asked: object) -> Any:
        return self._of("ask_change")

    def take_in_order(self, text: str) -> Any:
        return self._of("take_in_order")

    def order_lines(self, asked: object) -> Any:
        return self._of("order_lines")

    def order(self, said: str) -> Any:
        return self._of("order")

    def explain_line(self, said: str, line: int) -> Any:
        return self._of("explain_line")

    def date_for(self, asked: object) -> Any:
        return self._of("date_for")

    def customer(self, said: str) -> Any:
        return self._of("customer")

    def supplier(self, said: str) -> Any:
        return self._of("supplier")

    def product(self, said: str) -> Any:
        return self._of("product")

    def configured(self, asked: object) -> Any:
        return self._of("configured")

    def scorecards(self) -> Any:
        return self._of("scorecards")

    def item(self, said: str) -> Any:
        return self._of("item")

    def stock(self, said: str, where: str | None) -> Any:
        return self._of("stock")

    def availability(self, asked: object) -> Any:
        return self._of("availability")

    def open_supply(self, asked: object) -> Any:
        return self._of("open_supply")

    def code_of(self, kind: object, said: str) -> str:
        return said.upper()

    def suppliers_in(self, country: str) -> Any:
        return self._of("suppliers_in")

    def known_names(self) -> Any:
        return self._of("known_names")

    def kpis(self, names: object) -> Any:
        return self._of("kpis")

    def waiting(self, state: object) -> Any:
        return self._of("waiting")

    def proposal(self, approval: str) -> Any:
        return self._of("proposal")

    def tasks(self, *, overdue_only: bool) -> Any:
        return self._of("tasks")

    def scan_seen(self) -> Any:
        return self._of("scan_seen")

    def _of(self, verb: str) -> Any:
        if verb not in self.found:
            raise NotFoundError(f"these books know nothing of {verb}")
        return self.found[verb]
