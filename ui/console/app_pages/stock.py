"""Stock and supply."""

from ui.console import frame, stock_view

frame.page(stock_view.show)
