DROP TABLE shipped_serials, packed_lines, tracking_events, shipment_lines, pick_shortfalls, packages,
    node_rejections, delivery_proofs, sourcing_decisions, shipments, pick_lists, node_days, bins;
DROP FUNCTION guard_shipment, shipment_may_become;
