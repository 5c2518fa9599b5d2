"""Cases, the evidence and options of their planning, and the log of scans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json, to_text
from core.db.rows import CaseOptionRow, CasePlanRow, CaseRow, ScanRow
from core.db.stores.case_comments import add_comment, read_comments
from core.db.stores.case_numbers import case_id, case_number
from core.db.stores.case_sets import digest_of, open_cases, read_heads, refresh_cases
from core.db.stores.triages import read_triages, save_triage
from core.db.transaction import Transaction
from core.domain.cases import Case, CaseHead, CaseState, DetectedCase, may_become
from core.domain.comments import CaseComment
from core.domain.errors import ConflictError
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId, OptionId, UserName
from core.domain.options import Option, RejectedIdea
from core.domain.plan_text import decode_plan, encode_plan
from core.domain.reserve_price import ReservePrice
from core.domain.triage import Triage

_REJECTED = tuple[RejectedIdea, ...]


@dataclass(frozen=True, slots=True)
class SqlCaseStore:
    """Cases of this transaction."""

    transaction: Transaction

    def get(self, case: CaseId) -> Case:
        """A case by id."""
        return _case(self._row(case))

    def all(self) -> tuple[Case, ...]:
        """Every case ever opened, by number."""
        return tuple(_case(row) for row in self.transaction.session.scalars(select(CaseRow).order_by(CaseRow.id)))

    def heads(self) -> Mapping[str, CaseHead]:
        """Every case ever opened, by key, without what was detected; in order of number."""
        return read_heads(self.transaction)

    def open_all(self, detected: Sequence[DetectedCase], *, on: date) -> tuple[CaseId, ...]:
        """New cases for root causes seen for the first time, numbered in this order."""
        return open_cases(self.transaction, detected, on=on)

    def refresh_all(self, detected: Sequence[tuple[CaseHead, DetectedCase]]) -> tuple[CaseId, ...]:
        """Store what the newest scan says of these cases; the ids of those of which it says something new."""
        return refresh_cases(self.transaction, detected)

    def open(self, detected: DetectedCase, *, on: date, deadline: date | None) -> Case:
        """A new case for a root cause seen for the first time."""
        stored = to_json(DetectedCase, detected)
        row = CaseRow(
            key=detected.key,
            state=CaseState.OPEN.value,
            exposure=detected.exposure,
            deadline=deadline,
            planning_round=0,
            opened_on=on,
            owner=None,
            snoozed_until=None,
            digest=digest_of(to_text(DetectedCase, detected)),
            detected=stored,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self._note(case_id(row.id), "case_opened", {"key": detected.key, "exposure": detected.exposure})
        return _case(row)

    def refresh(self, case: CaseId, detected: DetectedCase, *, deadline: date | None) -> bool:
        """Store what the newest scan says; False, and nothing written, when it says the same as before."""
        row = self._row(case, lock=True)
        stored = to_json(DetectedCase, detected)
        digest = digest_of(to_text(DetectedCase, detected))
        if digest == row.digest and deadline == row.deadline:
            return False
        row.detected, row.digest, row.exposure, row.deadline = stored, digest, detected.exposure, deadline
        self._note(case, "case_refreshed", {"exposure": detected.exposure, "lines": len(detected.impacts)})
        return True

    def move(self, case: CaseId, *, to: CaseState) -> None:
        """Take the case to another state; ConflictError when its life does not allow the step."""
        self._step(case, to, until=None)

    def _step(self, case: CaseId, to: CaseState, *, until: date | None) -> None:
        assert (to is CaseState.SNOOZED) == (until is not None), "a case is put aside by `snooze`, until a day"
        row = self._row(case, lock=True)
        old = CaseState(row.state)
        if old is to and row.snoozed_until == until:
            return
        if old is not to and not may_become(old, to):
            raise ConflictError(f"case {case} is {old}; it cannot become {to}", case=case, state=old.value)
        row.state, row.snoozed_until = to.value, until
        self._note(case, "case_moved", {"from": old.value, "to": to.value})

    def take(self, case: CaseId, owner: UserName) -> None:
        """Somebody takes the case up: it is theirs and no longer waits to be looked at."""
        row = self._row(case, lock=True)
        if CaseState(row.state) not in {CaseState.TRIAGED, CaseState.PROPOSED}:
            self.move(case, to=CaseState.TRIAGED)
        row.owner = owner
        self._note(case, "case_taken", {"owner": owner})

    def snooze(self, case: CaseId, *, until: date, why: str) -> None:
        """Put the case aside until a day."""
        self._step(case, CaseState.SNOOZED, until=until)
        self._note(case, "case_snoozed", {"until": until, "why": why})

    def hold(self, case: CaseId) -> Case:
        """A case that nobody else plans, proposes or crafts for until the transaction ends."""
        return _case(self._row(case, lock=True))

    def keep_triage(self, triage: Triage) -> None:
        """Keep what to do first about a case, in place of what was said before."""
        save_triage(self.transaction, triage)

    def triages(self) -> Mapping[CaseId, Triage]:
        """What was said of each case, by number."""
        return read_triages(self.transaction)

    def comment(self, comment: CaseComment) -> None:
        """Keep what somebody said about a case."""
        add_comment(self.transaction, comment)

    def comments(self, case: CaseId) -> tuple[CaseComment, ...]:
        """What was said about a case, the first first."""
        return read_comments(self.transaction, case)

    def start_round(self, case: CaseId) -> int:
        """Begin a planning round: its number keeps option and order numbers apart from those of earlier rounds."""
        row = self._row(case, lock=True)
        row.planning_round += 1
        self.transaction.session.flush()
        return row.planning_round

    def save_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        """Keep the evidence the next planning rests on, in place of what was there."""
        self._keep(case, evidence)
        self._note(case, "evidence_gathered", {"ids": list(evidence.ids)})

    def save_reserve(self, case: CaseId, reserve: ReservePrice | None) -> None:
        """Keep what a unit more is worth to a case, in place of what was there."""
        kept = self.evidence(case)
        if kept.reserve != reserve:
            self._keep(case, replace(kept, reserve=reserve))
            facts = {"worth": str(reserve.worth), "units": reserve.units} if reserve else {}
            self._note(case, "reserve_price_kept", facts)

    def _keep(self, case: CaseId, evidence: CaseEvidence) -> None:
        stored = to_json(CaseEvidence, evidence)
        statement = insert(CasePlanRow).values(case_id=case_number(case), evidence=stored, rejected=[])
        self.transaction.session.execute(
            statement.on_conflict_do_update(index_elements=["case_id"], set_={"evidence": stored})
        )

    def evidence(self, case: CaseId) -> CaseEvidence:
        """The evidence gathered for a case; empty when none was."""
        row = self._plan(case)
        return from_json(CaseEvidence, row.evidence) if row else CaseEvidence()

    def save_options(
        self, case: CaseId, options: Sequence[Option], rejected: Sequence[RejectedIdea], *, deadline: date | None
    ) -> None:
        """Keep the options of the case's current planning round, and the ideas that are not possible."""
        row = self._row(case, lock=True)
        row.deadline = deadline
        for option in options:
            self._add(row, option)
        stored = to_json(_REJECTED, tuple(rejected))
        statement = insert(CasePlanRow).values(
            case_id=row.id, evidence=to_json(CaseEvidence, CaseEvidence()), rejected=stored
        )
        self.transaction.session.execute(
            statement.on_conflict_do_update(index_elements=["case_id"], set_={"rejected": stored})
        )
        self._note(case, "options_planned", {"options": [option.id for option in options]})

    def add_option(self, case: CaseId, option: Option) -> None:
        """One more option of the case's current planning round, as somebody wanted it."""
        self._add(self._row(case, lock=True), option)
        self.transaction.session.flush()
        self._note(case, "option_crafted", {"option": option.id, "basis": option.basis or ""})

    def _add(self, row: CaseRow, option: Option) -> None:
        stored = _stored(option)
        self.transaction.session.add(
            CaseOptionRow(id=option.id, case_id=row.id, planning_round=row.planning_round, option=stored)
        )

    def options(self, case: CaseId) -> tuple[Option, ...]:
        """The options of the case's last planning round, by letter."""
        row = self._row(case)
        query = (
            select(CaseOptionRow.option)
            .where(CaseOptionRow.case_id == row.id, CaseOptionRow.planning_round == row.planning_round)
            .order_by(CaseOptionRow.id.collate("C"))
        )
        return tuple(option_of(stored) for stored in self.transaction.session.scalars(query))

    def rejected(self, case: CaseId) -> tuple[RejectedIdea, ...]:
        """The ideas of the last planning that are not possible, with reasons."""
        row = self._plan(case)
        return from_json(_REJECTED, row.rejected) if row else ()

    def option(self, option: OptionId) -> Option:
        """An option by id."""
        row = self.transaction.one(CaseOptionRow, CaseOptionRow.id == option, what=f"option {option!r}")
        return option_of(row.option)

    def record_scan(self, *, as_of: date, rules: Mapping[str, str | bool | None], figures: Mapping[str, object]) -> int:
        """Log a scan; its number."""
        row = ScanRow(as_of=as_of, rules=dict(rules), figures=dict(figures), recorded_at=self.transaction.now)
        self.transaction.session.add(row)
        self.transaction.session.flush()
        return row.id

    def last_scan(self) -> tuple[date, Mapping[str, str | bool | None], datetime] | None:
        """The business date, rules and time of the last scan."""
        row = self.transaction.session.scalars(select(ScanRow).order_by(ScanRow.id.desc()).limit(1)).one_or_none()
        return (row.as_of, row.rules, row.recorded_at) if row else None

    def _row(self, case: CaseId, *, lock: bool = False) -> CaseRow:
        return self.transaction.one(CaseRow, CaseRow.id == case_number(case), what=f"case {case!r}", lock=lock)

    def _plan(self, case: CaseId) -> CasePlanRow | None:
        query = select(CasePlanRow).where(CasePlanRow.case_id == case_number(case))
        return self.transaction.session.scalars(query.execution_options(populate_existing=True)).one_or_none()

    def _note(self, case: CaseId, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"case:{case}", event=event, subject=case, facts=facts)


def _case(row: CaseRow) -> Case:
    return Case(
        id=case_id(row.id),
        state=CaseState(row.state),
        detected=from_json(DetectedCase, row.detected),
        deadline=row.deadline,
        planning_round=row.planning_round,
        opened_on=row.opened_on,
        owner=UserName(row.owner) if row.owner else None,
        snoozed_until=row.snoozed_until,
    )


def _stored(option: Option) -> dict[str, Any]:
    """The option as JSON, its actions with their kinds: two kinds can have the same fields."""
    return {**to_json(Option, option), "plan": encode_plan(option.plan)}


def option_of(stored: dict[str, Any]) -> Option:
    """The option that was stored."""
    if any("kind" not in action for action in stored["plan"]["actions"]):
        return from_json(Option, stored)  # of a planning round kept before the kinds were
    return from_json(Option, {**stored, "plan": decode_plan(stored["plan"])})
