"""Which organisation the rows of a file name."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.usage.registry import read
from tests.usage.kitchen import request

EVENTS = '"EVENT_TYPE","TIMESTAMP","REQUEST_ID","ORGANIZATION_ID","USER_ID","REPORT_ID"\n'


@pytest.mark.parametrize(
    ("rows", "organization"),
    [
        pytest.param(["00D4H00000012Ab"], "00D4H00000012AbUAI", id="fifteen characters"),
        pytest.param(["00D4H00000012AbUAE"], "00D4H00000012AbUAI", id="eighteen, with another checksum"),
        pytest.param(["00D4H00000012Ab", "00D4H00000012Zz"], "00D4H00000012AbUAI, 00D4H00000012ZzUAI", id="two"),
        pytest.param(["nothing"], None, id="no id"),
        pytest.param([], None, id="no rows"),
    ],
)
def test_event_log_files_name_their_organisation(
    rows: list[str], organization: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    lines = (f'"Report","20261120160000.000","r","{name}","005","00O"\n' for name in rows)
    path.write_text(EVENTS + "".join(lines), encoding="utf-8")

    evidence = read(request("event-log-file", path))

    assert [source.organization for source in evidence.sources] == [organization]
