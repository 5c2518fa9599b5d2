"""Configurable products: which there are, and what options of one make."""

from typing import Protocol

from core.domain.configuring.products import ConfigurableProduct
from core.services.configuring import Configured, ConfigureItem


class Configuring(Protocol):
    """Options checked, priced and dated; nothing becomes an item by that."""

    def product(self, said: str) -> ConfigurableProduct:
        """The configurable product of this code or name. NotFoundError names those there are."""
        ...

    def configured(self, asked: ConfigureItem) -> Configured:
        """What options make, or what stands in the way."""
        ...
