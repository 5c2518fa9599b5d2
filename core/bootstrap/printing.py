"""The printer: what puts papers into files."""

from core.connectors.documents import ReportlabDocuments
from core.ports.documents import DocumentPort


def printer() -> DocumentPort:
    """Papers as PDF."""
    return ReportlabDocuments()
