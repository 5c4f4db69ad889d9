"""The waves of a plan: what is done in which order, from which day on, by whom, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from auditor.dataclasses import dataclass
from auditor.model.rollback import Blocker, PlanRules, Removed, Step, Wave, WaveKind
from auditor.planning.data import Recovery
from auditor.planning.ground import EDITED, Ground
from auditor.planning.weighing import Weight, heaviest, weigh


@dataclass(frozen=True, slots=True)
class Calendar:
    """The first day of each wave, and what each rests on."""

    days: Mapping[WaveKind, date]
    why: Mapping[WaveKind, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """What one wave says: title, what is done for one owner, the way back of a step and of the wave."""

    title: str
    what: str
    what_components: str
    reverse: str
    whole: str
    by_hand: str = ""
    """The way back where no program edits the sources of a system."""


def calendar(
    as_of: date, rules: PlanRules, recovery: Mapping[str, Recovery], platforms: Sequence[str]
) -> Calendar:
    """Days are the earliest: each wave waits for the one before it to be done, however long that takes."""
    hide = as_of + timedelta(days=rules.notice_days)
    export = hide + timedelta(days=rules.hidden_days)
    unreference = export + timedelta(days=rules.export_days)
    delete = unreference + timedelta(days=rules.settle_days)
    known = [recovery[each] for each in sorted(set(platforms)) if each in recovery]
    purge = delete + timedelta(days=max((each.days for each in known), default=0))
    return Calendar(
        {
            WaveKind.ANNOUNCE: as_of,
            WaveKind.HIDE: hide,
            WaveKind.EXPORT: export,
            WaveKind.UNREFERENCE: unreference,
            WaveKind.DELETE: delete,
            WaveKind.PURGE: purge,
        },
        {
            WaveKind.ANNOUNCE: "Nothing changes for anybody yet.",
            WaveKind.HIDE: f"{rules.notice_days} days of notice after the announcement.",
            WaveKind.EXPORT: f"{rules.hidden_days} days hidden, in which whoever misses it says so.",
            WaveKind.UNREFERENCE: f"{rules.export_days} days to check the export against its checksum.",
            WaveKind.DELETE: f"{rules.settle_days} days without a reference and without a complaint.",
            WaveKind.PURGE: _purge_words(known),
        },
    )


def _purge_words(known: Sequence[Recovery]) -> str:
    if not known:
        return "How long the platform lets a deletion be undone is not on record; ask its vendor before."
    longest = max(known, key=lambda each: each.days)
    told = f"A deletion can be undone for {longest.days} days ({longest.source}, as of {longest.as_of})."
    return f"{told} {longest.note}".rstrip()


def waves(
    ground: Ground, items: Sequence[Removed], blockers: Sequence[Blocker], days: Calendar
) -> tuple[Wave, ...]:
    """All waves in which there is something to do, in order."""
    by_subject: dict[str, list[Blocker]] = {}
    for blocker in blockers:
        by_subject.setdefault(blocker.subject, []).append(blocker)
    weights = {item.subject: weigh(ground, item, by_subject.get(item.subject, ())) for item in items}
    told = (_wave(ground, kind, items, weights, days) for kind in WaveKind)
    return tuple(wave for wave in told if wave.steps)


def _wave(
    ground: Ground, kind: WaveKind, items: Sequence[Removed], weights: Mapping[str, Weight], days: Calendar
) -> Wave:
    concerned = [item for item in items if _CONCERNS[kind](ground, item)]
    groups: dict[tuple[str, str], list[Removed]] = {}
    for item in concerned:
        groups.setdefault((item.owner, _about(ground, item)), []).append(item)
    text = _TEXTS[kind]
    steps = tuple(
        _step(
            (kind, about, _edited(ground, group)),
            group,
            [weights[item.subject] for item in group],
            days.days[kind],
        )
        for (_, about), group in sorted(groups.items())
    )
    whole = text.whole if _edited(ground, items) else text.by_hand or text.whole
    return Wave(kind, text.title, days.days[kind], days.why[kind], steps, whole)


def _edited(ground: Ground, items: Sequence[Removed]) -> bool:
    """Whether a program edits the sources of any of these."""
    systems = {item.subject.partition(":")[0] for item in items}
    return any(EDITED.intersection(ground.graph.system(each).source_kinds) for each in systems)


def _about(ground: Ground, item: Removed) -> str:
    """What steps are grouped by: the object that a thing belongs to, else its kind in words."""
    if item.kind == "object":
        return item.subject
    return ground.graph.object_of(item.subject) or f"{item.kind.replace('_', ' ')}s".capitalize()


def _step(
    of: tuple[WaveKind, str, bool], group: Sequence[Removed], weights: Sequence[Weight], earliest: date
) -> Step:
    kind, about, edited = of
    weight = heaviest(weights)
    text = _TEXTS[kind]
    harmless = kind in (WaveKind.ANNOUNCE, WaveKind.EXPORT)  # nothing is taken from anybody
    return Step(
        what=_what(text, group, about),
        subjects=tuple(item.subject for item in sorted(group, key=lambda item: (item.order, item.subject))),
        owner=group[0].owner,
        effort="small" if harmless else weight.effort,
        risk="low" if harmless else weight.risk,
        risk_because=_HARMLESS if harmless else weight.because,
        earliest=earliest,
        reverse=text.reverse if edited else text.by_hand or text.reverse,
    )


def _what(text: _Text, group: Sequence[Removed], about: str) -> str:
    data = [item for item in group if item.kind in ("field", "object")]
    others = [item for item in group if item.kind not in ("field", "object")]
    told = [text.what.format(n=_counted(data))] if data else []
    told += [text.what_components.format(n=_counted(others))] if others else []
    return f"{about}: {'; '.join(told)}."


_HARMLESS = "nothing is taken from anybody"


def _counted(group: Sequence[Removed]) -> str:
    kinds = {"field": 0, "object": 0, "component": 0}
    for item in group:
        kinds[item.kind if item.kind in kinds else "component"] += 1
    told = [f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in kinds.items() if count]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _always(_ground: Ground, _item: Removed) -> bool:
    return True


def _is_data(_ground: Ground, item: Removed) -> bool:
    return item.kind in ("field", "object")


def _can_hide(_ground: Ground, item: Removed) -> bool:
    """Data, and what runs or is opened; a page or a permission of what goes has nothing of its own to hide."""
    return item.kind in ("field", "object", "flow", "report", "dashboard", "list_view", "validation_rule")


def _holds_values(ground: Ground, item: Removed) -> bool:
    """Whether something would be lost that no definition restores: values of a field, rows of an object."""
    if item.kind == "object":
        return ground.facts.fact(item.subject, "rows") != 0
    if item.kind != "field" or ground.graph.field(item.subject).value.calculation is not None:
        return False
    return ground.facts.fact(item.subject, "never_filled") is not True


def _referred(ground: Ground, item: Removed) -> bool:
    return bool(ground.mentions(item.subject))


_CONCERNS: Mapping[WaveKind, Callable[[Ground, Removed], bool]] = {
    WaveKind.ANNOUNCE: _always,
    WaveKind.HIDE: _can_hide,
    WaveKind.EXPORT: _holds_values,
    WaveKind.UNREFERENCE: _referred,
    WaveKind.DELETE: _always,
    WaveKind.PURGE: _is_data,
}

_TEXTS: Mapping[WaveKind, _Text] = {
    WaveKind.ANNOUNCE: _Text(
        "Announce and mark",
        "say that {n} may go, and mark fields as DeprecateCandidate where there is such a mark",
        "say that {n} may go",
        "Say that it stays, and set the mark back.",
        "Say that it stays, and set the mark back; nothing else has changed.",
    ),
    WaveKind.HIDE: _Text(
        "Stop writing and hide",
        "stop what writes {n}, and take them off pages and out of permissions",
        "switch off {n}, or move to where nobody opens them",
        "Deploy what undo/ holds of this wave, or switch it on again.",
        "Deploy undo/ of this wave: pages and permissions are as before; values written meanwhile are missing.",
        "Put it back where it was taken from: note each place before.",
    ),
    WaveKind.EXPORT: _Text(
        "Export with a manifest and a checksum",
        "export the values of {n} as the manifest says, and fill in the checksums",
        "export {n}",
        "Delete the exported files where they must not be kept.",
        "Nothing has changed; exported files that hold personal data are deleted where they must not be kept.",
    ),
    WaveKind.UNREFERENCE: _Text(
        "Remove references",
        "remove what still mentions {n}",
        "remove what still starts or contains {n}",
        "Deploy what undo/ holds of this wave.",
        "Deploy undo/ of this wave: every component that was edited is as before.",
        "Put it back where it was taken from: note each place before.",
    ),
    WaveKind.DELETE: _Text(
        "Delete",
        "delete {n}, in the order of the plan",
        "delete {n}, in the order of the plan",
        "Within the recovery time undelete; after it restore the definition from undo/, then load the export.",
        "Within the recovery time undelete; after it deploy undo/, then load the exported values by record id.",
        "Create it anew by its definition in undo/, then load the exported values.",
    ),
    WaveKind.PURGE: _Text(
        "Purge",
        "empty the recycle bin of {n}; until then they count against the limits",
        "empty the recycle bin of {n}",
        "No undelete any more: restore the definition from undo/ and load the export.",
        "No undelete any more: definitions come back from undo/, values from the export, history from nothing.",
        "No undelete any more: create it anew by its definition in undo/, and load the export.",
    ),
}
