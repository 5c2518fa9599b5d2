-- Shipments, picking, packing, tracking, proof of delivery.
SELECT 1;
