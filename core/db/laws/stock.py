"""Laws of stock: the ledger and its balances, lots and serial numbers, reservations and what they stand for."""

from core.db.laws import fulfilment
from core.db.laws.law import Invariant
from core.db.laws.supply import COUNTS, DOCUMENTS

LEDGER = Invariant(
    name="I1",
    says="stock on hand equals the moves of the ledger, for every item, lot and serial number",
    queries=(
        fulfilment.LEDGER,
        """
    WITH moved AS (
        SELECT item_id, place_id, sum(units) AS units FROM (
            SELECT item_id, destination_id AS place_id, quantity AS units FROM stock_moves
            UNION ALL SELECT item_id, origin_id, -quantity FROM stock_moves) m GROUP BY item_id, place_id)
    SELECT format('%s at %s: balance %s, ledger %s', i.code, l.code, COALESCE(b.on_hand, 0), COALESCE(m.units, 0))
    FROM moved m FULL JOIN stock_balances b ON b.item_id = m.item_id AND b.location_id = m.place_id
    JOIN items i ON i.id = COALESCE(b.item_id, m.item_id)
    JOIN locations l ON l.id = COALESCE(b.location_id, m.place_id)
    WHERE NOT l.virtual AND COALESCE(b.on_hand, 0) <> COALESCE(m.units, 0)
    ORDER BY i.code, l.code""",
        """
    WITH moved AS (
        SELECT lot_id, place_id, sum(units) AS units FROM (
            SELECT lot_id, destination_id AS place_id, quantity AS units FROM stock_moves WHERE lot_id IS NOT NULL
            UNION ALL SELECT lot_id, origin_id, -quantity FROM stock_moves WHERE lot_id IS NOT NULL) m
        GROUP BY lot_id, place_id)
    SELECT format('lot %s at %s: balance %s, ledger %s', o.code, l.code, COALESCE(b.on_hand, 0), COALESCE(m.units, 0))
    FROM moved m FULL JOIN lot_balances b ON b.lot_id = m.lot_id AND b.location_id = m.place_id
    JOIN lots o ON o.id = COALESCE(b.lot_id, m.lot_id)
    JOIN locations l ON l.id = COALESCE(b.location_id, m.place_id)
    WHERE NOT l.virtual AND COALESCE(b.on_hand, 0) <> COALESCE(m.units, 0)
    ORDER BY o.code, l.code""",
        """
    SELECT format('%s at %s: %s on hand, its lots hold %s', i.code, l.code, COALESCE(b.on_hand, 0), y.units)
    FROM (SELECT item_id, location_id, sum(on_hand) AS units FROM lot_balances GROUP BY item_id, location_id) y
    LEFT JOIN stock_balances b ON b.item_id = y.item_id AND b.location_id = y.location_id
    JOIN items i ON i.id = y.item_id JOIN locations l ON l.id = y.location_id
    WHERE y.units > COALESCE(b.on_hand, 0)
    UNION ALL
    SELECT format('lot %s is of %s, a move of it of %s', o.code, i.code, j.code)
    FROM stock_moves m JOIN lots o ON o.id = m.lot_id JOIN items i ON i.id = o.item_id JOIN items j ON j.id = m.item_id
    WHERE m.item_id <> o.item_id""",
        """
    SELECT format('serial number %s of %s is at %s, its last move led to %s', s.number, i.code,
                  COALESCE(l.code, 'no place'), COALESCE(x.code, 'no place'))
    FROM serials s JOIN items i ON i.id = s.item_id LEFT JOIN locations l ON l.id = s.location_id
    LEFT JOIN (SELECT DISTINCT ON (c.serial_id) c.serial_id, m.destination_id FROM move_serials c
               JOIN stock_moves m ON m.id = c.move_id ORDER BY c.serial_id, m.id DESC) d ON d.serial_id = s.id
    LEFT JOIN locations x ON x.id = d.destination_id
    WHERE s.location_id IS DISTINCT FROM d.destination_id
    UNION ALL
    SELECT format('a move of %s %s carries %s serial numbers', m.quantity, i.code, c.units)
    FROM (SELECT move_id, count(*) AS units FROM move_serials GROUP BY move_id) c
    JOIN stock_moves m ON m.id = c.move_id JOIN items i ON i.id = m.item_id WHERE c.units <> m.quantity""",
        DOCUMENTS,
        COUNTS,
    ),
)

RESERVED = Invariant(
    name="I2",
    says="reserved units are the open reservations, and never more than are on hand",
    queries=(
        fulfilment.CLAIMS,
        """
    SELECT format('%s at %s: reserved %s, open reservations %s, on hand %s',
                  i.code, l.code, b.reserved, COALESCE(r.units, 0), b.on_hand)
    FROM stock_balances b JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
    LEFT JOIN (SELECT item_id, location_id, sum(quantity - taken) AS units FROM reservations
               WHERE state = 'open' AND kind <> 'advisory'
               GROUP BY item_id, location_id) r ON r.item_id = b.item_id AND r.location_id = b.location_id
    WHERE b.reserved <> COALESCE(r.units, 0) OR b.reserved < 0 OR b.reserved > b.on_hand
    UNION ALL
    SELECT format('transfer order %s is %s but its reservation is %s', t.number,
                  CASE WHEN t.shipped THEN 'shipped' ELSE t.state END, COALESCE(r.state, 'missing'))
    FROM transfer_orders t
    LEFT JOIN (SELECT DISTINCT ON (reference) reference, state, quantity FROM reservations WHERE kind = 'transfer'
               ORDER BY reference, id DESC) r ON r.reference = t.number
    WHERE t.state = 'open' AND NOT t.shipped AND (r.state IS DISTINCT FROM 'open' OR r.quantity <> t.quantity)
       OR t.state = 'cancelled' AND r.state = 'open'
    UNION ALL
    SELECT format('reservation %s is of %s at %s, which have no balance', r.reference,
                  COALESCE(i.code, 'item ' || r.item_id), COALESCE(l.code, 'location ' || r.location_id))
    FROM reservations r LEFT JOIN items i ON i.id = r.item_id LEFT JOIN locations l ON l.id = r.location_id
    LEFT JOIN stock_balances b ON b.item_id = r.item_id AND b.location_id = r.location_id
    WHERE b.item_id IS NULL""",
        """
    SELECT format('order line %s/%s is %s but %s still holds %s units', o.number, x.line, x.state, r.reference,
                  r.quantity - r.taken)
    FROM reservations r JOIN sales_order_lines x ON x.order_id = r.order_id AND x.line = r.line
    JOIN sales_orders o ON o.id = x.order_id
    WHERE r.state = 'open' AND r.kind <> 'advisory' AND r.quantity > r.taken AND x.state IN ('cancelled', 'closed')
    ORDER BY r.id""",
        """
    SELECT format('lot %s at %s: reserved %s, open reservations %s, on hand %s',
                  o.code, l.code, b.reserved, COALESCE(r.units, 0), b.on_hand)
    FROM lot_balances b JOIN lots o ON o.id = b.lot_id JOIN locations l ON l.id = b.location_id
    LEFT JOIN (SELECT lot_id, location_id, sum(quantity - taken) AS units FROM reservations
               WHERE state = 'open' AND kind <> 'advisory' AND lot_id IS NOT NULL
               GROUP BY lot_id, location_id) r ON r.lot_id = b.lot_id AND r.location_id = b.location_id
    WHERE b.reserved <> COALESCE(r.units, 0) OR b.reserved > b.on_hand
    UNION ALL
    SELECT format('%s at %s: %s units are blocked, its lots that may not be used have %s', i.code, l.code, b.blocked,
                  COALESCE(y.units, 0))
    FROM stock_balances b JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
    LEFT JOIN (SELECT q.item_id, q.location_id, sum(q.on_hand - q.reserved) AS units FROM lot_balances q
               JOIN lots o ON o.id = q.lot_id WHERE o.status <> 'available'
               GROUP BY q.item_id, q.location_id) y ON y.item_id = b.item_id AND y.location_id = b.location_id
    WHERE b.blocked <> COALESCE(y.units, 0)""",
    ),
)
