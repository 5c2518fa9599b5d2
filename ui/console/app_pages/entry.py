"""Order entry."""

from ui.console import entry_view, frame

frame.page(entry_view.show)
