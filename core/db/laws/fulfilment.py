"""Laws of fulfilment and returns: what shipments and returns say is what the ledger, the reservations and lines say."""

LEDGER = """
    WITH said AS (
        SELECT s.number, sum(x.picked) AS units FROM shipments s JOIN shipment_lines x ON x.shipment_id = s.id
        WHERE s.state IN ('shipped', 'delivered', 'lost') GROUP BY s.number
        UNION ALL
        SELECT r.number, sum(x.received) FROM returns r JOIN return_lines x ON x.return_id = r.id GROUP BY r.number),
    moved AS (
        SELECT m.reference, sum(m.quantity) AS units
        FROM stock_moves m JOIN locations f ON f.id = m.origin_id JOIN locations t ON t.id = m.destination_id
        WHERE '(customer)' IN (f.code, t.code) GROUP BY m.reference)
    SELECT format('%s: %s units went or came, in the ledger %s', s.number, s.units, COALESCE(m.units, 0))
    FROM said s LEFT JOIN moved m ON m.reference = s.number WHERE s.units <> COALESCE(m.units, 0) ORDER BY 1"""

CLAIMS = """
    SELECT format('shipment %s/%s is %s with %s units, reserved for it are %s', s.number, x.position, s.state, x.units,
                  COALESCE(r.units, 0))
    FROM (SELECT s.id, x.position, CASE WHEN s.state = 'released' THEN x.quantity
                                        WHEN s.state IN ('picked', 'packed') THEN x.picked ELSE 0 END AS units
          FROM shipments s JOIN shipment_lines x ON x.shipment_id = s.id) x
    JOIN shipments s ON s.id = x.id
    LEFT JOIN (SELECT reference, sum(quantity - taken) AS units FROM reservations WHERE state = 'open'
               GROUP BY reference) r ON r.reference = s.number || '/' || x.position
    WHERE x.units <> COALESCE(r.units, 0) ORDER BY 1"""

UNITS = """
    WITH sent AS (
        SELECT x.order_id, x.line,
               sum(CASE WHEN s.state = 'released' THEN x.quantity ELSE x.picked END)
                   FILTER (WHERE s.state IN ('released', 'picked', 'packed')) AS waiting,
               sum(x.picked) FILTER (WHERE s.state IN ('shipped', 'delivered', 'lost')) AS gone,
               sum(x.picked) FILTER (WHERE s.state = 'delivered') AS arrived
        FROM shipments s JOIN shipment_lines x ON x.shipment_id = s.id WHERE s.replaces_id IS NULL GROUP BY 1, 2),
    back AS (
        SELECT order_id, line, sum(received) AS received, sum(asked) AS asked FROM (
            SELECT x.order_id, x.line, x.received, CASE WHEN r.state = 'refused' THEN 0 ELSE x.quantity END AS asked
            FROM returns r JOIN return_lines x ON x.return_id = r.id) x GROUP BY 1, 2)
    SELECT format('order line %s/%s: shipped %s of its %s, delivered %s; its shipments hold %s, took %s, brought %s',
                  o.number, l.line, l.shipped, l.ordered - l.cancelled, l.delivered, COALESCE(s.waiting, 0),
                  COALESCE(s.gone, 0), COALESCE(s.arrived, 0))
    FROM sent s JOIN sales_order_lines l ON l.order_id = s.order_id AND l.line = s.line
    JOIN sales_orders o ON o.id = l.order_id
    WHERE COALESCE(s.gone, 0) > l.shipped OR COALESCE(s.arrived, 0) > l.delivered
       OR COALESCE(s.waiting, 0) > l.ordered - l.cancelled - l.shipped
    UNION ALL
    SELECT format('order line %s/%s: delivered %s, returned %s; its returns ask for %s (counted %s) and brought %s',
                  o.number, l.line, l.delivered, l.returned, b.asked, COALESCE(c.asked, 0), b.received)
    FROM back b JOIN sales_order_lines l ON l.order_id = b.order_id AND l.line = b.line
    JOIN sales_orders o ON o.id = l.order_id
    LEFT JOIN return_counts c ON c.order_id = b.order_id AND c.line = b.line
    WHERE b.asked > l.delivered OR b.asked <> COALESCE(c.asked, 0) OR b.received > l.returned
    UNION ALL
    SELECT format('return %s was refunded before it came, and nobody decided that', r.number)
    FROM refunds f JOIN returns r ON r.id = f.return_id WHERE NOT f.before_receipt AND r.received_at IS NULL
    UNION ALL
    SELECT format('unit %s of %s is in shipments %s', u.serial, i.code, string_agg(s.number, ' and ' ORDER BY s.number))
    FROM shipped_serials u JOIN shipments s ON s.id = u.shipment_id JOIN items i ON i.id = u.item_id
    WHERE s.state IN ('picked', 'packed') GROUP BY i.code, u.serial HAVING count(*) > 1
    ORDER BY 1"""
