"""Backups: the books as one consistent file that says what is in it, put back and compared with what it says."""

from core.db.backup.archive import open_archive, read_manifest
from core.db.backup.manifest import Manifest
from core.db.backup.restoring import check_empty, differences, put_back
from core.db.backup.taking import back_up

__all__ = ["Manifest", "back_up", "check_empty", "differences", "open_archive", "put_back", "read_manifest"]
