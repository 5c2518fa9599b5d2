"""The two sizes of the demo company: a small one for quick looks, and the full one."""

from enum import StrEnum


class Size(StrEnum):
    """How much of the company there is."""

    SMALL = "small"
    FULL = "full"
