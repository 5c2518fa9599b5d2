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
DAYS = (*_OF_A_PART, *_BESIDE)
