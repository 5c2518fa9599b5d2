"""Values as messages quote them: short, on one line, and harmless whatever they hold."""

from reprlib import Repr
from typing import Any

LONGEST = 80
_HUGE_BITS = 300


class _Short(Repr):
    """Python's own shortener, taught that a huge whole number cannot even be written out."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = LONGEST

    def repr_int(self, x: Any, level: int) -> str:
        """A whole number, or how large it is."""
        return repr(x) if x.bit_length() <= _HUGE_BITS else f"a whole number of {x.bit_length()} bits"


def shown(value: object) -> str:
    """How a message quotes a value: like repr(), but at most 80 characters, told when something is left out."""
    if isinstance(value, str):
        said, more = repr(value[: LONGEST + 1]), f"... ({len(value)} characters)"
    else:
        said, more = _SHORT.repr(value), "..."
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 3]}{more}"


_SHORT = _Short()
