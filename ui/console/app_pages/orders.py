"""Orders, and one of them."""

from ui.console import frame, orders_view

frame.page(orders_view.show)
