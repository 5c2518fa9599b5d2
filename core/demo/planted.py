"""What goes wrong in the full-size company: every exception planted in its books, and the list of all of them."""

from core.domain.company import Company


def with_plants(company: Company) -> Company:
    """The company with what goes wrong in its books."""
    return company
