"""Configuring as people use it: options checked, priced, promised, and born as an item with an order."""

from core.services.configuring.answering import Configured, ConfigureItem, configure_item, product_meant, products_of
from core.services.configuring.variants import bear, inquire_variants, price_variant

__all__ = [
    "ConfigureItem",
    "Configured",
    "bear",
    "configure_item",
    "inquire_variants",
    "price_variant",
    "product_meant",
    "products_of",
]
