"""The words of master data that name somebody."""

from typing import Protocol

from core.domain.private_words import PrivateWord


class PrivateWordStore(Protocol):
    """Names and addresses of customers, suppliers and people."""

    def all(self) -> tuple[PrivateWord, ...]:
        """Every one of them, by kind and text."""
        ...

    def version(self) -> int:
        """A number that is another one after any change of master data."""
        ...
