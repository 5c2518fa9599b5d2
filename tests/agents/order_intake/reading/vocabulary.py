"""Words of a small maker of valves, as order entry hands them to its reader."""

from core.domain.intake.vocabulary import Vocabulary

_WRITTEN = (
    "GV-02 GV-03 GV-04 GV-06 BV-02 BV-03 BV-04 CV-02 CV-03 CV-04 CP-10 CP-20 CP-40 RK-02 RK-03 RK-04 RK-10"
    " FV-04 LV-03 YS-03 AC-S"
)
CODES = _WRITTEN.split()
VOCABULARY = Vocabulary(
    item_codes=frozenset(CODES),
    item_names=frozenset(
        [f"Gate valve {size} in, 316 stainless" for size in (2, 3, 4, 6)]
        + [f"Ball valve {size} in, full port" for size in (2, 3, 4)]
        + [f"Swing check valve {size} in" for size in (2, 3, 4)]
        + [f"Centrifugal pump {power} hp" for power in (10, 20, 40)]
        + [f"Gate valve repair kit {size} in" for size in (2, 3, 4)]
        + ["Pump seal kit", "Butterfly valve 4 in, lug", "Globe valve 3 in, bronze trim"]
        + ["Y strainer 3 in, carbon steel", "Electric actuator, size S"]
    ),
    own_name="Neches Valve and Pump",
    customer_numbers=frozenset({"HAR-027", "HAR-037", "CAL-047"}),
    customer_names=frozenset(
        {"Harbor Supply", "Maas Machinebouw", "Great Basin Lithium", "Neches Petrochem", "Piney Woods Paper"}
    ),
    units=frozenset({"EA", "BOX"}),
)
