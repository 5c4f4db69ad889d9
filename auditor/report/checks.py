"""What a check found in every format: its own for people and for programs, the audit's for pipelines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from auditor.dataclasses import replace
from auditor.errors import AuditorError
from auditor.model.checks import CheckFinding, CheckResult

SCHEMA_VERSION = 1


def check_report(result: CheckResult, form: str) -> bytes:
    """A check in one format. The same result gives the same bytes.

    Raises:
        AuditorError: there is no such format.
    """
    write = _WRITERS.get(form)
    if write is None:
        raise AuditorError(f"{form!r} is no format of a check. The formats are: {', '.join(CHECK_FORMATS)}")
    if result.findings:
        from auditor.report.check_shapes import discreet_check

        result = discreet_check(result)
    return write(result).encode("utf-8", "backslashreplace")


def _json(result: CheckResult) -> str:
    from auditor.report.machine import json_text

    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "as_of": result.as_of,
            "company": result.company,
            "comparing": result.comparing,
            "files": result.files,
            "relevant": result.relevant,
            "worse": len(result.worse),
            "mended": result.mended,
            "became_unknown": result.unsettled,
            "merged": result.merged,
            "evidence": result.evidence,
            "notices": result.notices,
            "findings": [_values(each) for each in result.findings],
        }
    )


def _jsonl(result: CheckResult) -> str:
    lines = (json.dumps(_values(each), ensure_ascii=False) for each in result.findings)
    return "".join(f"{line}\n" for line in lines)


def _values(each: CheckFinding) -> dict[str, object]:
    from auditor.report.machine import finding_values

    return {
        **finding_values(each.finding),
        "state": each.state,
        "changed": each.changed,
        "causes": each.causes,
        "commit": each.commit,
        "commit_subject": each.commit_subject,
    }


def _csv(result: CheckResult) -> str:
    from auditor.formats.sheets import csv_bytes
    from auditor.report.check_shapes import plain_audit
    from auditor.report.spreadsheets import findings_sheet

    sheet = findings_sheet(plain_audit(result))
    states = {each.finding.fingerprint: each for each in result.findings}
    place = sheet.columns.index("fingerprint")
    rows = [(*row, *_cells(states[str(row[place])])) for row in sheet.rows]
    return csv_bytes(replace(sheet, columns=(*sheet.columns, *_CELLS), rows=rows)).decode()


_CELLS = ("state", "changed", "causes", "commit")


def _cells(each: CheckFinding) -> tuple[str, ...]:
    return each.state, "yes" if each.changed else "no", " ".join(each.causes), each.commit


def _text(result: CheckResult) -> str:
    from auditor.report.check_text import check_text

    return check_text(result)


def _markdown(result: CheckResult) -> str:
    from auditor.report.check_markdown import check_markdown

    return check_markdown(result)


def _sarif(result: CheckResult) -> str:
    from auditor.report.check_shapes import as_audit
    from auditor.report.sarif import report_sarif

    return report_sarif(as_audit(result))


def _junit(result: CheckResult) -> str:
    from auditor.report.check_shapes import as_audit
    from auditor.report.junit import report_junit

    return report_junit(as_audit(result))


def _gitlab(result: CheckResult) -> str:
    from auditor.report.check_shapes import as_audit
    from auditor.report.codequality import report_codequality

    return report_codequality(as_audit(result))


def _github(result: CheckResult) -> str:
    from auditor.report.annotations import report_annotations
    from auditor.report.check_shapes import as_audit

    return report_annotations(as_audit(result))


# Each writer is loaded when its format is asked for: a hook writes text alone.
_WRITERS: Mapping[str, Callable[[CheckResult], str]] = MappingProxyType(
    {
        "text": _text,
        "markdown": _markdown,
        "json": _json,
        "jsonl": _jsonl,
        "csv": _csv,
        "sarif": _sarif,
        "junit": _junit,
        "gitlab": _gitlab,
        "github": _github,
        "github-summary": _markdown,
    }
)
CHECK_FORMATS: tuple[str, ...] = tuple(_WRITERS)
