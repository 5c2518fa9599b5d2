"""The names master data knows, as plain data for whoever looks for them in a text: candidates, never decisions."""

from dataclasses import dataclass

from core.domain.configuring.products import ConfigurableProduct


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words worth finding. Each is as master data writes it; `customer_numbers` are customers' own item numbers,
    `own_name` is the company's that is written to."""

    item_codes: frozenset[str] = frozenset()
    item_names: frozenset[str] = frozenset()
    customer_numbers: frozenset[str] = frozenset()
    customer_names: frozenset[str] = frozenset()
    own_name: str = ""
    units: frozenset[str] = frozenset()
    products: tuple[ConfigurableProduct, ...] = ()
