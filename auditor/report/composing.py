"""An audit's result as the view that text, Markdown and HTML lay out."""

from __future__ import annotations

from auditor.model.results import AuditResult
from auditor.report.carriage_section import carriage_section
from auditor.report.divergence_section import divergence_section
from auditor.report.drift_section import drift_section
from auditor.report.evidence_sections import appendix_section, evidence_section, skipped_section
from auditor.report.finding_sections import exceptions_section, findings_section, policy_section
from auditor.report.first_page import first_page
from auditor.report.integration_sections import integration_section, outside_section
from auditor.report.naming import names_for
from auditor.report.plan_section import plan_section
from auditor.report.purpose_section import purpose_section
from auditor.report.review_section import review_section
from auditor.report.scope_sections import (
    inventory_section,
    scope_section,
    sprawl_section,
)
from auditor.report.score_section import score_section
from auditor.report.view import ReportView

_SECTIONS = (
    score_section,
    scope_section,
    carriage_section,
    divergence_section,
    sprawl_section,
    purpose_section,
    review_section,
    plan_section,
    drift_section,
    integration_section,
    outside_section,
    policy_section,
    exceptions_section,
    evidence_section,
    skipped_section,
    findings_section,
    inventory_section,
    appendix_section,
)
"""What a management group reads through comes first, up to the way back; what is looked up follows."""


def compose(result: AuditResult) -> ReportView:
    """The first page and all sections, in their order."""
    names = names_for(result.systems)
    sections = (section(result, names) for section in _SECTIONS)
    return ReportView(first_page(result, names), tuple(section for section in sections if section.blocks))
