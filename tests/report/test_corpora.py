"""A report of every format from real metadata, through the use case as the command line runs it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from auditor.auditing import audit
from auditor.cli.configuring import load_config
from auditor.model.results import AuditResult
from auditor.report.rendering import FORMATS, render
from auditor.workspace.inputs import gather_inputs

_CONFIG = """\
version: 1
company: {corpus}
systems:
  - {{name: crm, role: crm, edition: enterprise, sources: [{{kind: salesforce, path: "{folder}/{corpus}"}}]}}
  - {{name: erp, role: erp, sources: [{{kind: odata, path: "{folder}/sap-odata-sales-order"}}]}}
"""


def _audited(corpora: Path, corpus: str, folder: Path) -> AuditResult:
    config = folder / "auditor.yaml"
    config.write_text(_CONFIG.format(corpus=corpus, folder=corpora.as_posix()), encoding="utf-8")
    return audit(gather_inputs(load_config(str(config)), date(2026, 11, 21), lambda *_: None))


@pytest.mark.parametrize("corpus", ["sf-ebikes", "sf-electron-motors"])
def test_every_format_is_written_and_tells_the_same(corpora: Path, tmp_path: Path, corpus: str) -> None:
    result = _audited(corpora, corpus, tmp_path)

    written = {form: render(result, form) for form in FORMATS}
    document = json.loads(written["json"])

    assert len(document["findings"]) == len(result.findings)
    assert len(written["jsonl"].splitlines()) == len(result.findings)
    assert written["inventory-csv"].count(b"\r\n") == 1 + len(result.inventory)
    assert all(corpus in written[form].decode() for form in ("text", "markdown", "html"))
    assert str(corpora) not in written["html"].decode()
