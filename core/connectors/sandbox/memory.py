"""What makes a sandbox idempotent: the first answer given under a key, and to what."""

from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class KeyReusedError(Exception):
    """The key was used before for something else."""


class KeyMemory(Generic[Kept]):
    """First answers by key."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], tuple[object, Kept]] = {}

    def recall(self, key: tuple[str, ...], asked: object) -> Kept | None:
        """The first answer to the same question under the key, None when the key is new."""
        if key not in self._kept:
            return None
        question, answer = self._kept[key]
        if question != asked:
            raise KeyReusedError(key)
        return answer

    def keep(self, key: tuple[str, ...], asked: object, answer: Kept) -> None:
        """Remember an answer."""
        self._kept[key] = (asked, answer)
