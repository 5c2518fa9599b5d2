"""What to do first about each case."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import CaseTriageRow
from core.db.stores.case_numbers import case_id, case_number
from core.db.transaction import Transaction
from core.domain.ids import CaseId, UserName
from core.domain.triage import Triage, Verdict


def save_triage(transaction: Transaction, triage: Triage) -> None:
    """Keep it in place of what was said of the case before."""
    values = {
        "verdict": triage.verdict.value,
        "reasons": list(triage.reasons),
        "into_id": case_number(triage.into) if triage.into else None,
        "said_by": triage.by,
        "said_at": transaction.now,
    }
    statement = insert(CaseTriageRow).values(case_id=case_number(triage.case), **values)
    transaction.session.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))
    facts = {"verdict": triage.verdict.value, "reasons": list(triage.reasons), "by": triage.by or ""}
    transaction.note(scope=f"case:{triage.case}", event="case_triaged", subject=triage.case, facts=facts)


def read_triages(transaction: Transaction) -> Mapping[CaseId, Triage]:
    """What was said of each case."""
    rows = transaction.session.scalars(
        select(CaseTriageRow).order_by(CaseTriageRow.case_id).execution_options(populate_existing=True)
    )
    return {case_id(row.case_id): _triage(row) for row in rows}


def _triage(row: CaseTriageRow) -> Triage:
    return Triage(
        case=case_id(row.case_id),
        verdict=Verdict(row.verdict),
        reasons=tuple(row.reasons),
        into=case_id(row.into_id) if row.into_id is not None else None,
        by=UserName(row.said_by) if row.said_by else None,
    )
