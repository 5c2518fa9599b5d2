"""A small company pack for tests: a valve made of two castings, two customers, one row or two of each kind."""

from pathlib import Path

FILES = {
    "pack.toml": """\
name = "Small Valves"
as_of = 2026-11-02
currency = "USD"
time_zone = "America/Chicago"
default_ship_from = "SHIP"
default_late_penalty_percent = 0.5
buffer_days = 2

[units]
BOX = 10
""",
    "items.csv": """\
item,name,unit,make,finished_good,standard_cost,list_price,safety_stock,lead_time_days
VALVE,Gate valve,EA,yes,yes,60,120.5,5,4
BODY,Valve body,EA,yes,no,25,0,0,3
IRON,Iron casting,EA,no,no,10,0,20,0
""",
    "locations.csv": """\
location,site,name,may_ship_from
SHIP,PLANT,Shipping,yes
SHOP,PLANT,Shop floor,no
""",
    "stock.csv": """\
item,location,on_hand,reserved
VALVE,SHIP,40,
IRON,SHOP,100,10
""",
    "bom.csv": """\
parent,component,quantity_per,scrap,unit
VALVE,BODY,1,0,EA
BODY,IRON,2,0.05,EA
""",
    "suppliers.csv": """\
supplier,name,approved,active,email
GULF,Gulf Castings,yes,yes,sales@gulf.example
""",
    "supplier_items.csv": """\
supplier,item,lead_time_days,unit_price,minimum_order,multiple,maximum_order,priority,unit
GULF,IRON,14,100,2,1,50,1,BOX
""",
    "lanes.csv": """\
origin,destination,days,fixed_cost,unit_cost
SHOP,SHIP,1,25,0.5
""",
    "customers.csv": """\
customer,name,tier,email,late_penalty_percent,ship_complete
HARBOR,Harbor Supply,1,buyer@harbor.example,1,yes
LAKE,Lake Water,3,,,no
""",
    "sales_orders.csv": """\
order,customer,customer_po,channel,order_date,requested_date
SO-1,HARBOR,4711,edi,2026-10-20,2026-11-10
SO-2,LAKE,4711,mail,2026-10-21,
""",
    "sales_order_lines.csv": """\
order,line,item,quantity,unit_price,requested_date,promised_date,shipped,cancelled
SO-1,1,VALVE,30,110,,2026-11-12,5,
SO-2,1,VALVE,20,115.25,2026-11-20,,,
SO-2,2,BODY,3,44,2026-11-20,,,1
""",
    "purchase_orders.csv": """\
purchase_order,supplier,order_date
PO-1,GULF,2026-10-25
""",
    "purchase_order_lines.csv": """\
purchase_order,line,item,location,quantity,unit_price,due_date,received
PO-1,1,IRON,SHOP,200,10,2026-11-09,0
""",
    "work_orders.csv": """\
work_order,item,location,quantity,start_date,due_date,completed,components_issued
WO-1,BODY,SHOP,15,2026-11-03,2026-11-06,,no
""",
    "transfer_orders.csv": """\
transfer_order,item,origin,destination,quantity,ship_date,due_date,shipped
TO-1,IRON,SHOP,SHIP,10,2026-11-03,2026-11-04,no
""",
    "calendars.csv": """\
calendar,name,holidays
TWO,Two shifts,US-TX
""",
    "calendar_shifts.csv": """\
calendar,weekday,begins,ends
TWO,monday,06:00,14:00
TWO,monday,14:00,22:00
TWO,saturday,20:30,24:00
""",
    "calendar_exceptions.csv": """\
calendar,date,minutes,reason
TWO,2026-12-24,240,Half a day
""",
    "work_centers.csv": """\
work_center,name,location,calendar,stations,hourly_cost,overtime_minutes,overtime_hourly_cost
LATHE,Lathes,SHOP,TWO,2,45.5,120,60
BENCH,Bench,SHOP,,,,,
""",
    "routings.csv": """\
item,operation,work_center,name,setup_minutes,unit_minutes,yield_percent
BODY,10,LATHE,Turn,30,12.5,98
BODY,20,BENCH,Fit,,,
""",
    "operation_alternates.csv": """\
item,operation,work_center,priority,time_factor
BODY,10,BENCH,2,1.75
""",
    "downtimes.csv": """\
work_center,first,last,reason
LATHE,2026-11-10,2026-11-12,Spindle
""",
    "alternates.csv": """\
item,alternate,scope,ratio,priority,valid_from,valid_to,approval_needed
IRON,BODY,component,0.5,1,2026-01-01,2026-12-31,no
""",
    "units.csv": """\
item,unit,base_units
IRON,PAL,400
""",
    "customer_items.csv": """\
customer,number,item
HARBOR,HS-77,VALVE
""",
    "addresses.csv": """\
customer,address,name,street,city,postcode,region,country
HARBOR,DOCK,Dock 4,1 Pier Road,Galveston,77550,TX,US
""",
    "price_breaks.csv": """\
supplier,item,minimum,unit_price
GULF,IRON,100,9.25
""",
    "carriers.csv": """\
carrier,name
ACE,Ace Freight
""",
    "freight_rates.csv": """\
carrier,service,origin,region,days,shipment_cost,kilogram_cost,carbon
ACE,ground,SHIP,TX,2,35,0.25,90
""",
    "tariffs.csv": """\
tariff_code,origin,destination,effective,percent
8481.80,CN,US,2026-12-01,25
""",
    "price_lists.csv": """\
price_list,name,valid_from,valid_to,kind,currency,customer,tier,region,priority
STD-26,Standard 2026,2026-01-01,,list,USD,,,,2
FRAME-1,Frame contract,2026-07-01,2027-06-30,contract,,HARBOR,,,
""",
    "price_list_lines.csv": """\
price_list,line,item,unit_price,valid_from,valid_to,minimum
STD-26,10,VALVE,118,2026-01-01,,1
STD-26,20,VALVE,110.5,2026-01-01,,50
FRAME-1,10,VALVE,99.95,2026-07-01,,
""",
    "discounts.csv": """\
discount,name,kind,value,valid_from,valid_to,currency,customer,tier,region,item,channel,minimum,combination,sequence,on_contracts
WEB,Portal orders,percent,2.5,2026-01-01,,,,,,,portal,1,stackable,1,no
PALLET,Off a pallet,amount,4,2026-01-01,2026-12-31,USD,,,,VALVE,,20,best,2,
""",
    "quotas.csv": """\
quota,item,first,last,quantity,channel,customer,region,borrow,released_on
Q-LAKE,VALVE,2026-11-01,2026-11-30,25,,LAKE,,no,2026-11-25
""",
    "lots.csv": """\
lot,item,status,received_on,expires_on,supplier,supplier_lot,purchase_order,work_order,origin,unit_cost
CAST-1,IRON,available,2026-10-01,2028-10-01,GULF,G-771,PO-1,,US,9.8
CAST-2,IRON,hold,2026-10-08,,GULF,,,,CN,
""",
    "lot_stock.csv": """\
lot,location,on_hand
CAST-1,SHOP,60
CAST-2,SHOP,20
""",
    "products.csv": "item,en,de,es,fr,nl\n",
    "product_features.csv": (
        "item,feature,name,position,required,default,none,least,most,step,unit,price,en,de,es,fr,nl\n"
    ),
    "product_options.csv": "item,feature,option,name,position,price,lead_days,en,de,es,fr,nl\n",
    "product_rules.csv": "item,rule,kind,when,then,because\n",
    "product_parts.csv": "item,line,component,quantity_per,per_feature,per,when,scrap,operation\n",
    "product_steps.csv": (
        "item,line,operation,work_center,name,setup_minutes,unit_minutes,yield_percent,per_feature,per,when\n"
    ),
}


def small_pack(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Writes the pack, with some files replaced, or left out where the change is None."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def edited(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """One file with one text replaced by another; the old one must be there once."""
    assert FILES[name].count(old) == 1, f"{old!r} is in {name} {FILES[name].count(old)} times"
    return {name: FILES[name].replace(old, new)}
