"""The demo's next day: a later pack of the ERP is loaded over the books, and every case that moved is told with why."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from core.demo.fates import Fate, PlantedChange, fates
from core.demo.next_day import NextDay, next_day
from core.domain.cases import ACTIVE_STATES, DetectedCase
from core.domain.feeds import AwaitedEffect, EffectState, FeedReport
from core.domain.ids import CaseId, PurchaseOrderNo
from core.planning.rules import ScanRules
from core.services.checking import check
from core.services.packs.reading import read_pack
from core.services.packs.writing import write_pack
from core.services.reconciling.reconcile import ReconcilePack, reconcile
from core.services.scanning import ScanCommand, scan
from ui.cli.checking import say_results
from ui.cli.demo_stage import APPROVERS, Stage
from ui.cli.loading import feed_table
from ui.cli.printing import console, count, heading, say, table
from ui.cli.workplace import CLI, Workplace

_BY_ITSELF = "of itself: nothing was planted"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMorning:
    """What the next day did to the cases, by fate, each with its case and the cause that was planted, if any."""

    moved: Mapping[Fate, tuple[tuple[CaseId, DetectedCase, PlantedChange | None], ...]]
    effects: tuple[AwaitedEffect, ...]
    report: FeedReport
    sound: bool

    def as_json(self) -> dict[str, object]:
        """The same as JSON values."""
        return {
            "as_of": self.report.as_of,
            "cases": {
                fate.value: [
                    {"id": id_, "title": one.title, "why": why.why if why else None} for id_, one, why in cases
                ]
                for fate, cases in self.moved.items()
            },
            "effects": [
                {"reference": one.reference, "state": one.state.value, "theirs": one.theirs} for one in self.effects
            ],
            "conflicts": [one.subject for one in self.report.conflicts],
        }


def tell_next_morning(scene: Stage) -> NextMorning:
    """A night goes by, the ERP's pack of the next day is loaded, the books are scanned again."""
    heading("The next day: a later pack of the ERP")
    place = scene.place
    with console.status("The next day: the ERP writes its pack, it is loaded, the books are scanned"):
        before, later = _cases(place), _written(place, played=scene.played)
        scene.sleep()
        report = _loaded(place, later)
        with place.application.open_uow(CLI) as uow:
            scan(uow, ScanCommand(rules=ScanRules()))
            effects = tuple(one for one in uow.feeds.effects() if one.proposal is not None)
    after = _cases(place)
    moved = {
        fate: tuple((id_, case, _cause(later, fate, case)) for id_, case in sorted(cases.items()))
        for fate, cases in fates(before, after).items()
    }
    _say(report, effects, before=len(before), after=len(after))
    console.print(_table(moved))
    return NextMorning(moved=moved, effects=effects, report=report, sound=say_sound(place))


def say_sound(place: Workplace) -> bool:
    """Whether every invariant of the books holds."""
    with place.application.open_uow(CLI) as uow:
        results = check(uow)
    broken = tuple(result for result in results if result.broken)
    say_results(broken)
    if not broken:
        say(f"  all {len(results)} invariants of the books hold")
    return not broken


def _written(place: Workplace, *, played: bool) -> NextDay:
    """What the ERP says a day later; what was bought by an approved plan was keyed into it."""
    with place.application.open_uow(CLI) as uow:
        said, ours, made = uow.feeds.remembered(), uow.feeds.books(), uow.feeds.proposals()
    assert said is not None
    keyed = [PurchaseOrderNo(name.partition(":")[2]) for name in made if name.startswith("purchase:")]
    return next_day(said, ours=ours, keyed=keyed, played=played)


def _loaded(place: Workplace, later: NextDay) -> FeedReport:
    with tempfile.TemporaryDirectory(prefix="expediter-day-2-") as folder:
        write_pack(Path(folder), later.company)
        pack = read_pack(Path(folder))
    command = ReconcilePack(key="day 2", company=pack.company, content_hash=pack.content_hash)
    with place.application.open_uow(APPROVERS[0]) as uow:
        return reconcile(uow, command)


def _cases(place: Workplace) -> dict[CaseId, DetectedCase]:
    with place.application.open_uow(CLI) as uow:
        return {case.id: case.detected for case in uow.cases.all() if case.state in ACTIVE_STATES}


def _cause(later: NextDay, fate: Fate, case: DetectedCase) -> PlantedChange | None:
    return next((one for one in later.of(fate) if one.is_of(case)), None)


def _say(report: FeedReport, effects: tuple[AwaitedEffect, ...], *, before: int, after: int) -> None:
    console.print(feed_table(report))
    for conflict in report.conflicts:
        say(f"  conflict: {conflict.subject}: the pack says {conflict.said}, here {conflict.held}; ours stays")
    for effect in effects:
        say(f"  {_stands(effect)}", style="dim")
    others = len(report.awaiting) - sum(one.state is EffectState.AWAITING for one in effects)
    if others > 0:
        say(f"  {count(others, 'thing')} more done by people here: not in the pack yet, and kept", style="dim")
    say(f"{count(before, 'case')} were open before, {after:,} are now.")


def _stands(effect: AwaitedEffect) -> str:
    if effect.state is EffectState.MATCHED:
        there = f" under the number {effect.theirs}" if effect.theirs else ""
        return f"{effect.reference} was done here and is there now{there}: matched, not counted twice"
    return f"{effect.reference} was done here, {effect.state.value} by the ERP: it stays and is not done again"


def _table(moved: Mapping[Fate, tuple[tuple[CaseId, DetectedCase, PlantedChange | None], ...]]) -> Table:
    columns = (("", "code"), ("case", "code"), ("what", "left"), ("why", "left"))
    return table("What became of the cases", columns, _rows(moved))


def _rows(
    moved: Mapping[Fate, tuple[tuple[CaseId, DetectedCase, PlantedChange | None], ...]],
) -> Iterator[tuple[str, ...]]:
    for fate, cases in moved.items():
        for id_, case, cause in cases:
            yield fate.value, id_, f"{case.type.value} {case.title}", cause.why if cause else _BY_ITSELF
