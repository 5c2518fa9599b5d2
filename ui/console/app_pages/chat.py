"""The chat."""

from ui.console import chat_view, frame

frame.page(chat_view.show)
