"""The order-management core: runs and is tested with no model and no web framework installed."""
