"""The sandbox as a process of its own: it says where it listens, keeps one state, and ends when told."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from core.connectors.endpoint import Endpoint
from core.connectors.sandbox.service import SANDBOX_API_KEY
from core.connectors.suppliers import HttpSuppliers
from core.domain.quotes import SupplierAcknowledgement
from tests.core.connectors.builders import GULF, QUICK, order

MODULE = [sys.executable, "-m", "core.connectors.sandbox"]
OFFER = {"unit_price": "12.50", "lead_time_days": 5, "available": 100}


def test_it_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(json.dumps({"suppliers": [{"code": "GULF", "items": {"VALVE-3": OFFER}}]}))

    with subprocess.Popen([*MODULE, "--catalogue", catalogue], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url = json.loads(process.stdout.readline())["base_url"]
        endpoint = Endpoint(url=f"{base_url}/suppliers/GULF", api_key=SANDBOX_API_KEY)
        gulf = HttpSuppliers({GULF: endpoint}, patience=QUICK)
        given = gulf.place_order(order(), idempotency_key="k-1")
        found = gulf.find_order(GULF, "PO-901")
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=20)

    assert isinstance(given, SupplierAcknowledgement)
    assert (found, code) == (given, 0)


def test_a_catalogue_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run([*MODULE, "--catalogue", tmp_path / "none.json"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "none.json" in done.stderr
