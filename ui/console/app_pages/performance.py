"""The page performance."""

from ui.console import frame, performance_view

frame.page(performance_view.show)
