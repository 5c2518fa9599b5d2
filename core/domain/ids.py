"""Identifiers: one name for each kind of code, so that an order number is never taken for an item."""

from typing import NewType

ItemCode = NewType("ItemCode", str)
LocationCode = NewType("LocationCode", str)
SupplierCode = NewType("SupplierCode", str)
CustomerCode = NewType("CustomerCode", str)
CarrierCode = NewType("CarrierCode", str)
CalendarCode = NewType("CalendarCode", str)
WorkCenterCode = NewType("WorkCenterCode", str)
LotCode = NewType("LotCode", str)
SerialNo = NewType("SerialNo", str)
OrderNo = NewType("OrderNo", str)
PurchaseOrderNo = NewType("PurchaseOrderNo", str)
WorkOrderNo = NewType("WorkOrderNo", str)
TransferOrderNo = NewType("TransferOrderNo", str)
CaseId = NewType("CaseId", str)
OptionId = NewType("OptionId", str)
ProposalId = NewType("ProposalId", str)
ApprovalId = NewType("ApprovalId", str)
UserName = NewType("UserName", str)
RunId = NewType("RunId", str)
InquiryId = NewType("InquiryId", str)
