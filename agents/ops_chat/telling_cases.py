"""Answers about cases, their evidence and the ways out of them."""

from decimal import Decimal

from agents.ops_chat.told import Table, Told, count, day, line_of, money, table, told
from tools.cases import CaseBrief, CaseList, CaseShown
from tools.evidence import ExpeditesReceived, QuotesReceived, RefusalRow, SilentRow, StockFound
from tools.options import OptionList, OptionShown, RejectedRow


def tell_cases(found: CaseList, asked: dict[str, object]) -> Told:
    """The cases, the worst first."""
    number = len(found.cases) + found.left_out
    kind = "known" if asked.get("closed_too") else "open"
    if not number:
        return told(f"No case is {kind}{_of(asked)}.")
    worst = found.cases[0]
    rows = [
        (one.id, one.type, one.title, one.state, one.exposure, one.lines, one.needed_by, one.decide_by)
        for one in found.cases
    ]
    return told(
        f"{count(number, 'case')} {'is' if number == 1 else 'are'} {kind}{_of(asked)}.",
        f"The most is at stake in {worst.id}: {_stake(worst)}.",
        tables=(
            table(
                "Cases",
                "case|type|what|state|at risk|lines|needed by|decide by",
                rows,
                left_out=found.left_out,
            ),
        ),
        cites=[f"case:{one.id}" for one in found.cases],
        listed=[one.id for one in found.cases],
    )


def _of(asked: dict[str, object]) -> str:
    parts = [str(asked[name]) for name in ("customer", "item", "type") if asked.get(name)]
    return f" for {' and '.join(parts)}" if parts else ""


def _stake(case: CaseBrief) -> str:
    until = f", to be decided by {case.decide_by.isoformat()}" if case.decide_by else ""
    return f"{case.title}; {money(case.exposure)} at risk on {count(case.lines, 'order line')}{until}"


def tell_case(found: CaseShown) -> Told:
    """One case with the lines it hurts."""
    case = found.case
    rows = [
        (line_of(one.order, one.line), one.customer, one.item, one.short, one.promised, one.projected, one.exposure)
        for one in found.impacts
    ]
    why = next((step for one in found.impacts for step in one.why[:1]), "")
    return told(
        f"{case.id} is {case.state}: {_stake(case)}.",
        f"Why: {why}." if why else "",
        f"What would mend it: {'; '.join(found.fixes)}." if found.fixes else "",
        f"Asked for so far: {'; '.join(found.approvals)}." if found.approvals else "",
        tables=(
            table(
                "Order lines it hurts",
                "line|customer|item|short|promised|there|at risk",
                rows,
                left_out=found.impacts_left_out,
            ),
        ),
        cites=[
            f"case:{case.id}",
            *(f"order:{one.order}" for one in found.impacts),
            *(f"approval:{one.partition(':')[0]}" for one in found.approvals),
        ],
        listed=[line_of(one.order, one.line) for one in found.impacts],
    )


def tell_options(found: OptionList, asked: dict[str, object]) -> Told:
    """The ways out of a case."""
    case, ideas = asked["case"], len(found.rejected) + found.rejected_left_out
    rejected = _rejected(found.rejected, left_out=found.rejected_left_out)
    if not found.options:
        ask = f"No way out of {case} is worked out; say “plan {case}” to have that done."
        return told(
            ask if not ideas else f"There is no way out of {case}.", tables=(rejected,), cites=(f"case:{case}",)
        )
    best = min(found.options, key=lambda one: (one.objective, one.letter))
    rows = [
        (one.id, one.title, one.cost, one.exposure_after, one.lines_recovered, one.promises_moved, one.decide_by)
        for one in found.options
    ]
    return told(
        f"{case} has {count(len(found.options), 'way')} out; by cost and lateness together {best.letter} is the best: "
        f"{best.title}.",
        f"{_costs(best.cost)} and takes what is at risk from {money(best.exposure_before)} to "
        f"{money(best.exposure_after)}; decide by {best.decide_by.isoformat()}.",
        f"{count(ideas, 'idea')} turned out not to be possible." if ideas else "",
        tables=(
            table("Ways out", "option|what|cost|at risk after|on time again|promises moved|decide by", rows),
            rejected,
        ),
        cites=[f"case:{case}", *(f"option:{one.id}" for one in found.options)],
        listed=[one.id for one in found.options],
    )


def _costs(amount: Decimal) -> str:
    return f"It saves {money(-amount)}" if amount < 0 else f"It costs {money(amount)}"


def _rejected(ideas: tuple[RejectedRow, ...], *, left_out: int) -> Table:
    rows = [(one.resolution, one.what, one.reason) for one in ideas]
    return table("Not possible", "kind|what|why", rows, left_out=left_out)


def tell_option(found: OptionShown) -> Told:
    """One way out in full."""
    one = found.option
    costs = [(row.name, row.amount) for row in found.costs]
    rows = [
        (
            line_of(row.order, row.line),
            row.customer,
            row.promised_before,
            row.promised_after,
            row.projected_before,
            row.projected_after,
            row.gained,
        )
        for row in found.changes
    ]
    return told(
        f"{one.id}: {one.title}.",
        f"{_costs(one.cost)} and takes what is at risk from {money(one.exposure_before)} to "
        f"{money(one.exposure_after)}: {count(one.lines_helped, 'line')} gain, {one.lines_hurt} lose, "
        f"{count(one.promises_moved, 'promise')} moved.",
        f"It is of tier T{one.tier} and must be decided by {day(one.decide_by)}.",
        f"To undo it: {found.undo}." if found.undo else "",
        tables=(
            table("What it costs", "part|amount", costs),
            table(
                "What it does to order lines",
                "line|customer|promised|promised then|there|there then|days gained",
                rows,
                left_out=found.changes_left_out,
            ),
        ),
        cites=(f"option:{one.id}", *(f"order:{row.order}" for row in found.changes)),
    )


def tell_stock_elsewhere(found: StockFound, asked: dict[str, object]) -> Told:
    """What other locations can give up."""
    if not found.stock:
        return told("No other location can give anything up.", cites=(f"case:{asked['case']}",))
    soonest = min(found.stock, key=lambda one: (one.arrive_on, one.location))
    rows = [(one.location, one.quantity, one.arrive_on, one.fixed_cost, one.unit_cost) for one in found.stock]
    return told(
        f"{count(len(found.stock), 'other location')} can give units up; the soonest is {soonest.location}: "
        f"{soonest.quantity:,} units there on {soonest.arrive_on.isoformat()}.",
        tables=(table("Stock elsewhere", "location|units|there on|fixed cost|cost a unit", rows),),
        cites=(f"case:{asked['case']}", *(f"location:{one.location}" for one in found.stock)),
        listed=[one.location for one in found.stock],
    )


def tell_quotes(found: QuotesReceived, asked: dict[str, object]) -> Told:
    """What suppliers ask for new units."""
    rows = [
        (one.supplier, one.item, one.quantity, one.unit_price, one.currency, one.lead_time_days, one.valid_until)
        for one in found.quotes
    ]
    first = f"No supplier offers anything for {asked['case']}."
    if found.quotes:
        best = min(found.quotes, key=lambda one: (one.unit_price, one.lead_time_days, one.supplier))
        first = (
            f"{count(len(found.quotes), 'supplier')} offered; the lowest price is {best.supplier}'s: "
            f"{money(best.unit_price, best.currency)} a unit in {count(best.lead_time_days, 'day')}."
        )
    return told(
        first,
        _no_answer(found.refusals, found.unanswered),
        "Nothing is ordered.",
        tables=(table("Offers", "supplier|item|units|price|currency|days|valid until", rows),),
        cites=(f"case:{asked['case']}", *(f"supplier:{one.supplier}" for one in found.quotes)),
        listed=[one.supplier for one in found.quotes],
    )


def tell_expedites(found: ExpeditesReceived, asked: dict[str, object]) -> Told:
    """What suppliers ask for having open orders sooner."""
    rows = [
        (line_of(one.purchase_order, one.line), one.supplier, one.quantity, one.fee, one.currency, one.earliest_date)
        for one in found.expedites
    ]
    first = f"No supplier offers to be sooner for {asked['case']}."
    if found.expedites:
        best = min(found.expedites, key=lambda one: (one.earliest_date, one.fee, one.id))
        first = (
            f"{count(len(found.expedites), 'offer')} to be sooner; the earliest is "
            f"{line_of(best.purchase_order, best.line)} of {best.supplier} on {best.earliest_date.isoformat()} for "
            f"{money(best.fee, best.currency)}."
        )
    return told(
        first,
        _no_answer(found.refusals, found.unanswered),
        "No date is moved.",
        tables=(table("Offers to be sooner", "line|supplier|units|fee|currency|earliest", rows),),
        cites=(f"case:{asked['case']}", *(f"supply:{one.purchase_order}" for one in found.expedites)),
        listed=[line_of(one.purchase_order, one.line) for one in found.expedites],
    )


def _no_answer(refusals: tuple[RefusalRow, ...], silent: tuple[SilentRow, ...]) -> str:
    said = [f"{one.supplier} will not ({one.reason})" for one in refusals]
    said += [f"{one.supplier} gave no usable answer" for one in silent]
    return f"{'; '.join(said)}." if said else ""
