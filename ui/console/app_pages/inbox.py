"""The inbox, and the case that was opened from it."""

from ui.console import frame, inbox_view

frame.page(inbox_view.show)
