"""The rows: one class a table, known only below core/db."""

from core.db.rows.cases import ApprovalRow, CaseOptionRow, CasePlanRow, CaseRow, DecisionRow, ProposalRow, ScanRow
from core.db.rows.catalogue import (
    CustomerAddressRow,
    CustomerItemRow,
    ItemAlternateRow,
    PriceBreakRow,
    UnitConversionRow,
)
from core.db.rows.commands import CommandRow
from core.db.rows.feeds import AwaitedEffectRow, FeedConflictRow, FeedRow
from core.db.rows.freight import CarrierRow, FreightRateRow, TariffRuleRow
from core.db.rows.making import CalendarRow, DowntimeRow, OperationAlternateRow, OperationRow, WorkCenterRow
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
from core.db.rows.order_life import (
    AmendmentRow,
    OrderTimelineRow,
    OrderTransitionRow,
    OrderVersionRow,
    RecurringOrderRow,
    ScheduleLineRow,
)
from core.db.rows.orders import (
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    SalesOrderLineRow,
    SalesOrderRow,
    TransferOrderRow,
    WorkOrderRow,
)
from core.db.rows.promises import PromiseQuoteRow, PromiseRecordRow
from core.db.rows.records import (
    AuditHeadRow,
    AuditRow,
    EffectRow,
    OutboxRow,
    UserRow,
)
from core.db.rows.root import Row
from core.db.rows.stock import ReservationRow, StockBalanceRow, StockMoveRow
from core.db.rows.tasks import HumanTaskRow

__all__ = [
    "AmendmentRow",
    "ApprovalRow",
    "AuditHeadRow",
    "AuditRow",
    "AwaitedEffectRow",
    "BomComponentRow",
    "CalendarRow",
    "CarrierRow",
    "CaseOptionRow",
    "CasePlanRow",
    "CaseRow",
    "CommandRow",
    "CustomerAddressRow",
    "CustomerItemRow",
    "CustomerRow",
    "DecisionRow",
    "DowntimeRow",
    "EffectRow",
    "FeedConflictRow",
    "FeedRow",
    "FreightRateRow",
    "HumanTaskRow",
    "ItemAlternateRow",
    "ItemRow",
    "LaneRow",
    "LocationRow",
    "OperationAlternateRow",
    "OperationRow",
    "OrderTimelineRow",
    "OrderTransitionRow",
    "OrderVersionRow",
    "OutboxRow",
    "PriceBreakRow",
    "PromiseQuoteRow",
    "PromiseRecordRow",
    "ProposalRow",
    "PurchaseOrderLineRow",
    "PurchaseOrderRow",
    "RecurringOrderRow",
    "ReservationRow",
    "Row",
    "SalesOrderLineRow",
    "SalesOrderRow",
    "ScanRow",
    "ScheduleLineRow",
    "SettingsRow",
    "StockBalanceRow",
    "StockMoveRow",
    "SupplierItemRow",
    "SupplierRow",
    "TariffRuleRow",
    "TransferOrderRow",
    "UnitConversionRow",
    "UserRow",
    "WorkCenterRow",
    "WorkOrderRow",
]
