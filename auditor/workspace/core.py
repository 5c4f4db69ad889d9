"""What `auditor core` answers: the smallest set of fields that carries a share of all observed use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.config.values import Config
from auditor.dataclasses import replace
from auditor.errors import EvidenceError, NothingMatchedError
from auditor.facts.base import Facts
from auditor.facts.smallest_core import core_of, crm_fields, settled_by, unwatched_fields
from auditor.judging import facts_for
from auditor.model.cores import CoreReport
from auditor.policy.words import nearest
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs


def smallest_core_of(
    config: Config, keep: float, names: Sequence[str], as_of: date, progress: Progress
) -> CoreReport:
    """The core of the CRMs that a configuration names; `names` limit what is told to some objects or areas.

    Raises:
        NothingMatchedError: no CRM has any field, or a name is no object and no area that was used.
        EvidenceError: no read of any field was observed; says what to export.
    """
    facts = facts_for(gather_inputs(config, as_of, progress))
    if not crm_fields(facts):
        raise NothingMatchedError("no system of role crm has any field; name one under systems: in auditor.yaml")
    report = core_of(facts, keep)
    if report is None:
        raise EvidenceError(_without_use(facts))
    return _only(report, names) if names else report


def _without_use(facts: Facts) -> str:
    kinds = settled_by(facts, unwatched_fields(facts, crm_fields(facts)))
    told = f"; {', '.join(kinds)} would tell (`auditor evidence plan` says how to get them)" if kinds else ""
    return f"no read of any field was observed, so that nothing can be weighed{told}"


def _only(report: CoreReport, names: Sequence[str]) -> CoreReport:
    """The report with the curves and fields of some objects or areas alone; the whole stays on top."""
    known = {each.name: each for each in report.curves if each.kind != "all"}
    short = {name.partition(":")[2]: name for name in known if ":" in name}
    wanted = {short.get(name, name) for name in names}
    missing = sorted(wanted - set(known))
    if missing:
        told = nearest(missing[0], [*known, *short])
        raise NothingMatchedError(f"no object or business area {missing[0]!r} was seen used.{told}")
    curves = tuple(each for each in report.curves if each.kind == "all" or each.name in wanted)
    members = tuple(each for each in report.members if each.object in wanted or each.area in wanted)
    return replace(report, curves=curves, members=members)
