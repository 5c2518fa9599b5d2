"""Reading a delivery history, fitting it and saying how well it was predicted."""

import csv
import os
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from core.domain.errors import InvalidValueError
from core.planning.robustness.fitting import Fit
from core.planning.robustness.pooled import POINTS
from evals.lateness.command import lateness_figures
from evals.lateness.deliveries import FILE, History, columns, read_history
from evals.lateness.measuring import FAR, LAST_FIT_DAY, PATH, Bin, bins_of, measured_monthly, measured_once
from evals.lateness.plot import calibration_plot

SCMS = Path(__file__).parents[4] / "shared" / "data" / "scms"
_HEAD = [
    *("Country", "Fulfill Via", "Shipment Mode", "Vendor", "PO / SO #"),
    *("Scheduled Delivery Date", "Delivered to Client Date"),
]


def _history(folder: Path, *rows: tuple[str, str]) -> History:
    """Deliveries of one vendor: the day promised and the day it came."""
    with (folder / FILE).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEAD)
        writer.writerows(["Haiti", "Direct Drop", "Air", "V1", "PO-1", *days] for days in rows)
    return read_history(folder)


def test_rows_without_a_day_are_counted_and_left_out(tmp_path: Path) -> None:
    history = _history(tmp_path, ("02-Jun-06", "05-Jun-06"), ("Date Not Captured", "02-Jun-06"), ("2/28/11", ""))

    assert history.unreadable == 2
    assert columns(history.deliveries, ("vendor", "country")).late.tolist() == [3]
    assert columns(history.deliveries, ("vendor", "country")).path == (("V1", "Haiti"),)


def test_a_folder_without_the_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match=f"there is no file {FILE!r}"):
        read_history(tmp_path)


def test_equal_predictions_are_in_one_bin() -> None:
    predicted, came = np.array([0.5, 0.9] * 10), np.array([1.0, 1.0, 0.0, 1.0] * 5)

    assert bins_of(predicted, came) == (
        Bin(count=10, predicted=0.5, observed=0.5),
        Bin(count=10, predicted=0.9, observed=1.0),
    )


def test_a_vendor_that_never_changes_is_predicted_well(tmp_path: Path) -> None:
    years = ("10", "11", "12", "13", "14")
    days = [(f"{day:02}-{month}-{year}") for year in years for month in ("Mar", "Sep") for day in range(1, 21)]
    late = [day if at % 5 else day.replace("Mar", "Apr").replace("Sep", "Oct") for at, day in enumerate(days)]
    history = _history(tmp_path, *zip(days, late, strict=True))

    once = measured_once(history.deliveries, last=LAST_FIT_DAY, fit=FAR, path=PATH)

    assert once.deliveries == 80
    assert [(len(bins), bins[0].count, round(bins[0].observed, 9)) for bins in once.bins[:5]] == [(1, 80, 0.8)] * 5
    assert round(once.error[0], 4) == 0.0177


def test_the_real_deliveries_are_predicted_and_drawn() -> None:
    if not SCMS.exists():
        assert os.environ.get("CI") != "true", f"{SCMS} is absent"
        pytest.skip(f"{SCMS} is absent")
    history = read_history(SCMS)
    once = measured_once(history.deliveries, last=LAST_FIT_DAY, fit=FAR, path=PATH)
    recent = [one for one in history.deliveries if one.scheduled < date(2013, 4, 1)]
    again = measured_monthly(recent, last=LAST_FIT_DAY, fit=Fit(), path=PATH)

    figures = {one.name: one.value for one in lateness_figures(history, once, again)}
    drawn = calibration_plot(once, again)

    assert figures["deliveries"] == 10_324
    assert (figures["deliveries_fitted"], figures["deliveries_measured"]) == (6_507, 3_817)
    assert str(figures["calibration_error"]) == "0.07342"
    assert figures["brier_score"] < figures["brier_score_base_rate"]
    assert len(re.findall("<circle", drawn)) == sum(len(one.bins[at]) for one in (once, again) for at in (0, 3)) + 2
    late = columns(history.deliveries, PATH).late
    assert [round(float((late <= day).mean()) * 1_000_000) for day, _ in POINTS[:-1]] == [n for _, n in POINTS[:-1]]
