"""The pool: how late deliveries are where a company has no history of its own.

From 10,324 deliveries of the USAID Supply Chain Management System, 2006 to 2015 (US government open data): 27 % came
before the promised date, 61 % on it, 11.5 % after it, half of those by more than 12 days. `expediter eval lateness`
counts them again.
"""

from core.planning.robustness.lateness import SupplierLateness, lateness_of

# Days after the promised date, and the millionths of all deliveries that had come by then.
POINTS = (
    (-60, 43_588), (-45, 57_439), (-30, 88_822), (-21, 121_465), (-14, 167_280), (-10, 196_435), (-7, 222_685),
    (-5, 241_089), (-3, 255_812), (-1, 272_569), (0, 885_122), (1, 894_033), (2, 898_683), (3, 903_429), (5, 915_440),
    (7, 925_804), (10, 939_268), (14, 952_053), (21, 967_164), (28, 975_688), (42, 984_405), (56, 990_604),
    (70, 994_285), (90, 996_126), (120, 997_191), (150, 998_450), (180, 1_000_000),
)  # fmt: skip

POOL = lateness_of(POINTS)
POOLED = SupplierLateness(pool=POOL)
