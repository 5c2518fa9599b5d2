"""The page scans."""

from ui.console import frame, scans_view

frame.page(scans_view.show)
