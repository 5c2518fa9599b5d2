"""`expediter retention` counts first and forgets then."""

from datetime import UTC, datetime

from core.domain.retention import Passing
from core.services.identity import begin_session
from tests.builders import MARIA
from tests.ui.cli.offices import Office


def test_what_would_go_is_counted_before_it_goes(here: Office) -> None:
    with here.desk(at=datetime(2024, 1, 1, tzinfo=UTC)) as desk, desk.open() as uow:
        begin_session(uow, MARIA, token="exs_long_ago")

    counted = here.run("retention", "--dry-run")
    rows = [here.run("retention", *more, "--json").json()["rows"] for more in (["--dry-run"], [], [])]

    assert "Nothing is gone yet: `expediter retention` does it" in counted.text
    nothing = {kind.value: 0 for kind in Passing}
    assert rows == [nothing | {"sessions": 1}, nothing | {"sessions": 1}, nothing]
