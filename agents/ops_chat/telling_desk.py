"""Answers about the desk itself: key figures, what waits for people, tasks, scans, what-ifs and new proposals."""

from agents.ops_chat.told import Told, count, line_of, minute, money, table, told
from core.domain.negotiating.mandates import Channel
from tools.business import KpiRow, KpisShown, ProposalList, ProposalRow, ProposalShown, ScanShown, TaskList
from tools.changing import ChangeProposed
from tools.drafting import OrderDrafted
from tools.inquiring import LetterProposed
from tools.negotiating import NegotiationProposed
from tools.proposing import Proposed
from tools.what_if import ScenarioTold


def tell_figures(found: KpisShown) -> Told:
    """Key figures of a period."""
    rows = [(one.title, one.of or None, _value(one), one.goal) for one in found.kpis]
    means = "; ".join(f"{one.name}: {one.says}" for one in found.definitions[:3])
    period = f"from {found.first.isoformat()} to {found.last.isoformat()}"
    counted = [one for one in found.kpis if one.value is not None]
    said = ", ".join(f"{one.title}{f' of {one.of}' if one.of else ''} {_value(one)}" for one in counted[:3])
    return told(
        f"{said}, {period}." if said else f"Nothing could be counted {period}.",
        f"{means}." if means else "",
        tables=(table("Key figures", "figure|of|value|goal", rows, left_out=found.left_out),),
    )


def _value(one: KpiRow) -> str:
    return "not known" if one.value is None else f"{one.value:,f} {one.unit}".strip()


def tell_proposals(found: ProposalList, asked: dict[str, object]) -> Told:
    """What was put before people."""
    number = len(found.proposals) + found.left_out
    state = str(asked.get("state") or "pending")
    what = "waits for a decision" if state == "pending" else f"is {state}"
    if not number:
        return told(f"Nothing {what}.")
    first = found.proposals[0]
    many = what if number == 1 else what.replace("waits", "wait", 1).replace("is ", "are ", 1)
    return told(
        f"{count(number, 'proposal')} {many}.",
        f"The first to run out is {first.approval} of {first.case}, on {minute(first.expires_at)}; "
        f"it commits {money(first.money)}.",
        tables=(
            table(
                "Proposals",
                "approval|case|state|commits|still needed|by whom|until",
                [_proposal(one) for one in found.proposals],
                left_out=found.left_out,
            ),
        ),
        cites=[f"approval:{one.approval}" for one in found.proposals],
        listed=[one.approval for one in found.proposals],
    )


def _proposal(one: ProposalRow) -> tuple[object, ...]:
    needed = max(0, one.approvals_needed - one.approved_by)
    return (one.approval, one.case, one.state, one.money, needed, " or ".join(one.roles), one.expires_at)


def tell_proposal(found: ProposalShown) -> Told:
    """One proposal in full."""
    one = found.proposal
    rows = [(said.user, said.role, said.decision, said.at) for said in found.decisions]
    return told(
        f"{one.approval} of {one.case} is {one.state}: it commits {money(one.money)} and needs "
        f"{count(one.approvals_needed, 'person', 'people')} ({' or '.join(one.roles)}), by {minute(one.expires_at)}.",
        f"What would be done: {' '.join(found.sentences)}" if found.sentences else "",
        f"{count(found.actions_left_out, 'more action')} left out." if found.actions_left_out else "",
        f"People decide: `expediter approve {one.approval}`." if one.state == "pending" else "",
        tables=(table("Decisions", "who|role|decision|when", rows),),
        cites=(f"approval:{one.approval}", f"case:{one.case}", f"option:{found.option}"),
    )


def tell_tasks(found: TaskList, asked: dict[str, object]) -> Told:
    """Tasks only people can settle."""
    number = len(found.tasks) + found.left_out
    kind = "overdue" if asked.get("overdue_only") else "open"
    if not number:
        return told(f"No task is {kind}.")
    late = sum(1 for one in found.tasks if one.overdue)
    rows = [(one.subject, one.text, one.role, one.due, one.overdue) for one in found.tasks]
    overdue = f", {late} of those shown overdue" if kind == "open" and late else ""
    return told(
        f"{count(number, 'task')} {'is' if number == 1 else 'are'} {kind}{overdue}.",
        tables=(table("Tasks", "about|what|for|due|overdue", rows, left_out=found.left_out),),
        cites=[one.about for one in found.tasks if one.about],
    )


def tell_scan(found: ScanShown) -> Told:
    """The last scan."""
    number = sum(one.open for one in found.open_cases)
    rows = [(one.type, one.open) for one in found.open_cases]
    return told(
        f"The last scan was for {found.as_of.isoformat()}, at {minute(found.at)}; {count(number, 'case')} "
        f"{'is' if number == 1 else 'are'} open.",
        tables=(table("Open cases", "type|open", rows),),
    )


def tell_scenario(found: ScenarioTold) -> Told:
    """What would happen, as the difference to what stands."""
    before, after = found.before, found.after
    number = len(found.lines) + found.lines_left_out
    totals = [
        ("late lines", before.late, after.late, after.late - before.late),
        ("uncovered lines", before.uncovered, after.uncovered, after.uncovered - before.uncovered),
        ("at risk", before.exposure, after.exposure, after.exposure - before.exposure),
    ]
    lines = [(line_of(one.order, one.line), one.customer, one.before, one.after, one.exposure) for one in found.lines]
    assumed = " and ".join(found.assumed)
    first = f"If {assumed}: " if assumed else ""
    went = (
        _went("late order lines", str(before.late), str(after.late)),
        _went("lines that nothing covers", str(before.uncovered), str(after.uncovered)),
        _went("what is at risk", money(before.exposure), money(after.exposure)),
    )
    moved = f"{', '.join(went)}." if number or before != after else "every promise would stand as it does."
    worst = found.lines[0] if found.lines else None
    return told(
        first + moved if first else moved[:1].upper() + moved[1:],
        f"{count(number, 'order line')} would stand otherwise." if number else "",
        f"Worst: {line_of(worst.order, worst.line)} of {worst.customer}, {worst.before}; then {worst.after}."
        if worst
        else "",
        f"Supply and plans would cost {money(found.cost)} more." if found.cost else "",
        "Nothing was kept.",
        tables=(
            table("The book", "what|before|after|difference", totals),
            table("Order lines", "line|customer|before|after|more at risk", lines, left_out=found.lines_left_out),
        ),
        cites=[f"order:{one.order}" for one in found.lines],
        listed=[line_of(one.order, one.line) for one in found.lines],
    )


def _went(what: str, before: str, after: str) -> str:
    return f"{what} would stay at {before}" if before == after else f"{what} would go from {before} to {after}"


def tell_proposed(found: Proposed) -> Told:
    """What now waits for people."""
    return told(
        f"{found.summary[:1].upper()}{found.summary[1:]}.",
        f"What would be done: {found.what}.",
        f"Nothing has happened yet; it runs out on {minute(found.expires_at)}.",
        cites=(f"approval:{found.approval}", f"case:{found.case}", f"option:{found.option}"),
        listed=(found.approval,),
    )


def tell_letter(found: LetterProposed) -> Told:
    """A letter to a supplier that waits for a person."""
    return told(
        f"{found.summary[:1].upper()}{found.summary[1:]}.",
        f"It asks for {found.quantity:,} of {found.item} by {found.needed_by.isoformat()}, in the supplier's language"
        f" ({found.language}).",
        f"It runs out on {minute(found.expires_at)}.",
        cites=(f"approval:{found.approval}", f"case:{found.case}", f"inquiry:{found.inquiry}"),
        listed=(found.approval,),
    )


def tell_negotiation(found: NegotiationProposed) -> Told:
    """A mandate to bargain that waits for a person; its prices are shown to who decides."""
    how = "by letter, each approved by itself" if found.by is Channel.LETTER else "over the supplier's interface"
    return told(
        f"{found.summary[:1].upper()}{found.summary[1:]}.",
        f"It is about {found.quantity:,} of {found.item} by {found.needed_by.isoformat()}: at most"
        f" {count(found.most_rounds, 'offer')} {how}, until {found.until.isoformat()}.",
        f"What may be offered is shown to who decides; it runs out on {minute(found.expires_at)}.",
        cites=(f"approval:{found.approval}", f"case:{found.case}"),
        listed=(found.approval,),
    )


def tell_change(found: ChangeProposed) -> Told:
    """A change request that waits."""
    frozen = f"It is inside the frozen days, up to {found.frozen_until.isoformat()}." if found.frozen_until else ""
    return told(
        f"{found.summary[:1].upper()}{found.summary[1:]}.",
        f"What it would do: {'; '.join(found.would)}." if found.would else "",
        frozen,
        "The order is as it was.",
        f"It runs out on {minute(found.expires_at)}." if found.expires_at else "",
        cites=(
            *([f"approval:{found.approval}"] if found.approval else []),
            f"case:{found.case}",
            f"order:{found.order}",
            f"signal:{found.signal}",
        ),
        listed=[found.approval] if found.approval else (),
    )


def tell_drafted(found: OrderDrafted) -> Told:
    """A draft order that waits."""
    rows = [(one.line, one.item, one.units, one.requested, one.price, one.day, one.level) for one in found.lines]
    asks = [(one.line, one.about, one.why, ", ".join(one.choices)) for one in found.questions]
    number = len(found.questions) + found.questions_left_out
    orders = f"{found.commands} of its sentences tried to command; they were not followed." if found.commands else ""
    return told(
        f"{found.summary[:1].upper()}{found.summary[1:]}.",
        f"{count(number, 'thing')} must be asked first." if number else "",
        orders,
        f"It repeats {found.repeats}." if found.repeats else "",
        "Nothing is ordered.",
        tables=(
            table("Lines", "line|item|units|wanted|price|we can deliver|sure", rows, left_out=found.lines_left_out),
            table("To be asked", "line|about|why|choices", asks, left_out=found.questions_left_out),
        ),
        cites=(f"draft:{found.draft}", *([f"customer:{found.customer}"] if found.customer else [])),
        listed=(found.draft,),
    )
