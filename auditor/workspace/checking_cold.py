"""The way of a check that found nothing kept: the state before is read once and kept, the quick way does the rest.

So a first check costs one reading, and the next one finds what this one read. Where nothing can be kept for good
(a folder that may not be written to), it is kept for the length of the check.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from auditor.dataclasses import replace
from auditor.facts.concepts import CLASSIFIER
from auditor.formats.collecting import collector_at_rest
from auditor.index.grounds import Vault
from auditor.judging import facts_for
from auditor.model.checks import CheckResult
from auditor.workspace.checking_glancing import Glance, glanced
from auditor.workspace.checking_kept import law_kept
from auditor.workspace.checking_quick import DeclinedError
from auditor.workspace.checking_sides import Run, Sides, sides_of
from auditor.workspace.checking_states import catalogs_at
from auditor.workspace.checking_telling import View
from auditor.workspace.grounding import vault_of
from auditor.workspace.law import Law


def cold(glance: Glance, run: Run, answered: Callable[[View], CheckResult]) -> CheckResult:
    """The answer to a change of which nothing was kept.

    Raises:
        ConfigurationError: the law after the change is wrong; every problem at once.
        DeclinedError: both sides must be read whole.
        SourceError: a source cannot be read.
    """
    sides = sides_of(run, glance.change)
    law = law_kept(run, sides)
    if law is None:
        raise DeclinedError("what is judged by does not stand in the folder as it is checked")
    glance = replace(glance, law=law)
    try:
        return glanced(glance, answered)
    except DeclinedError as declined:
        if not declined.lacking:
            raise
    if glance.change.base == run.repository.empty:
        raise DeclinedError("there is no commit before the change")
    return glanced(replace(glance, vault=_read(run, glance, sides, law)), answered)


def _read(run: Run, glance: Glance, sides: Sides, law: Law) -> Vault:
    """Read the state before and keep it; gives where."""
    from auditor.workspace.ground_keeping import keep_read
    from auditor.workspace.law import kept_classifier
    from auditor.workspace.outside import beyond

    reading = replace(run.reading, rows={})
    config = law.config
    with collector_at_rest():
        catalogs = beyond(config, catalogs_at(replace(sides.before, config=config), reading), reading.progress)
        inputs = replace(law.inputs_on(reading.as_of), catalogs=catalogs, evidence=reading.kept.evidence)
        facts = facts_for(inputs)
        rows = {(name, 0): list(found) for name, found in (reading.rows or {}).items()}
    facts.shelf.assume(CLASSIFIER, lambda _name: kept_classifier(law, glance.read, reading.cache))
    tree = run.repository.tree_of(glance.change.base)
    lasting = vault_of(config)
    if lasting is not None and keep_read(lasting, config, tree, (inputs, facts), rows):
        return lasting
    passing = Vault(reading.scratch / "ground.sqlite", secrets.token_bytes(32))
    if not keep_read(passing, config, tree, (inputs, facts), rows):
        raise DeclinedError("nothing can be kept, not even for the length of a check")
    return passing
