"""Findings beside a baseline: what is new, worse, unchanged, or probably the same under another name.

Neither lines nor files are compared, only what a finding is about. A violation that grew by its own measure
(64 fields, now 90) is worse than what was accepted. A rename is followed by the platform's id, by `moved:` of the
configuration, or, where both are silent, suspected and said to be so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.model.findings import Finding, Outcome
from auditor.policy.baselines import Entry, Traits
from auditor.policy.syntax import Policy
from auditor.policy.telling import fingerprint
from auditor.policy.worsening import worsened

NEW, WORSE, UNCHANGED, CARRIED = "new", "worse", "unchanged", "carried"
GATED = frozenset({NEW, WORSE})
"""What a gate speaks about."""
ALIKE = 0.9
"""Labels that are so similar are taken for one; the share of matching characters."""

TraitsOf = Callable[[str], Traits | None]
"""The traits of a subject; None where nothing of that name exists (any more)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings with what the baseline knows of them, and what became of its entries."""

    findings: tuple[Finding, ...]
    matched: tuple[tuple[Entry, Finding], ...] = ()
    """Entries that still stand, each with the finding that answers to it."""
    gone: tuple[Entry, ...] = ()
    """Entries that nothing answers to any more, sorted."""

    @property
    def sentence(self) -> str:
        """One line for people."""
        counts = Counter(each.baseline for each in self.findings if each.baseline)
        parts = [f"{counts[state]} {state}" for state in (NEW, WORSE, UNCHANGED)]
        if counts[CARRIED]:
            parts.append(f"{counts[CARRIED]} carried (rename suspected; say so under moved: in auditor.yaml)")
        fixed = f", {len(self.gone)} fixed (`auditor baseline prune` records that)" if self.gone else ""
        return f"Baseline: {', '.join(parts)}{fixed}."


def compare(
    findings: Sequence[Finding],
    entries: Sequence[Entry],
    policies: Sequence[Policy],
    moved: Mapping[str, str],
    traits_of: TraitsOf,
) -> Compared:
    """Mark every violation and waived finding by what the baseline holds of it.

    `moved` leads from old names of subjects to new ones.
    """
    left = _Entries(entries, moved)
    by_id = {policy.info.id: policy for policy in policies}
    kept: dict[int, tuple[str, Entry | None]] = {}
    for number, finding in enumerate(findings):
        if finding.outcome in (Outcome.VIOLATION, Outcome.WAIVED):
            kept[number] = _known(finding, by_id.get(finding.policy), left)
    for number, (state, _) in list(kept.items()):
        if state == NEW:
            entry = left.renamed(findings[number], traits_of)
            kept[number] = (CARRIED, entry) if entry is not None else (NEW, None)
    marked = [_marked(finding, kept.get(number)) for number, finding in enumerate(findings)]
    matched = [(entry, marked[number]) for number, (_, entry) in sorted(kept.items()) if entry is not None]
    return Compared(tuple(marked), tuple(matched), left.unmatched())


def entries_of(findings: Iterable[Finding], traits_of: TraitsOf) -> tuple[Entry, ...]:
    """The baseline of the violations that stand now, sorted."""
    return tuple(sorted(_entry_of(f, traits_of) for f in findings if f.outcome is Outcome.VIOLATION))


def pruned(compared: Compared, traits_of: TraitsOf) -> tuple[Entry, ...]:
    """The baseline without what no longer stands, sorted; nothing is ever added.

    What did not get worse is kept as it is today, so that what was won is not given back. What got worse, or was
    only suspected to be the same, stays as it was written.
    """
    return tuple(
        sorted(
            _entry_of(finding, traits_of) if finding.baseline == UNCHANGED else entry
            for entry, finding in compared.matched
        )
    )


def alike(label: str, other: str) -> bool:
    """Whether two labels are nearly one, as those of a field before and after it was renamed."""
    from difflib import SequenceMatcher  # seldom needed

    return SequenceMatcher(None, label.casefold(), other.casefold()).ratio() >= ALIKE


def _entry_of(finding: Finding, traits_of: TraitsOf) -> Entry:
    traits = traits_of(finding.subject) or Traits()
    return Entry(finding.subject, finding.policy, finding.measured, finding.fingerprint, finding.identity, traits)


def _known(finding: Finding, policy: Policy | None, left: _Entries) -> tuple[str, Entry | None]:
    prints = [finding.fingerprint, finding.identity]
    prints += [fingerprint(alias, finding.subject) for alias in (policy.aliases if policy else ())]
    entry = left.take(prints)
    if entry is None:
        return NEW, None
    worse = policy is not None and worsened(policy, entry.measured, finding.measured)
    return (WORSE if worse else UNCHANGED), entry


def _marked(finding: Finding, known: tuple[str, Entry | None] | None) -> Finding:
    if known is None:
        return finding
    state, entry = known
    if state == WORSE and entry is not None:
        finding = replace(finding, message=f"{finding.message} (was {entry.measured} in the baseline)")
    if state == CARRIED and entry is not None:
        finding = replace(finding, message=f"{finding.message} (carried from {entry.subject}: rename suspected)")
    return replace(finding, baseline=state)


class _Entries:
    """The entries that no finding has claimed yet; each answers for one finding only."""

    def __init__(self, entries: Sequence[Entry], moved: Mapping[str, str]) -> None:
        self._entries = entries
        self._left = dict.fromkeys(range(len(entries)))
        self._by_print: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            names = {entry.fingerprint, entry.identity}
            if entry.subject in moved:
                names.add(fingerprint(entry.policy, moved[entry.subject]))
            for name in names - {""}:
                self._by_print.setdefault(name, []).append(number)

    def take(self, prints: Iterable[str]) -> Entry | None:
        for name in prints:
            for number in self._by_print.get(name, ()):
                if number in self._left:
                    del self._left[number]
                    return self._entries[number]
        return None

    def renamed(self, finding: Finding, traits_of: TraitsOf) -> Entry | None:
        """The one entry that may be the finding's subject under a former name; none where several may be."""
        own = traits_of(finding.subject)
        if own is None or not (own.label and own.type and own.created):
            return None
        likely = [n for n in self._left if _may_be(self._entries[n], finding, own, traits_of)]
        if len(likely) != 1:
            return None
        del self._left[likely[0]]
        return self._entries[likely[0]]

    def unmatched(self) -> tuple[Entry, ...]:
        return tuple(sorted(self._entries[number] for number in self._left))


def _may_be(entry: Entry, finding: Finding, own: Traits, traits_of: TraitsOf) -> bool:
    """Same policy, object, type and day of creation, nearly the same label, and the old name exists no more."""
    return (
        entry.policy == finding.policy
        and entry.subject.rpartition(".")[0] == finding.subject.rpartition(".")[0] != ""
        and (entry.traits.type, entry.traits.created) == (own.type, own.created)
        and alike(entry.traits.label, own.label)
        and traits_of(entry.subject) is None
    )
