"""A company in tables: storing a whole one, reading it back, and changing it row by row as a later pack says."""

from core.db.loading.inserting import VIRTUAL_LOCATIONS, insert_company

__all__ = ["VIRTUAL_LOCATIONS", "insert_company"]
