"""Tables in which a careless reader would take a number for the quantity that is none, or a code for another's."""

from tests.agents.order_intake.careless import Careless, Line

_GOODS = (("GV-02", 40, "2026-12-04"),)
_HEAD = "PO 4711\n\n"


def _tables(*bodies: str, lines: tuple[Line, ...] = ()) -> tuple[Careless, ...]:
    return tuple(Careless(body=_HEAD + body, lines=lines, po="4711") for body in bodies)


READ = _tables(
    "Part    Qty  Due\nGV-02   40   December 4, 2026\n        Gate valve 2 in\n",
    "Part    Order   Delivery\n        qty     date\nGV-02   40      December 4, 2026\n",
    "Part    Stock  Needed  Due\nGV-02   12     40      December 4, 2026\n",
    "Part    Needed  Due\nGV-02   40      December 4, 2026\n",
    lines=_GOODS,
)
TABLES = (
    *READ,
    *_tables(
        "Part    Each     Needed   Extension    Due\nGV-02   311.00   40       12,440.00    December 4, 2026\n",
        "Part\tNeeded\tDue\nGV-02\t40\tDecember 4, 2026\nShip to\tmain address\n",
        lines=_GOODS,
    ),
    *_tables(
        "Part    Size  Due\nGV-02   2     December 4, 2026\n",
        "Part    Dept  Need by\nGV-02   40    December 4, 2026\n",
        "Part    Lead time  Needed\nGV-02   40         December 4, 2026\n",
        "Part\tWeek\nGV-02\t49\nGV-03\t50\n",
        "| Part | Batch | Due |\n|---|---|---|\n| GV-02 | 40 | 2026-12-04 |\n",
        "Artikel;Werk;Termin\nGV-02;40;04.12.2026\n",
        "Part    Qty  Due\nGV-02   40   December 4, 2026\n        Gate valve 3 in\n",
        "Part    Qty  Due\nGV-02   40   December 4, 2026\nTotal   60.00\n",
        "Part    Size    Each     Extension    Due\nGV-02   40      311.00   622.00       December 4, 2026\n",
    ),
)
