"""What the database says of a batch: who got what, and what others lacked."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from core.db.batching.arrays import numbers
from core.db.batching.prepared import Value
from core.db.stores.stock_records import insufficient
from core.domain.ids import ItemCode, LocationCode, LotCode
from core.domain.stock import Shortage

R = TypeVar("R")
Key: TypeAlias = tuple[ItemCode, LocationCode, LotCode | None]
_DONE, _SHORT = 0, 2


def results_of(
    answers: Sequence[Callable[[], R]], keys: Sequence[Key], row: Sequence[Value]
) -> list[R | Exception | None]:
    """Each command's answer, or what was lacking; None for what the batch could not decide.

    `row` is an outcome a command and, in four columns, the command, key, units wanted and units available of every
    shortage; commands and keys are counted from 1.
    """
    outcomes, told = numbers(row[0]), [numbers(column) for column in row[1:]]
    if not any(outcomes):
        return [answer() for answer in answers]
    lacking = dict[int, list[Shortage]]()
    for number, key, wanted, available in zip(*told, strict=True):
        item, location, lot = keys[int(key) - 1]
        short = Shortage(item=item, location=location, lot=lot, wanted=wanted, available=available)
        lacking.setdefault(number, []).append(short)
    results = list[R | Exception | None]()
    for number, (answer, outcome) in enumerate(zip(answers, outcomes, strict=True), start=1):
        if outcome == _DONE:
            results.append(answer())
        else:
            results.append(insufficient(lacking[number]) if outcome == _SHORT else None)
    return results
