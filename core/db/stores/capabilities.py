"""What models' servers were found to honour."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import CapabilityRow
from core.db.transaction import Transaction
from core.domain.capabilities import Capabilities


@dataclass(frozen=True, slots=True)
class SqlCapabilityStore:
    """The capabilities of this transaction."""

    transaction: Transaction

    def keep(self, server: str, model: str, found: Capabilities) -> None:
        """Keep what was found, in place of what was found before."""
        values = {"found": to_json(Capabilities, found), "probed_by": self.transaction.actor}
        values["probed_at"] = self.transaction.now
        self.transaction.session.execute(
            insert(CapabilityRow)
            .values(server=server, model=model, **values)
            .on_conflict_do_update(index_elements=["server", "model"], set_=values)
        )
        scope = f"model:{server}"
        self.transaction.note(scope=scope, event="model_probed", subject=model, facts={"found": values["found"]})

    def of_server(self, server: str) -> Mapping[str, Capabilities]:
        """What is known of a server, by model."""
        rows = self.transaction.session.scalars(select(CapabilityRow).where(CapabilityRow.server == server))
        return {row.model: from_json(Capabilities, row.found) for row in rows}
