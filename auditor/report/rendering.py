"""Every format of the report: its name, its file, and its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType

from auditor.dataclasses import dataclass
from auditor.errors import AuditorError
from auditor.formats.sheets import csv_bytes
from auditor.formats.workbooks import can_write_workbooks, workbook_bytes
from auditor.model.results import AuditResult
from auditor.report.annotations import report_annotations, report_step_summary
from auditor.report.codequality import report_codequality
from auditor.report.composing import compose
from auditor.report.discretion import discreet
from auditor.report.junit import report_junit
from auditor.report.listing import report_listing
from auditor.report.machine import audit_json, findings_jsonl
from auditor.report.markdown import report_markdown
from auditor.report.plaintext import report_text
from auditor.report.sarif import report_sarif
from auditor.report.spreadsheets import all_sheets, fields_sheet, findings_sheet
from auditor.report.view import ReportView


class Report:
    """One audit, ready to be written in several formats: what all of them share is made once."""

    def __init__(self, result: AuditResult) -> None:
        self.result = discreet(result)

    @cached_property
    def view(self) -> ReportView:
        """The report in words, as people read it."""
        return compose(self.result)

    def render(self, form: str) -> bytes:
        """The report in one format. The same result gives the same bytes.

        Raises:
            AuditorError: there is no such format, or it needs an extra that is not installed.
        """
        return _format(form).write(self)


@dataclass(frozen=True, slots=True)
class _Format:
    """One format: its usual file and its writer."""

    file: str
    write: Callable[[Report], bytes]
    for_people: bool = True
    """Whether it is written where nobody says which formats: what pipelines read is asked for by name."""


def render(result: AuditResult, form: str) -> bytes:
    """The report of a result in one format alone.

    Raises:
        AuditorError: there is no such format, or it needs an extra that is not installed.
    """
    return Report(result).render(form)


def file_name(form: str) -> str:
    """The file that a format is usually written to.

    Raises:
        AuditorError: there is no such format.
    """
    return _format(form).file


def available_formats() -> tuple[str, ...]:
    """Formats that are written where none is asked for.

    Not text, which is for the terminal, nor what needs an extra that is missing, nor what only pipelines read.
    """
    return tuple(
        name
        for name, form in _BY_NAME.items()
        if form.for_people and name != "text" and (name != "xlsx" or can_write_workbooks())
    )


def _format(form: str) -> _Format:
    found = _BY_NAME.get(form)
    if found is None:
        raise AuditorError(f"{form!r} is no format of the report. The formats are: {', '.join(FORMATS)}")
    return found


def _html(report: Report) -> bytes:
    # Jinja2 is needed here alone and costs other formats nothing.
    from auditor.report.webpage import report_html

    return _encoded(report_html(report.view))


def _encoded(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which has no encoding, becomes an escape (as JSON writes it)."""
    return text.encode("utf-8", "backslashreplace")


_BY_NAME: Mapping[str, _Format] = MappingProxyType(
    {
        "text": _Format("report.txt", lambda report: _encoded(report_text(report.view))),
        "listing": _Format(
            "findings.txt", lambda report: _encoded(report_listing(report.result)), for_people=False
        ),
        "html": _Format("report.html", _html),
        "markdown": _Format("report.md", lambda report: _encoded(report_markdown(report.view))),
        "json": _Format("report.json", lambda report: _encoded(audit_json(report.result))),
        "jsonl": _Format("findings.jsonl", lambda report: _encoded(findings_jsonl(report.result))),
        "csv": _Format("findings.csv", lambda report: csv_bytes(findings_sheet(report.result))),
        "inventory-csv": _Format("fields.csv", lambda report: csv_bytes(fields_sheet(report.result))),
        "xlsx": _Format("report.xlsx", lambda report: workbook_bytes(all_sheets(report.result))),
        "sarif": _Format("report.sarif", lambda report: _encoded(report_sarif(report.result)), for_people=False),
        "junit": _Format("junit.xml", lambda report: _encoded(report_junit(report.result)), for_people=False),
        "gitlab": _Format(
            "gl-code-quality-report.json",
            lambda report: _encoded(report_codequality(report.result)),
            for_people=False,
        ),
        "github": _Format(
            "annotations.txt", lambda report: _encoded(report_annotations(report.result)), for_people=False
        ),
        "github-summary": _Format(
            "step-summary.md", lambda report: _encoded(report_step_summary(report.result)), for_people=False
        ),
    }
)
FORMATS: tuple[str, ...] = tuple(_BY_NAME)
