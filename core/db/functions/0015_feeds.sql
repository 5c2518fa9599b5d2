-- Later packs reconciled by business key; effects awaiting the ERP.
SELECT 1;
