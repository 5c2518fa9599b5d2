"""Lists read page by page: one module a noun, each query bounded and in a full order."""
