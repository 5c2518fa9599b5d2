"""What an invariant is: a law of the books with queries whose every row is one contradiction, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """A law of the books and the queries for its breaches; each row of a query is a sentence."""

    name: str
    says: str
    queries: tuple[str, ...]
