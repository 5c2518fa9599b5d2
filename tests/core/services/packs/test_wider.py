"""Wider master data: what its files say, and what is refused in them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.calendars import Calendar, CalendarException, Shift
from core.domain.errors import PackInvalidError
from core.domain.ids import CalendarCode, ItemCode, LocationCode, WorkCenterCode
from core.domain.items import AlternateScope, ItemAlternate
from core.domain.making import Operation, WorkCenter
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import edited, small_pack


def test_a_calendar_has_its_shifts_and_its_days_off(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path)).company

    assert company.calendars == (
        Calendar(
            code=CalendarCode("TWO"),
            name="Two shifts",
            holidays="US-TX",
            shifts=(
                Shift(weekday=0, begins=360, ends=840),
                Shift(weekday=0, begins=840, ends=1320),
                Shift(weekday=5, begins=1230, ends=1440),
            ),
            exceptions=(CalendarException(on=date(2026, 12, 24), minutes=240, reason="Half a day"),),
        ),
    )


def test_work_and_alternates_are_read_with_what_stands_for_blanks(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path)).company

    assert company.work_centers[0] == WorkCenter(
        code=WorkCenterCode("BENCH"), name="Bench", location=LocationCode("SHOP")
    )
    assert company.operations[0] == Operation(
        item=ItemCode("BODY"),
        sequence=10,
        name="Turn",
        work_center=WorkCenterCode("LATHE"),
        setup_minutes=30,
        unit_minutes=Decimal("12.5"),
        yield_percent=Decimal(98),
    )
    assert company.alternates == (
        ItemAlternate(
            item=ItemCode("IRON"),
            alternate=ItemCode("BODY"),
            scope=AlternateScope.COMPONENT,
            ratio=Decimal("0.5"),
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
            approval_needed=False,
        ),
    )


def test_every_wider_file_becomes_a_part_of_the_company(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path)).company

    counted = (company.units, company.customer_items, company.addresses, company.price_breaks, company.carriers)
    assert [len(part) for part in counted] == [1, 1, 1, 1, 1]
    assert [len(part) for part in (company.downtimes, company.freight_rates, company.tariffs)] == [1, 1, 1]
    assert [(one.sequence, one.work_center) for one in company.operation_alternates] == [(10, "BENCH")]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("calendar_shifts.csv", "14:00,22:00", "13:00,22:00", "line 3 column begins: contradiction '13:00'"),
        ("calendar_shifts.csv", "06:00,14:00", "06:00,06:00", "line 2 column ends: contradiction '06:00'"),
        ("calendar_shifts.csv", "24:00", "24:01", "line 4 column ends: not-a-time '24:01'"),
        ("calendar_shifts.csv", "saturday", "sat", "line 4 column weekday: not-a-choice 'sat'"),
        ("calendars.csv", "US-TX", "Texas", "line 2 column holidays: not-a-code 'Texas'"),
        ("work_centers.csv", "SHOP,TWO", "SHOP,NONE", "line 2 column calendar: orphan-reference 'NONE'"),
        ("operation_alternates.csv", "10,", "30,", "line 2 column operation: orphan-reference '30'"),
        ("downtimes.csv", "2026-11-12", "2026-11-09", "line 2 column first: contradiction '2026-11-10'"),
        ("alternates.csv", "IRON,BODY", "BODY,BODY", "line 2 column alternate: contradiction 'BODY'"),
        ("alternates.csv", "2026-12-31", "2025-12-31", "line 2 column valid_from: contradiction '2026-01-01'"),
        ("alternates.csv", "component", "parts", "line 2 column scope: not-a-choice 'parts'"),
        ("units.csv", "PAL", "EA", "line 2 column unit: contradiction 'EA'"),
        ("price_breaks.csv", "100,", "0,", "line 2 column minimum: out-of-range '0'"),
        ("freight_rates.csv", "ACE", "BEST", "line 2 column carrier: orphan-reference 'BEST'"),
        ("tariffs.csv", "CN", "China", "line 2 column origin: not-a-code 'China'"),
    ],
)
def test_a_contradiction_is_refused_with_its_place(name: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    pack = small_pack(tmp_path, edited(name, old, new))

    with pytest.raises(PackInvalidError) as refusal:
        read_pack(pack)

    assert f"has 1 error, nothing was loaded; {name} {said}" in refusal.value.message
