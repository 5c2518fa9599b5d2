"""A configurable product of the small company: a blower of one or two motors, sealed or not."""

from tests.desk import Desk

BLOWER = "BLOWER"


def add_blower(desk: Desk) -> None:
    """The blower stands in the books from now on."""
    desk.alter(
        "INSERT INTO items SELECT (jsonb_populate_record(i, jsonb_build_object('id', 90, 'code', 'BLOWER', 'name',"
        " 'Blower', 'phantom', true, 'finished_good', false, 'list_price', 900, 'lead_time_days', 3))).*"
        " FROM items i WHERE code = 'PUMP-1'"
    )
    desk.alter(
        """INSERT INTO configurable_products (item_id, words, features, rules, materials, steps) VALUES (90,
        '[{"language": "en", "words": ["side blower", "side blowers", "blower"]}]',
        '[{"code": "motors", "name": "Motors", "required": true,
           "words": [{"language": "fr", "words": ["moteurs"]}],
           "choices": [{"code": "1", "name": "single motor"}, {"code": "2", "name": "twin motor", "price": "250.50"}]},
          {"code": "seal", "name": "Seal", "default": "plain",
           "choices": [{"code": "plain", "name": "plain seal"}, {"code": "double", "name": "double seal"}]}]',
        '[{"code": "B1", "kind": "excludes", "because": "twin motors leave no room for a double seal",
           "when": [{"feature": "motors", "values": ["2"]}], "rows": [[{"feature": "seal", "values": ["double"]}]]}]',
        '[{"line": 10, "component": "MOTOR", "quantity_per": "1", "when": [{"feature": "motors", "values": ["1"]}]},
          {"line": 20, "component": "MOTOR", "quantity_per": "2", "when": [{"feature": "motors", "values": ["2"]}]},
          {"line": 30, "component": "SEAL", "quantity_per": "1", "when": [{"feature": "seal", "values": ["plain"]}]},
          {"line": 40, "component": "SEAL", "quantity_per": "2", "when": [{"feature": "seal", "values": ["double"]}]}]',
        '[]')"""
    )
