"""What an agent may ask about the ways out of a case, and how it puts one before people."""

from datetime import date
from decimal import Decimal

from core.domain.ids import CaseId, OptionId
from core.domain.options import LineChange, Option, RejectedIdea
from core.domain.plan_text import encode_action
from tools.arguments import CaseRef, OptionRef
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_CHANGES = 20
MOST_REJECTED = 10


class OfCase(ToolInput):
    """What list_options and plan_options take."""

    case: CaseRef


class OptionBrief(ToolOutput):
    """An option in one row. `objective` is cost plus what stays late in money: the lowest is the best by rule.

    `tier` says who must approve: T0 to T3 one person, T4 two. Lines are order lines.
    """

    id: OptionId
    letter: str
    title: str
    tier: int
    cost: Decimal
    objective: Decimal
    exposure_before: Decimal
    exposure_after: Decimal
    lines_helped: int
    lines_hurt: int
    lines_recovered: int
    promises_moved: int
    decide_by: date


class RejectedRow(ToolOutput):
    """An idea that is not possible, and why."""

    resolution: str
    what: str
    reason: str


class OptionList(ToolOutput):
    """Options by letter, and the ideas that are not possible; `rejected_left_out` says how many more of those."""

    options: tuple[OptionBrief, ...]
    rejected: tuple[RejectedRow, ...]
    rejected_left_out: int


def _plan_options(core: ReadCore, asked: OfCase) -> OptionList:
    report = core.plan_options(CaseId(asked.case))
    return _listed(report.options, report.rejected)


def _list_options(core: ReadCore, asked: OfCase) -> OptionList:
    case = CaseId(asked.case)
    return _listed(core.options(case), core.rejected(case))


def _listed(options: tuple[Option, ...], rejected: tuple[RejectedIdea, ...]) -> OptionList:
    ideas = [RejectedRow(resolution=idea.resolution, what=idea.what, reason=idea.reason) for idea in rejected]
    return OptionList(
        options=tuple(sorted((brief(option) for option in options), key=lambda row: row.letter)),
        rejected=tuple(ideas[:MOST_REJECTED]),
        rejected_left_out=max(0, len(ideas) - MOST_REJECTED),
    )


def brief(option: Option) -> OptionBrief:
    """An option in one row."""
    return OptionBrief(
        id=option.id,
        letter=option.letter,
        title=option.title,
        tier=option.tier,
        cost=option.total_cost,
        objective=option.objective,
        exposure_before=option.exposure_before,
        exposure_after=option.exposure_after,
        lines_helped=option.lines_helped,
        lines_hurt=option.lines_hurt,
        lines_recovered=option.lines_recovered,
        promises_moved=option.promises_moved,
        decide_by=option.deadline,
    )


class ShowOption(ToolInput):
    """What show_option takes."""

    option: OptionRef


class CostRow(ToolOutput):
    """One part of the cost."""

    name: str
    amount: Decimal


class ChangeRow(ToolOutput):
    """What the option does to one order line. `gained` is in days, negative when the line comes later."""

    order: str
    line: int
    customer: str
    item: str
    promised_before: date
    promised_after: date
    projected_before: date | None
    projected_after: date | None
    short_before: int
    short_after: int
    gained: int


class OptionShown(ToolOutput):
    """An option in full: exactly what would be done, what it costs, which lines it moves, and how it is undone."""

    option: OptionBrief
    actions: tuple[dict[str, object], ...]
    costs: tuple[CostRow, ...]
    changes: tuple[ChangeRow, ...]
    changes_left_out: int
    customers: tuple[str, ...]
    feasibility: tuple[str, ...]
    undo: str


def _show_option(core: ReadCore, asked: ShowOption) -> OptionShown:
    option = core.option(OptionId(asked.option))
    return OptionShown(
        option=brief(option),
        actions=tuple(encode_action(action) for action in option.actions),
        costs=tuple(CostRow(name=term.name, amount=term.amount) for term in option.cost_terms),
        changes=tuple(_change_row(change) for change in option.changes[:MOST_CHANGES]),
        changes_left_out=max(0, len(option.changes) - MOST_CHANGES),
        customers=option.customers_affected,
        feasibility=option.feasibility,
        undo=option.undo,
    )


def _change_row(change: LineChange) -> ChangeRow:
    return ChangeRow(
        order=change.order,
        line=change.line,
        customer=change.customer,
        item=change.item,
        promised_before=change.due_before,
        promised_after=change.due_after,
        projected_before=change.projected_before,
        projected_after=change.projected_after,
        short_before=change.short_before,
        short_after=change.short_after,
        gained=change.gained,
    )


PLAN_OPTIONS = reads(
    "plan_options",
    "Works out two to five ways out of a case on the evidence kept, each simulated on a copy of the books, and the "
    "ideas that are not possible with the reason. Starts a new planning round: option ids of earlier rounds can no "
    "longer be proposed. Takes a second or more; use list_options to read the last round again.",
    cost=Cost.COSTLY,
    examples=({"case": "CASE-17"},),
    takes=OfCase,
    gives=OptionList,
    handler=_plan_options,
)
LIST_OPTIONS = reads(
    "list_options",
    "Lists the options of the last planning round of a case, by letter, and the ideas that are not possible. Empty "
    "when plan_options was never used for the case.",
    cost=Cost.CHEAP,
    examples=({"case": "CASE-17"},),
    takes=OfCase,
    gives=OptionList,
    handler=_list_options,
)
SHOW_OPTION = reads(
    "show_option",
    "Shows one option in full: exactly what would be done, each part of the cost, the order lines that gain or lose "
    "days, what was checked and how it could be undone. Quantities are base units, money is the company's currency.",
    cost=Cost.CHEAP,
    examples=({"option": "CASE-17-1A"},),
    takes=ShowOption,
    gives=OptionShown,
    handler=_show_option,
)
