"""The policy in plain words, as tables."""

from decimal import Decimal

from pydantic import Field

from ui.schemas import Reply


class AutonomyRow(Reply):
    """What the desk does with an action in a kind of case; the limits are those within which a rule acts alone."""

    name: str = Field(description="By which a change names it.", examples=["autonomy.any/R02"])
    action: str
    action_words: str
    of: str
    level: str
    level_words: str
    most_money: Decimal | None
    most_days: int | None
    customer_tier_from: int | None
    tier: int = Field(description="Who has to agree: T0 nobody to T4 two people.")


class SettingRow(Reply):
    """One value of the policy; `money` as a unit is the company's currency."""

    name: str = Field(examples=["two_people_above"])
    about: str
    words: str
    value: str
    unit: str
