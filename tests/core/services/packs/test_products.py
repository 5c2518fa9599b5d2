"""Configurable products of a pack: what is read, and what is refused with file, line, column and what is accepted."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.configuring.products import Condition, Material, Rule, RuleKind, Share, Words
from core.domain.errors import PackInvalidError
from core.domain.ids import ItemCode
from core.services.packs.reading import read_pack
from core.services.packs.writing import write_pack
from tests.core.services.packs.folders import FILES, small_pack

ITEMS = FILES["items.csv"].replace("lead_time_days\n", "lead_time_days,phantom\n")
ITEMS = ITEMS.replace("5,4\n", "5,4,\n").replace("0,3\n", "0,3,\n").replace("20,0\n", "20,0,\n")
TAP = "TAP,Tap,EA,yes,no,20,80,0,2,"
PRODUCT = {
    "items.csv": f"{ITEMS}{TAP}yes\n",
    "products.csv": "item,en,de\nTAP,garden tap|tap,Gartenhahn\n",
    "product_features.csv": (
        "item,feature,name,position,required,default,least,most,step,unit,price\n"
        "TAP,body,Body,1,yes,,,,,,\n"
        "TAP,length,Length,2,no,100,100,300,50,mm,0.02\n"
    ),
    "product_options.csv": (
        "item,feature,option,name,price,lead_days\nTAP,body,cast,cast,,\nTAP,body,steel,steel,12.5,-1\n"
    ),
    "product_rules.csv": "item,rule,kind,when,then,because\nTAP,T1,requires,body=cast,length=..200,cast breaks\n",
    "product_parts.csv": (
        "item,line,component,quantity_per,per_feature,per,when\n"
        "TAP,10,BODY,1,,,body=cast|steel\n"
        "TAP,20,IRON,0,length,1/100,\n"
    ),
    "product_steps.csv": "item,line,operation,work_center,unit_minutes\nTAP,10,10,BENCH,7\n",
}  # fmt: skip


def refused(tmp_path: Path, **changed: str) -> str:
    files: dict[str, str | bytes | None] = {**PRODUCT, **{f"{name}.csv": text for name, text in changed.items()}}
    with pytest.raises(PackInvalidError) as refusal:
        read_pack(small_pack(tmp_path, files))
    return refusal.value.message


def test_a_product_is_read_with_its_features_rules_parts_and_steps(tmp_path: Path) -> None:
    (tap,) = read_pack(small_pack(tmp_path, {**PRODUCT})).company.products

    assert tap.words == (Words(language="en", words=("garden tap", "tap")), Words(language="de", words=("Gartenhahn",)))
    assert [(one.code, one.required, one.accepted) for one in tap.features] == [
        ("body", True, ("cast", "steel")),
        ("length", False, ("100 to 300 mm in steps of 50",)),
    ]
    assert [(one.price, one.lead_days) for one in tap.features[0].choices] == [(Decimal(0), 0), (Decimal("12.5"), -1)]
    assert tap.rules == (
        Rule(
            code="T1",
            kind=RuleKind.REQUIRES,
            when=(Condition(feature="body", values=("cast",)),),
            rows=((Condition(feature="length", most=200),),),
            because="cast breaks",
        ),
    )
    assert tap.materials[1] == Material(
        line=20, component=ItemCode("IRON"), share=Share(feature="length", numerator=1, denominator=100)
    )
    assert [(one.sequence, one.work_center, one.unit_minutes) for one in tap.steps] == [(10, "BENCH", Decimal(7))]


def test_a_pack_with_products_comes_back_as_it_was(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path, {**PRODUCT})).company

    write_pack(tmp_path / "again", company)

    assert read_pack(tmp_path / "again").company.products == company.products


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"items": f"{ITEMS}{TAP}no\n"},
            "products.csv line 2 column item: contradiction 'TAP'; accepted is an item with phantom = yes",
        ),
        (
            {"product_rules": "item,rule,kind,when,then\nTAP,T1,requires,body=gold,length=..200\n"},
            "product_rules.csv line 2 column when: contradiction 'body=gold'; accepted is cast, steel",
        ),
        (
            {"product_rules": "item,rule,kind,then\nTAP,T1,requires,length under 200\n"},
            "product_rules.csv line 2 column then: not-a-choice 'length under 200'; accepted are conditions such as",
        ),
        (
            {"product_rules": "item,rule,kind,then\nTAP,T1,excludes,body=steel\n"},
            "product_options.csv line 3 column option: contradiction 'steel'; accepted is a choice that some",
        ),
        (
            {"product_options": PRODUCT["product_options.csv"] + "TAP,colour,red,red,,\n"},
            "product_options.csv line 4 column feature: orphan-reference 'colour'; accepted is a feature of TAP",
        ),
        (
            {"product_parts": "item,line,component,quantity_per,per_feature,per\nTAP,10,IRON,0,length,1/7\n"},
            "product_parts.csv line 2 column per: contradiction '1/7'; accepted is a fraction that gives millionths",
        ),
    ],
)
def test_a_fault_names_file_line_column_and_what_is_accepted(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    assert said in refused(tmp_path, **changed)
