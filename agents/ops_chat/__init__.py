"""The chat of the operations desk: questions become tool calls, answers cite ids, changes become proposals."""
