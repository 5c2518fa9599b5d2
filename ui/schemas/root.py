"""What every request and reply is: plain text within limits; requests refuse unknown fields, replies ignore them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# No control characters but tab and new line: PostgreSQL refuses NUL, and the rest only confuses a reader.
PRINTABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
ONE_LINE = r"^[^\x00-\x1f\x7f]+$"
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$"
Comment = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=PRINTABLE)]
PlanHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=IDENTIFIER)]


class Request(BaseModel):
    """A body sent to the API."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reply(BaseModel):
    """A body the API answers with."""

    model_config = ConfigDict(extra="ignore", frozen=True)
