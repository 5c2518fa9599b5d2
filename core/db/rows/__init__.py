"""The rows: one class a table, known only below core/db."""

from core.db.rows.cases import ApprovalRow, CaseOptionRow, CasePlanRow, CaseRow, DecisionRow, ProposalRow, ScanRow
from core.db.rows.master import (
    BomComponentRow,
    CustomerRow,
    ItemRow,
    LaneRow,
    LocationRow,
    SettingsRow,
    SupplierItemRow,
    SupplierRow,
)
from core.db.rows.orders import (
    PromiseRecordRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    SalesOrderLineRow,
    SalesOrderRow,
    TransferOrderRow,
    WorkOrderRow,
)
from core.db.rows.records import (
    AuditHeadRow,
    AuditRow,
    EffectRow,
    HumanTaskRow,
    OutboxRow,
    UserRow,
)
from core.db.rows.root import Row
from core.db.rows.stock import ReservationRow, StockBalanceRow, StockMoveRow

__all__ = [
    "ApprovalRow",
    "AuditHeadRow",
    "AuditRow",
    "BomComponentRow",
    "CaseOptionRow",
    "CasePlanRow",
    "CaseRow",
    "CustomerRow",
    "DecisionRow",
    "EffectRow",
    "HumanTaskRow",
    "ItemRow",
    "LaneRow",
    "LocationRow",
    "OutboxRow",
    "PromiseRecordRow",
    "ProposalRow",
    "PurchaseOrderLineRow",
    "PurchaseOrderRow",
    "ReservationRow",
    "Row",
    "SalesOrderLineRow",
    "SalesOrderRow",
    "ScanRow",
    "SettingsRow",
    "StockBalanceRow",
    "StockMoveRow",
    "SupplierItemRow",
    "SupplierRow",
    "TransferOrderRow",
    "UserRow",
    "WorkOrderRow",
]
