"""What a look over an installation finds."""

from dataclasses import dataclass
from typing import Literal, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `advice` is what to do, empty when there is nothing to do."""

    name: str
    state: Literal["ok", "warn", "fail"]
    said: str
    advice: str = ""

    @classmethod
    def ok(cls, name: str, said: str) -> Self:
        """It is as it should be."""
        return cls(name=name, state="ok", said=said)

    @classmethod
    def warn(cls, name: str, said: str, advice: str) -> Self:
        """It works, and something should be done."""
        return cls(name=name, state="warn", said=said, advice=advice)

    @classmethod
    def fail(cls, name: str, said: str, advice: str) -> Self:
        """It does not work."""
        return cls(name=name, state="fail", said=said, advice=advice)
