"""What configuring needs of storage: configurable products, and the variants that were born of them."""

from collections.abc import Mapping
from typing import Protocol

from core.domain.configuring.exploding import Variant
from core.domain.configuring.products import ConfigurableProduct
from core.domain.ids import ItemCode


class ConfigurationStore(Protocol):
    """Products as a pack says them; a variant is born once and stays."""

    def product(self, item: ItemCode) -> ConfigurableProduct | None:
        """The configurable product of this item, None for any other item."""
        ...

    def products(self) -> tuple[ConfigurableProduct, ...]:
        """Every configurable product, by item."""
        ...

    def variants(self) -> Mapping[ItemCode, ItemCode]:
        """The product of every variant that was born, by the variant's code."""
        ...

    def bear(self, variant: Variant) -> bool:
        """Make the variant an item with its materials and operations; False when it is one already, also by somebody
        at the same time. ConflictError when its code is another item's."""
        ...
