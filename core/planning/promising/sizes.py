"""Sizes of orders and lots: at least a minimum, in steps."""


def rounded_up(units: int, minimum: int, multiple: int) -> int:
    """The least order size that holds so many units."""
    return -(-max(units, minimum) // multiple) * multiple


def rounded_down(units: int, minimum: int, multiple: int) -> int:
    """The largest order size within so many units, 0 where there is none."""
    size = units // multiple * multiple
    return size if size >= minimum else 0
