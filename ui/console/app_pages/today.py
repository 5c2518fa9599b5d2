"""The day at a look."""

from ui.console import frame, today_view

frame.page(today_view.show)
