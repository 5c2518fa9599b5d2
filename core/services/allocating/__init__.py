"""Allocation as use cases: quotas, backorder runs that are shown before they are carried out, locks, de-commitment."""
