"""An explanation for machines: the condition trees as JSON. A contract; new keys may come, none goes."""

from __future__ import annotations

from auditor.model.observations import Window
from auditor.model.values import Unknown
from auditor.policy.explaining import Explanation
from auditor.policy.trees import open_questions
from auditor.report.machine import json_text, plain_value
from auditor.workspace.explained_evidence import Origin, leaves, origins, sources_of
from auditor.workspace.explaining import Case, Explained

SCHEMA_VERSION = 1


def explained_json(explained: Explained) -> str:
    """Every policy that speaks of the subject, whatever it says, as one document."""
    used = [
        told
        for case in explained.cases
        for tree in (case.judged.target, case.judged.condition)
        for leaf in (leaves(tree) if tree is not None else ())
        for told in _sources(leaf, explained)
    ]
    document = {
        "schema_version": SCHEMA_VERSION,
        "as_of": explained.ground.as_of,
        "subject": explained.subject,
        "path": explained.path,
        "line": explained.line,
        "policies": [_case(case, explained) for case in explained.cases],
        "sections": {section.name: dict(section.values) for section in explained.sections},
        "evidence": [_origin(each) for each in origins(used, explained.subject, explained.inputs.evidence)],
    }
    return json_text(document)


def _case(case: Case, explained: Explained) -> dict[str, object]:
    info, judged, finding = case.policy.info, case.judged, case.finding
    trees = tuple(tree for tree in (judged.target, judged.condition) if tree is not None)
    questions = dict.fromkeys(question for tree in trees for question in open_questions(tree))
    return {
        "policy": info.id,
        "title": info.title,
        "severity": info.severity,
        "pillar": info.pillar,
        "outcome": case.outcome,
        "confidence": None if finding is None else finding.confidence,
        "message": case.message,
        "why": info.why,
        "fix": info.fix,
        "waiver": "" if finding is None else finding.waiver,
        "fingerprint": "" if finding is None else finding.fingerprint,
        "target": None if judged.target is None else _node(judged.target, explained),
        "polarity": case.policy.polarity,
        "condition": _node(judged.condition, explained),
        "open": [_question(question) for question in questions],
    }


def _node(told: Explanation, explained: Explained) -> dict[str, object]:
    """One node: its truth, its words, what was found there and by what, and the nodes below it."""
    return {
        "truth": told.truth.value,
        "shape": told.shape,
        "text": told.text,
        "subject": told.subject,
        "fact": None if told.fact is None else told.fact.name,
        "relation": told.relation or None,
        "value": None if told.found is None else plain_value(told.found),
        "printed": told.value,
        "exact": told.exact,
        "evidence": list(_sources(told, explained)),
        "witnesses": [
            {"subject": each.subject, "relation": each.relation, "path": each.path, "line": each.line}
            for each in told.witnesses
        ],
        "unknowns": [_question(unknown) for unknown in told.unknowns],
        "parts": [_node(part, explained) for part in told.parts],
    }


def _sources(told: Explanation, explained: Explained) -> tuple[str, ...]:
    return () if told.fact is None else sources_of(told.subject, told.fact.name, explained.ground)


def _question(unknown: Unknown) -> dict[str, object]:
    return {"because": unknown.because, "settled_by": list(unknown.settled_by)}


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "name": origin.told,
        "id": origin.id,
        "kind": origin.format,
        "windows": [_window(window) for window in origin.windows],
    }


def _window(window: Window) -> dict[str, object]:
    """`from` null: from the beginning of the subject, as a register says it."""
    return {"deed": window.deed, "from": window.start, "to": window.end}
