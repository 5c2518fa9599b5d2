"""The page floor."""

from ui.console import floor_view, frame

frame.page(floor_view.show)
