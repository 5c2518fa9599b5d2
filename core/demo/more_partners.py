"""Who the full-size company buys from and sells to besides: fifteen more suppliers, thirty more customers."""

from core.demo.partners import Source
from core.demo.places import GHENT, HOUSTON, RENO, TULSA

MORE_SUPPLIERS = {
    "ARKOMA": "Arkoma Castings",
    "BAYOU": "Bayou Elastomers",
    "CANADIAN": "Canadian River Gear",
    "DUSSEL": "Dussel Antriebstechnik",
    "ELKHORN": "Elkhorn Steel Supply",
    "FENGDU": "Fengdu Foundry",
    "GREENLEAF": "Greenleaf Crating",
    "HARDIN": "Hardin Wire Cloth",
    "IBERIA": "Iberia Electric",
    "JASPER": "Jasper Machine Parts",
    "KAOHSIUNG": "Kaohsiung Motors",
    "LAREDO": "Laredo Enclosures",
    "MERIDIAN": "Meridian Coatings",
    "NANTONG": "Nantong Precision Disc",
    "OZARK": "Ozark Labels",
}


def _source(supplier: str, days: int, price: str, minimum: int, multiple: int = 1) -> Source:
    return Source(supplier=supplier, days=days, price=price, minimum=minimum, multiple=multiple)


MORE_SOURCES = {
    "FC": (_source("ARKOMA", 21, "1.02", 20, 5), _source("FENGDU", 42, "0.78", 50, 10)),
    "FD": (_source("NANTONG", 38, "0.80", 40, 10), _source("JASPER", 14, "1.10", 10, 5)),
    "FS": (_source("BAYOU", 10, "1.00", 40, 10), _source("CASCADE", 12, "1.06", 40, 20)),
    "PL": (_source("JASPER", 12, "1.00", 15, 5), _source("PRECISION", 15, "1.04", 20, 5)),
    "YC": (_source("ARKOMA", 20, "1.00", 25, 5), _source("PERMIAN", 26, "1.05", 20, 5)),
    "SC": (_source("HARDIN", 7, "1.00", 50, 10), _source("TRISTATE", 9, "1.12", 25, 5)),
    "AM": (
        _source("KAOHSIUNG", 35, "0.84", 10, 5),
        _source("IBERIA", 22, "1.00", 4),
        _source("NORDRIVE", 16, "1.20", 2),
    ),
    "GR": (_source("CANADIAN", 16, "1.00", 8, 4), _source("DUSSEL", 28, "0.93", 10, 5)),
    "HO": (_source("ARKOMA", 18, "1.00", 10, 5), _source("LAREDO", 21, "0.96", 12, 4)),
    "SB": (_source("ELKHORN", 8, "1.00", 4, 2), _source("LONESTAR", 12, "1.05", 4, 2)),
    "CO": (_source("CANADIAN", 12, "1.00", 6, 2), _source("TRISTATE", 9, "1.14", 4, 2)),
    "JB": (_source("LAREDO", 9, "1.00", 12, 4), _source("IBERIA", 14, "0.97", 20, 4)),
    "NP": (_source("OZARK", 5, "1.00", 500, 100), _source("GREENLEAF", 8, "1.10", 250, 50)),
    "PT": (_source("MERIDIAN", 6, "1.00", 60, 20), _source("ELKHORN", 9, "1.08", 40, 20)),
    "CR": (_source("GREENLEAF", 4, "1.00", 20, 5), _source("ELKHORN", 7, "1.09", 20, 10)),
}

# Name, tier and the site that serves them.
MORE_CUSTOMERS = (
    ("Arkansas Valley Water", 1, TULSA),
    ("Cimarron Pipeline", 1, TULSA),
    ("Sooner Refining", 1, TULSA),
    ("Port Arthur Terminals", 1, HOUSTON),
    ("Washoe Energy", 1, RENO),
    ("Antwerp Tank Storage", 1, GHENT),
    ("Osage Gas Processing", 2, TULSA),
    ("Keystone Lake Utilities", 2, TULSA),
    ("Muskogee Paper", 2, TULSA),
    ("Verdigris Chemicals", 2, TULSA),
    ("Grand River Hydro", 2, TULSA),
    ("Sabine Pass Services", 2, HOUSTON),
    ("Lavaca Bay Plastics", 2, HOUSTON),
    ("Donner Pass Resorts", 2, RENO),
    ("Humboldt Gold", 2, RENO),
    ("Kortrijk Textiel", 2, GHENT),
    ("Broken Arrow Mechanical", 3, TULSA),
    ("Sapulpa Glass", 3, TULSA),
    ("Claremore Dairy", 3, TULSA),
    ("Bartlesville Supply", 3, TULSA),
    ("Owasso Irrigation", 3, TULSA),
    ("Stillwater Brewing", 3, TULSA),
    ("Tahlequah Greenhouses", 3, TULSA),
    ("Ponca City Boilers", 3, TULSA),
    ("Brazoria Rice Mills", 3, HOUSTON),
    ("Victoria Feed", 3, HOUSTON),
    ("Elko Ranch Supply", 3, RENO),
    ("Fallon Produce", 3, RENO),
    ("Zeebrugge Visafslag", 3, GHENT),
    ("Roeselare Groenten", 3, GHENT),
)
