"""What commands show: cases, options, plans and packs, as tables and plain sentences."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rich.table import Table

from core.domain.cases import Case, LineImpact
from core.domain.ids import CaseId
from core.domain.options import LineChange, Option
from core.domain.triage import Triage
from core.services.packs.gaps import Severity
from core.services.packs.reading import PackReading
from core.services.scanning import Figure
from ui.cli.printing import console, count, day, heading, money, say, table

_SHOWN = 12
_GAPS_SHOWN = 20


def print_pack(reading: PackReading | None) -> None:
    """Which mapping was used, what was assumed, and what was found wanting."""
    if reading is None:
        return
    say(f"Pack {reading.company.settings.name}: read with mapping {reading.mapping_name!r}.")
    for sentence in reading.company.settings.assumptions:
        say(f"  assumed: {sentence}", style="dim")
    gaps = sorted(reading.gaps, key=lambda gap: gap.severity is not Severity.ERROR)
    for gap in gaps[:_GAPS_SHOWN]:
        style = "yellow" if gap.severity is Severity.ERROR else "dim"
        say(f"  {'set aside' if gap.severity is Severity.ERROR else 'noted'}: {gap}", style=style)
    if len(gaps) > _GAPS_SHOWN:
        say(f"  and {len(gaps) - _GAPS_SHOWN} more; --json lists them", style="dim")


def pack_json(reading: PackReading | None) -> dict[str, object] | None:
    """The same as JSON values."""
    if reading is None:
        return None
    return {
        "company": reading.company.settings.name,
        "mapping": reading.mapping_name,
        "assumptions": list(reading.company.settings.assumptions),
        "gaps": [str(gap) for gap in reading.gaps],
        "content_hash": reading.content_hash,
    }


def figure_table(figures: Iterable[Figure]) -> Table:
    """Figures by name."""
    rows = [(f.name.replace("_", " "), f"{f.value:,}", f.unit, f.goal or "") for f in figures]
    return table("Figures", (("figure", "left"), ("value", "right"), ("unit", "left"), ("goal", "left")), rows)


def case_table(
    cases: Sequence[Case], *, all_of_them: bool = False, triages: Mapping[CaseId, Triage] | None = None
) -> Table:
    """The queue, most urgent first; by default its head. With `triages` it says what to do first about each case."""
    shown = len(cases) if all_of_them else _SHOWN
    first = () if triages is None else (("first", "code"),)
    columns = (
        ("case", "code"),
        *first,
        ("what", "left"),
        ("lines", "right"),
        ("at risk", "right"),
        ("needed by", "code"),
    )
    rows = [
        (
            case.id,
            *(() if triages is None else (verdict_words(triages.get(case.id)),)),
            f"{case.detected.type.value} {case.detected.title}",
            len(case.detected.impacts),
            money(case.detected.exposure),
            day(case.deadline or case.detected.needed_by),
        )
        for case in cases[:shown]
    ]
    more = f" (the {shown} most urgent of {len(cases)})" if len(cases) > shown else ""
    return table(f"Open cases{more}", columns, rows)


def verdict_words(triage: Triage | None) -> str:
    """`act now`, `merge CASE-3`; a dash where nothing was said yet."""
    if triage is None:
        return "-"
    return f"{triage.verdict} {triage.into}" if triage.into else triage.verdict.value


def closed_table(cases: Sequence[Case]) -> Table:
    """The cases that are over, each with how it ended."""
    rows = [(case.id, f"{case.detected.type.value} {case.detected.title}", case.state) for case in cases]
    return table("Closed cases", (("case", "code"), ("what", "left"), ("state", "code")), rows)


def print_case(case: Case, currency: str) -> None:
    """What happened, whom it hurts, and why."""
    found = case.detected
    heading(f"{case.id}  {found.title}")
    say(
        f"State {case.state}; {money(found.exposure, currency)} at risk on {count(len(found.impacts), 'order line')};"
        f" needed by {found.needed_by}."
    )
    if found.impacts:
        worst = max(found.impacts, key=lambda impact: (impact.exposure, impact.order, impact.line))
        say(f"Why, for the line most at risk, {worst.order}/{worst.line}:")
        for step in worst.why:
            say(f"  - {step.text}")
    for fix in found.fixes:
        say(f"What would fix it: {fix}")


def impact_table(impacts: Sequence[LineImpact]) -> Table:
    """The lines a case hurts, worst first."""
    ordered = sorted(impacts, key=lambda impact: (-impact.exposure, impact.order, impact.line))
    columns = (
        ("order line", "code"),
        ("customer", "left"),
        ("item", "left"),
        ("units", "right"),
        ("promised", "code"),
        ("projected", "code"),
        ("at risk", "right"),
    )
    rows = [
        (
            f"{i.order}/{i.line}",
            i.customer,
            i.item,
            f"{i.quantity:,}",
            day(i.due),
            _there(i.short, i.projected),
            money(i.exposure),
        )
        for i in ordered[:_SHOWN]
    ]
    more = f" (the {_SHOWN} worst of {len(impacts)})" if len(impacts) > _SHOWN else ""
    return table(f"Order lines hurt{more}", columns, rows)


def _there(short: int, projected: date | None) -> str:
    """When a line has all its units. Of units nobody supplies it is the day on which they could be there if they were
    ordered today, where that is known."""
    if not short:
        return day(projected)
    return f"{short:,} uncovered" if projected is None else f"{short:,} not before {projected:%m-%d}"


def _gained(change: LineChange) -> str:
    """The days gained or lost, where there is a day on both sides: supply that was missing is no number of days."""
    if bool(change.short_before) != bool(change.short_after):
        return "covered" if change.short_before else "lost"
    return f"{change.gained:+d}" if change.gained else ""


def print_options(options: Sequence[Option]) -> None:
    """The options: what each does, then their figures side by side."""
    say("Ways out:", style="bold")
    for option in options:
        say(f"  {option.letter}  {option.title}")
    columns = (
        ("", "code"),
        ("cost", "right"),
        ("lines saved", "right"),
        ("hurt", "right"),
        ("dates moved", "right"),
        ("at risk after", "right"),
        ("decide by", "code"),
        ("people", "right"),
    )
    rows = [
        (
            option.letter,
            money(option.total_cost),
            option.lines_recovered,
            option.lines_hurt,
            option.promises_moved,
            money(option.exposure_after),
            day(option.deadline),
            2 if option.tier >= 4 else 1,
        )
        for option in options
    ]
    console.print(table("Side by side", columns, rows))
    _print_odds(options)


def _print_odds(options: Sequence[Option]) -> None:
    """How sure each is, and what it comes to, lateness included: as planned, over all scenarios and in the worst of
    them, with its place among the options."""
    rows = [
        (
            option.letter,
            f"{option.odds.holds}%",
            money(option.objective),
            f"{money(option.odds.expected)} ({option.odds.expected_rank})",
            f"{money(option.odds.worst)} ({option.odds.worst_rank})",
        )
        for option in options
        if option.odds is not None
    ]
    columns = (("", "code"), ("holds", "right"), ("as planned", "right"), ("likely", "right"), ("bad case", "right"))
    if rows:
        console.print(table("If suppliers are late as they usually are", columns, rows))


def change_table(changes: Sequence[LineChange]) -> Table:
    """Before and after, by order line."""
    columns = (
        ("order line", "code"),
        ("customer", "left"),
        ("promised", "code"),
        ("before", "code"),
        ("after", "code"),
        ("days", "right"),
    )
    rows = [
        (
            f"{c.order}/{c.line}",
            c.customer,
            day(c.due_before) if c.due_before == c.due_after else f"{c.due_before} > {c.due_after:%m-%d}",
            _there(c.short_before, c.projected_before),
            _there(c.short_after, c.projected_after),
            _gained(c),
        )
        for c in changes[:_SHOWN]
    ]
    more = f" ({_SHOWN} of {len(changes)} lines)" if len(changes) > _SHOWN else ""
    return table(f"When the goods are there, before and after{more}", columns, rows)
