"""Violations as SARIF 2.1.0, for code scanning.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, and GitHub's documentation of what of it code
scanning reads and accepts. Written as plain values: the tests hold them against the published schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity, Witness
from auditor.model.results import AuditResult, PolicyTally
from auditor.report import headings, phrasing, wording
from auditor.report.finding_sections import ordered
from auditor.report.markdown import escaped
from auditor.report.places import Place, Places
from auditor.version import VERSION

MOST_RESULTS = 25_000
"""Results of one run that code scanning accepts; it refuses the whole file beyond. Documented limit, 2026."""
_MOST_RELATED = 100
"""Locations of one result that code scanning shows."""
_MOST_SKIPPED = 100
"""Lines of what was not read; the report has the rest."""
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
_BASELINE_STATES = {"new": "new", "unchanged": "unchanged", "worse": "updated"}


def report_sarif(result: AuditResult) -> str:
    """One run: a rule for every policy in force, a result for every violation and every waived one.

    What is unknown is no result, since nobody can mend it in a file; a notification a policy tells how many.
    """
    rules = [tally.policy for tally in result.tallies]
    told = [f for f in ordered(result.findings) if f.outcome in (Outcome.VIOLATION, Outcome.WAIVED)]
    index = {policy.id: number for number, policy in enumerate(rules)}
    places = Places(result.systems)
    run = {
        "tool": {"driver": {**_driver(), "rules": [_rule(policy) for policy in rules]}},
        "automationDetails": {"id": f"crm-scope-auditor/{_uri(result.company or wording.UNNAMED)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result, len(told) - MOST_RESULTS)],
        "results": [_result(finding, index, places) for finding in told[:MOST_RESULTS]],
        "properties": {"asOf": result.as_of.isoformat(), "policiesDigest": result.policies_digest},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _driver() -> dict[str, object]:
    return {"name": "crm-scope-auditor", "version": VERSION, "semanticVersion": VERSION}


def _rule(policy: PolicyInfo) -> dict[str, object]:
    help_text = f"{policy.why}\n\n{policy.fix}".strip() or policy.title
    return {
        "id": policy.id,
        "shortDescription": {"text": _message(policy.title)},
        "fullDescription": {"text": _message(policy.why or policy.title)},
        "help": {"text": _message(help_text), "markdown": _help(policy)},
        "defaultConfiguration": {"level": _LEVELS.get(policy.severity, "note")},
        "properties": {"tags": [policy.pillar] if policy.pillar else [], "severity": str(policy.severity)},
    }


def _help(policy: PolicyInfo) -> str:
    parts = [f"**{escaped(title)}** {escaped(text)}" for title, text in _told(policy) if text]
    more = f"**{headings.MORE}** `auditor policy show {policy.id}`, `auditor explain SUBJECT {policy.id}`"
    return "\n\n".join([*parts, more])


def _told(policy: PolicyInfo) -> tuple[tuple[str, str], ...]:
    return (headings.WHY, policy.why), (headings.DO, policy.fix)


def _result(finding: Finding, index: Mapping[str, int], places: Places) -> dict[str, object]:
    prints = {"auditorPath/v1": finding.fingerprint, "auditorId/v1": finding.identity}
    told: dict[str, object] = {
        "ruleId": finding.policy,
        **({"ruleIndex": index[finding.policy]} if finding.policy in index else {}),
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": _message(sentence(finding))},
        "locations": [_location(finding, places)],
        "partialFingerprints": {name: value for name, value in prints.items() if value},
        "properties": {"confidence": finding.confidence, "subject": finding.subject},
    }
    if finding.baseline in _BASELINE_STATES:
        told["baselineState"] = _BASELINE_STATES[finding.baseline]
    if finding.outcome is Outcome.WAIVED:
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.waiver}]
    related = [each for each in finding.witnesses if each.path][:_MOST_RELATED]
    if related:
        told["relatedLocations"] = [_related(each, number, places) for number, each in enumerate(related)]
    return told


def sentence(finding: Finding) -> str:
    """What is wrong with what, and the evidence, as one paragraph for a pipeline's page."""
    evidence = "; ".join(phrasing.datum_words(datum) for datum in finding.evidence)
    return f"{finding.subject}: {finding.message}" + (f" ({evidence})" if evidence else "")


def _location(finding: Finding, places: Places) -> dict[str, object]:
    place = places.of(finding)
    return {
        "physicalLocation": _physical(place),
        "logicalLocations": [{"fullyQualifiedName": finding.subject}],
    }


def _related(witness: Witness, number: int, places: Places) -> dict[str, object]:
    place = places.at(witness.subject, witness.path, witness.line)
    told = f"{witness.relation}: {witness.subject}"
    return {"id": number, "physicalLocation": _physical(place), "message": {"text": _message(told)}}


def _physical(place: Place) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": _uri(place.path)},
        "region": {"startLine": place.line},
    }


def _invocation(result: AuditResult, left_out: int) -> dict[str, object]:
    notes = [_note(line) for line in _unknown(result.tallies)]
    notes += [_note(f"{line.path}: {line.reason}") for line in result.skipped[:_MOST_SKIPPED]]
    if left_out > 0:
        notes.append(_note(wording.LEFT_OUT_OF_FILE.format(n=phrasing.figure(left_out))))
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _unknown(tallies: Sequence[PolicyTally]) -> Iterable[str]:
    for tally in tallies:
        if tally.unknown:
            yield f"{tally.policy.id}: {phrasing.counted(tally.unknown, wording.OPEN_QUESTIONS)}"


def _note(text: str) -> dict[str, object]:
    return {"level": "note", "message": {"text": _message(text)}}


def _uri(text: str) -> str:
    """A path as a URI reference; half of a surrogate pair, which has no encoding, as an escape."""
    return quote(text, errors="backslashreplace")


def _message(text: str) -> str:
    """Text of a SARIF message, in which braces are placeholders and brackets links unless they are escaped."""
    for mark, written in (("\\", "\\\\"), ("{", "{{"), ("}", "}}"), ("[", "\\["), ("]", "\\]")):
        text = text.replace(mark, written)
    return text
