"""The figures that were promised, by bench, with what each is to reach; None where it is shown only."""

from collections.abc import Iterable

PROMISED: dict[str, dict[str, str | None]] = {
    "scan": {
        "ratio_vs_raw_read": "<= 1.5",
        "ratio_vs_sql_scan": "<= 0.2",
        "ratio_vs_python_scan": "<= 0.2",
        "equal_to_oracle": ">= 1",
        "full_features_ratio": "<= 2",
        "pack_scan_s": "<= 0.5",
    },
    "writeback": {"rows_written_on_unchanged_rescan": "<= 0", "share_of_scan": "<= 0.2"},
    "whatif": {"p99_ms_one_event": "<= 5", "whatifs_per_s": ">= 1000"},
    "ctp": {"p99_ms_three_levels": "<= 2", "equal_to_oracle": ">= 1"},
    "hot": {
        "ratio_vs_row_lock_32": ">= 10",
        "ratio_vs_row_lock_128": ">= 10",
        "p99_ms_32": "<= 15",
        "p99_ms_128": "<= 15",
        "oversold_units": "== 0",
        "counter_minus_rows": "== 0",
    },
    "uniform": {"ratio_vs_single_statement": ">= 1.2"},
    "place": {"orders_per_s": None, "ratio_vs_bare_driver": ">= 0.4"},
    "repair": {
        "gap_percent_100": "<= 2",
        "gap_percent_1000": "<= 2.5",
        "gap_percent_10000": "<= 2.5",
        "seconds_100": "<= 2",
        "seconds_1000": "<= 2",
        "seconds_10000": "<= 6",
        "points_better_than_greedy_1000": ">= 5",
        "pack_repair_s": "<= 10",
    },
}
OF_A_MILLION = {"scan.growth_exponent": "<= 1.05", "scan.bytes_per_line": "<= 300"}
_WHOLE_ONLY = ("pack_", "_1000", "_10000")


def missing(bench: str, names: Iterable[str]) -> set[str]:
    """What a quick run should have and has not: all but what only a large book or a real company can show."""
    small = {name for name in PROMISED[bench] if not (name.startswith(_WHOLE_ONLY) or name.endswith(_WHOLE_ONLY))}
    return small - set(names)
