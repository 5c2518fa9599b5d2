"""Laws of stock: the ledger and its balances, reservations and what they stand for."""

from core.db.laws.law import Invariant

LEDGER = Invariant(
    name="I1",
    says="stock on hand equals the moves of the ledger",
    queries=(
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
    ),
)

RESERVED = Invariant(
    name="I2",
    says="reserved units are the open reservations, and never more than are on hand",
    queries=(
        """
    SELECT format('%s at %s: reserved %s, open reservations %s, on hand %s',
                  i.code, l.code, b.reserved, COALESCE(r.units, 0), b.on_hand)
    FROM stock_balances b JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
    LEFT JOIN (SELECT item_id, location_id, sum(quantity) AS units FROM reservations WHERE state = 'open'
               GROUP BY item_id, location_id) r ON r.item_id = b.item_id AND r.location_id = b.location_id
    WHERE b.reserved <> COALESCE(r.units, 0) OR b.reserved < 0 OR b.reserved > b.on_hand
    UNION ALL
    SELECT format('transfer order %s is %s but its reservation is %s', t.number,
                  CASE WHEN t.shipped THEN 'shipped' ELSE t.state END, COALESCE(r.state, 'missing'))
    FROM transfer_orders t LEFT JOIN reservations r ON r.reference = t.number
    WHERE t.state = 'open' AND NOT t.shipped AND (r.state IS DISTINCT FROM 'open' OR r.quantity <> t.quantity)
       OR t.state = 'cancelled' AND r.state = 'open'""",
    ),
)
