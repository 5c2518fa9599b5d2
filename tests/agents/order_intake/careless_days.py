"""Short letters with more than one day in which a careless reader would give goods the wrong one."""

from tests.agents.order_intake.careless import Careless

_NOVEMBER = "2026-11-20"
_BOTH = (("GV-02", 40, _NOVEMBER), ("GV-03", 6, _NOVEMBER))


def _letters(*bodies: str, lines: tuple[tuple[str, int, str], ...] = ()) -> tuple[Careless, ...]:
    return tuple(Careless(body=body, lines=lines) for body in bodies)


_OF_A_PART = _letters(
    "40 GV-02\n6 GV-03\n\nFirst half by November 20, 2026, second half on Thursday.",
    "40 GV-02\n6 GV-03\n\nDeliver by November 20, 2026 - the gate valves 3 in can wait until Friday.",
    "40 GV-02\n6 GV-03\n\nBy November 20, 2026, the remainder Monday.",
    "40 Stück GV-02\n6 Stück GV-03\n\nLiefertermin 20. November 2026, der Rest am Donnerstag.",
    "40 GV-02\n6 GV-03\n\nLivraison le 20 novembre 2026, les autres jeudi.",
    "40 GV-02\n6 GV-03\n\nEntrega el 20 de noviembre de 2026, el resto el jueves.",
    "40 GV-02\n6 GV-03\n\nLevering 20 november 2026, de rest donderdag.",
)
_BESIDE = _letters(
    "40 GV-02\n6 GV-03\n\nDeliver by November 20, 2026. The mill was down on Saturday.",
    "40 GV-02\n6 GV-03\n\nDeliver by November 20, 2026 - our inspector walks through on Thursday.",
    "40 Stück GV-02\n6 Stück GV-03\n\nLiefertermin 20. November 2026. Am Samstag ist der Strom ausgefallen.",
    lines=_BOTH,
)
_OF_GOODS = _letters(
    "Please send 40 GV-02 and 6 GV-03. The BV-02 by November 20, 2026, the rest by December 4, 2026.",
    "Please send 40 gate valves 2 in (GV-02) and 6 repair kits for gate valves 2 in (RK-02). The valves by November 20,"
    " 2026.",
    "Please send 40 GV-02 and 6 GV-03 by November 20, 2026. The valves by December 4, 2026.",
    "Please send 40 GV-02 and 6 GV-03. The ball valves by November 20, 2026, the rest by December 4, 2026.",
)
_OF_OTHER_THINGS = _letters(
    *(
        f"Please send\n\n40 GV-02\n6 GV-03\n\n{said}"
        for said in (
            "Our inspector will be here on December 4, 2026.",
            "We'll have a shutdown on December 4, 2026.",
            "The outage is scheduled for December 4, 2026.",
            "We are aiming to start up on December 4, 2026.",
            "Our new line will be ready on December 4, 2026.",
            "Bob will be in on December 4, 2026.",
            "The offer of December 4, 2026 was good.",
        )
    ),
    "Bitte liefern:\n40 Stück GV-02\n\nWir haben am 4. Dezember 2026 Betriebsversammlung.",
    "Commande :\n40 GV-02\n\nNous avons une réunion chez nous le 4 décembre 2026.",
    "Pedido:\n40 uds GV-02\n\nTenemos una reunión en planta el 4 de diciembre de 2026.",
    "Bestelling:\n40 stuks GV-02\n\nWij hebben op 4 december 2026 een vergadering.",
)
_SCHEDULES = _letters(
    "GV-02\n4 Nov 16\n4 Nov 30",
    "GV-02 or GV-03\nNov 16: 4\nNov 30: 4",
    "GV-02 and GV-03 as below\nNovember 16, 2026: 4\nNovember 30, 2026: 4",
    "15 GV-02 as follows:\n4 pcs on November 16, 2026\n4 pcs on November 30, 2026",
    "GV-02\nNovember 16, 2026: 4 already delivered\nNovember 30, 2026: 4",
    "GV-02\nNovember 16, 2026: 4 maybe\nNovember 30, 2026: 4",
    "GV-02\n1 November 16, 2026\n2 November 30, 2026",
    "40 GV-02 by November 20, 2026\n\nGV-03 prices please.\n4 December 1, 2026 5",
)
_SCHEDULED = _letters(
    "Please schedule GV-02:\nNovember 16, 2026   4\nNovember 30, 2026   6",
    "10 pcs of GV-02:\n4 pcs on November 16, 2026\n6 pcs on November 30, 2026",
    "GV-02: November 16, 2026 - 4; November 30, 2026 - 6",
    lines=(("GV-02", 4, "2026-11-16"), ("GV-02", 6, "2026-11-30")),
)
DAYS = (*_OF_A_PART, *_BESIDE, *_OF_GOODS, *_OF_OTHER_THINGS, *_SCHEDULES, *_SCHEDULED)
