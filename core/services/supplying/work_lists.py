"""What to do next at a work centre, with the reasons."""

from datetime import timedelta

from core.domain.capacity import RankedJob, ranked
from core.domain.ids import WorkCenterCode
from core.domain.working_time import minutes_on, next_working_day
from core.ports.storage import UnitOfWork


def work_list(uow: UnitOfWork, center: WorkCenterCode) -> tuple[RankedJob, ...]:
    """The operations of released work orders at the work centre, first things first; `ranked` has the formula.

    The minutes of a working day are those of the next one in the centre's calendar.
    """
    today = uow.company.settings().as_of
    calendar = uow.routings.calendar(uow.routings.work_center(center).calendar)
    usual = minutes_on(calendar, next_working_day(calendar, today + timedelta(days=1)))
    return ranked(uow.capacity.jobs(center), today=today, minutes_a_day=usual)
