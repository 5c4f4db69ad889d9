"""Runs that accumulated before anybody knew the report, joined with the definition that is known today.

What was joined when it was added stays as it was. A run that named a report by its id only, or one without a
definition, is joined again at every audit: surely where the definition is known not to have changed since the run,
else only possibly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import replace
from auditor.model.names import component_key
from auditor.model.observations import Deed, Observation
from auditor.usage.logs.reports import Reports, reports_of
from auditor.usage.request import UsageRequest

_KIND = "report"


def rejoined(seen: Sequence[Observation], request: UsageRequest) -> tuple[Observation, ...]:
    """The same with reports by their names of today, and with reads by runs that no definition was known for.

    `request` tells the catalogue and what registers and describes said before.
    """
    if all(each.deed is not Deed.RUN for each in seen):
        return tuple(seen)
    reports = reports_of(request)
    prefix = component_key(request.system, _KIND, "")
    named = [_named(each, reports, prefix) for each in seen]
    told = {each.via for each in named if each.deed is Deed.READ}
    runs = (
        each
        for each in named
        if each.deed is Deed.RUN and each.subject.startswith(prefix) and each.subject not in told
    )
    return (*named, *_reads(runs, reports))


def _named(each: Observation, reports: Reports, prefix: str) -> Observation:
    """With the name that today's register gives to an id."""
    subject = _known(each.subject, reports, prefix)
    via = _known(each.via, reports, prefix) if each.via else each.via
    return each if (subject, via) == (each.subject, each.via) else replace(each, subject=subject, via=via)


def _known(name: str, reports: Reports, prefix: str) -> str:
    return reports.by_id.get(name.removeprefix(prefix), name) if name.startswith(prefix) else name


def _reads(runs: Iterable[Observation], reports: Reports) -> Iterator[Observation]:
    for run in runs:
        if run.last is None:
            continue
        changed = reports.modified.get(run.subject)
        sure = changed is not None and changed <= run.last and not run.possible
        for field, possible in reports.definitions.get(run.subject, ()):
            yield Observation(
                field,
                Deed.READ,
                run.source,
                run.last,
                by=run.by,
                possible=possible or not sure,
                via=run.subject,
            )
