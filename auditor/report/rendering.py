"""Every format of the report: its name, its file, and its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from auditor.errors import AuditorError
from auditor.formats.sheets import csv_bytes
from auditor.formats.workbooks import can_write_workbooks, workbook_bytes
from auditor.model.results import AuditResult
from auditor.report.composing import compose
from auditor.report.discretion import discreet
from auditor.report.machine import audit_json, findings_jsonl
from auditor.report.markdown import report_markdown
from auditor.report.plaintext import report_text
from auditor.report.spreadsheets import all_sheets, fields_sheet, findings_sheet


@dataclass(frozen=True, slots=True)
class _Format:
    """One format; `write` takes a result that `discreet` has gone over."""

    file: str
    write: Callable[[AuditResult], bytes]


def render(result: AuditResult, form: str) -> bytes:
    """The report in one format. The same result gives the same bytes.

    Raises:
        AuditorError: there is no such format, or it needs an extra that is not installed.
    """
    return _format(form).write(discreet(result))


def file_name(form: str) -> str:
    """The file that a format is usually written to.

    Raises:
        AuditorError: there is no such format.
    """
    return _format(form).file


def available_formats() -> tuple[str, ...]:
    """Formats that can be written to files here: not text, which is for the terminal, nor what needs an extra."""
    return tuple(form for form in FORMATS if form != "text" and (form != "xlsx" or can_write_workbooks()))


def _format(form: str) -> _Format:
    found = _BY_NAME.get(form)
    if found is None:
        raise AuditorError(f"{form!r} is no format of the report. The formats are: {', '.join(FORMATS)}")
    return found


def _html(result: AuditResult) -> bytes:
    # Jinja2 is needed here alone and costs other formats nothing.
    from auditor.report.webpage import report_html

    return _encoded(report_html(compose(result)))


def _encoded(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which has no encoding, becomes an escape (as JSON writes it)."""
    return text.encode("utf-8", "backslashreplace")


_BY_NAME: Mapping[str, _Format] = MappingProxyType(
    {
        "text": _Format("report.txt", lambda result: _encoded(report_text(compose(result)))),
        "html": _Format("report.html", _html),
        "markdown": _Format("report.md", lambda result: _encoded(report_markdown(compose(result)))),
        "json": _Format("report.json", lambda result: _encoded(audit_json(result))),
        "jsonl": _Format("findings.jsonl", lambda result: _encoded(findings_jsonl(result))),
        "csv": _Format("findings.csv", lambda result: csv_bytes(findings_sheet(result))),
        "inventory-csv": _Format("fields.csv", lambda result: csv_bytes(fields_sheet(result))),
        "xlsx": _Format("report.xlsx", lambda result: workbook_bytes(all_sheets(result))),
    }
)
FORMATS: tuple[str, ...] = tuple(_BY_NAME)
