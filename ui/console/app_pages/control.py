"""The page control."""

from ui.console import control_view, frame

frame.page(control_view.show)
