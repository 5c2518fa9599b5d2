"""Scorecards read off the books, and buffers that hold on deliveries not seen."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.purchasing import Answer as Said
from core.domain.purchasing import AnsweredLine
from core.domain.scorecards import Share
from core.planning.robustness.fitting import Fit, fitted
from core.planning.robustness.lateness import AS_PLANNED, lateness_of
from core.planning.robustness.pooled import POOL
from core.planning.snapshot import day_number
from core.services.scorecards import Scoring, buffer_of, scorecard, scorecards
from core.services.supplying.answering import Acknowledge, acknowledge
from core.services.supplying.receiving import Receive, receive
from evals.lateness.deliveries import columns, read_history
from evals.lateness.measuring import LAST_FIT_DAY, split
from tests.builders import GULF, day
from tests.core.services.supplying.works import PO_9, sent, wanted
from tests.desk import Desk

SCMS = Path(__file__).parents[4] / "shared" / "data" / "scms"


def test_a_supplier_is_scored_by_what_it_answered_charged_and_brought(desk: Desk) -> None:
    sent(desk, wanted(1, due=12), wanted(2, due=12), wanted(3, due=400))
    said = AnsweredLine(line=1, answer=Said.CHANGED, due=day(14), unit_price=Decimal("14.10"))
    agreed = tuple(AnsweredLine(line=line, answer=Said.ACCEPTED) for line in (2, 3))
    with desk.open() as uow:
        acknowledge(uow, Acknowledge(key="a", number=PO_9, reference="A-1", source="edi", lines=(said, *agreed)))
        before = scorecard(uow, GULF, Scoring())
    desk.alter("UPDATE settings SET as_of = as_of + 30")
    with desk.open() as uow:
        receive(uow, Receive(key="r", number=PO_9, line=1, reference="R-1", accepted=20, received_on=day(13)))
    with desk.open() as uow:
        card = scorecard(uow, "gulf", Scoring(percent=90))
        every = scorecards(uow, Scoring(percent=90))
        with pytest.raises(NotFoundError):
            scorecard(uow, "NOBODY", Scoring())
    desk.alter("UPDATE settings SET as_of = as_of - 30")

    lines = card.delivered
    assert (before.delivered.lines, before.delivered.on_time.percent) == (0, None)
    assert [one.supplier for one in every].count(GULF) == 1
    assert card in every
    assert lines.dates_kept == Share(part=1, of=2)
    assert lines.prices_kept == Share(part=1, of=2)
    assert (lines.on_time.of, lines.deliveries) == (lines.deliveries + lines.overdue, 1)
    assert lines.on_time.part - lines.as_asked.part == 1
    assert card.buffer.days >= before.buffer.days


def test_the_buffer_is_the_fewest_days_that_are_enough() -> None:
    slow = lateness_of([(-1, 0), (0, 600_000), (1, 700_000), (2, 800_000), (5, 1_000_000)])

    assert [slow.days_for(percent) for percent in (1, 60, 61, 80, 81, 99)] == [0, 0, 1, 2, 3, 5]
    assert AS_PLANNED.days_for(99) == 0
    assert buffer_of(slow, percent=80).expected_on_time == Decimal("60.0")


@pytest.mark.parametrize("percent", [0, 100])
def test_a_share_that_no_buffer_can_make_sure_is_refused(percent: int) -> None:
    with pytest.raises(InvalidValueError, match=f"a share of {percent} percent is none"):
        Scoring(percent=percent)


def test_the_buffer_fitted_on_the_years_before_covers_its_share_of_the_next() -> None:
    if not SCMS.exists():
        assert os.environ.get("CI") != "true", f"{SCMS} is absent"
        pytest.skip(f"{SCMS} is absent")
    seen, unseen = split(read_history(SCMS).deliveries, LAST_FIT_DAY)
    path = ("country", "vendor")
    model = fitted(columns(seen, path), as_of=day_number(LAST_FIT_DAY), fit=Fit(), prior=POOL)

    later = columns([one for one in unseen if one.scheduled < date(2014, 1, 1)], path)
    days = {path: buffer_of(model.of(path), percent=80).days for path in set(later.path)}
    covered = later.late <= np.array([days[path] for path in later.path])

    assert covered.size == 1_272
    assert 0.75 <= covered.mean() <= 0.85
