"""Configurable products: features with choices, the rules between them, and the item that a configuration becomes."""
