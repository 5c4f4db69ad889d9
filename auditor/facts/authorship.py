"""Which kind of actor created and changed a definition in the live organisation. Never who."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from auditor.facts.base import BOOLEAN, COMPONENT, DATA, DATE, ENUM, Fact, Facts
from auditor.facts.dates import of_the_platform
from auditor.facts.existence import canonical, last_set_up
from auditor.model.observations import Actor, Deed
from auditor.model.values import ABSENT, DateRange, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "drift"
KINDS = DATA | COMPONENT
ACTORS = tuple(str(each) for each in Actor if each is not Actor.UNKNOWN)
_SETTLED = ("setup-audit-trail", "tooling-custom-field")


def creator(facts: Facts, key: str) -> Actor:
    """Who created it, as a kind: by the log of changes, else by the register of definitions."""
    key = canonical(facts, key)
    logged = last_set_up(facts, key, (Deed.CREATED,))
    if logged is not None and logged.by is not Actor.UNKNOWN:
        return logged.by
    told = (each.created_by for each in facts.evidence.definitions(key) if each.created_by is not Actor.UNKNOWN)
    return next(told, Actor.UNKNOWN)


def changer(facts: Facts, key: str) -> tuple[Actor, date | None]:
    """Who changed it last, as a kind, and when: the later of the log of changes and the register."""
    key = canonical(facts, key)
    logged = last_set_up(facts, key, (Deed.CREATED, Deed.CHANGED))
    changes = ((each.modified, each.modified_by) for each in facts.evidence.definitions(key))
    told = [(day, actor) for day, actor in changes if day is not None]
    if logged is not None and logged.last is not None:
        told.append((logged.last, logged.by))
    if not told:
        return Actor.UNKNOWN, None
    newest = max(day for day, _ in told)
    # A day apart is one deed: the register writes UTC, a trail perhaps another zone.
    by = [actor for day, actor in told if abs((newest - day).days) <= 1 and actor is not Actor.UNKNOWN]
    return (by[0] if by else Actor.UNKNOWN), newest


def _by(of: Callable[[Facts, str], Actor], deed: str) -> Callable[[Facts, str], Value]:
    def answer(facts: Facts, key: str) -> Value:
        if of_the_platform(facts, key):
            return ABSENT
        actor = of(facts, key)
        if actor is Actor.UNKNOWN:
            return Unknown(
                f"nothing tells which kind of actor {deed} it", facts.settled_by(_system(key), *_SETTLED)
            )
        return str(actor)

    return answer


def outside(facts: Facts, key: str, actor: Actor) -> bool | None:
    """Whether an actor is surely not the pipeline: only where the company declares who deploys."""
    if actor is Actor.PIPELINE:
        return False
    declared = _system(key) in facts.settings.pipelines
    return True if declared and actor is not Actor.UNKNOWN else None


def _created_outside(facts: Facts, key: str) -> Value:
    if of_the_platform(facts, key):
        return ABSENT
    told = outside(facts, key, creator(facts, key))
    if told is not None:
        return told
    if _never_committed(facts, key):
        return True
    return _undeclared(facts, key, "created")


def _changed_outside(facts: Facts, key: str) -> Value:
    if of_the_platform(facts, key):
        return ABSENT
    told = outside(facts, key, changer(facts, key)[0])
    return _undeclared(facts, key, "changed") if told is None else told


def _undeclared(facts: Facts, key: str, deed: str) -> Unknown:
    if _system(key) in facts.settings.pipelines:
        reason = f"nothing tells which kind of actor {deed} it"
        return Unknown(reason, facts.settled_by(_system(key), *_SETTLED))
    return Unknown(
        "nobody declared who deploys; `pipeline_users:` in auditor.yaml names the users of the pipeline"
    )


def _never_committed(facts: Facts, key: str) -> bool:
    """Whether it is in the organisation and no commit ever held it, though the history covers its creation."""
    key = canonical(facts, key)
    told = facts.evidence.definitions(key)
    days = [each.created for each in told if each.created is not None]
    if not days or any(facts.evidence.format(each.source) == "git-history" for each in told):
        return False
    windows = facts.evidence.windows(_system(key), Deed.DEFINED)
    return any(
        facts.evidence.format(each.source) == "git-history"
        and each.start is not None
        and each.start < min(days) <= each.end
        for each in windows
    )


def _newer(facts: Facts, key: str) -> Value:
    """Whether the last change in the organisation is later than any to its file."""
    if of_the_platform(facts, key):
        return ABSENT
    bounds = [each.modified_not_after for each in facts.evidence.definitions(key) if each.modified_not_after]
    changed = changer(facts, key)[1]
    if changed is None or not bounds:
        missing = "setup-audit-trail" if changed is None else "git-history"
        what = (
            "nothing dates its last change in the organisation" if changed is None else "no commit dates its file"
        )
        return Unknown(what, facts.settled_by(_system(key), *(_SETTLED if changed is None else (missing,))))
    return changed > max(bounds)


def _repo_since(facts: Facts, key: str) -> Value:
    return _committed(facts, key, [e.created_not_after for e in facts.evidence.definitions(key)], min)


def _repo_changed(facts: Facts, key: str) -> Value:
    return _committed(facts, key, [e.modified_not_after for e in facts.evidence.definitions(key)], max)


def _committed(facts: Facts, key: str, days: list[date | None], best: Callable[[list[date]], date]) -> Value:
    told = [day for day in days if day is not None]
    if told:
        return DateRange(None, best(told))
    if of_the_platform(facts, key):
        return ABSENT
    return Unknown("no history of the repository names it", facts.settled_by(_system(key), "git-history"))


def _system(key: str) -> str:
    return key.partition(":")[0]


def _words(facts: Facts, key: str) -> str:
    """The sources that tell who and when."""
    key = canonical(facts, key)
    definitions = (e.source for e in facts.evidence.definitions(key) if e.created_by is not Actor.UNKNOWN)
    logged = (e.source for deed in (Deed.CREATED, Deed.CHANGED) for e in facts.evidence.observations(key, deed))
    return facts.evidence.words((*definitions, *logged))


_PLATFORM = "it is the platform's own"
_NOBODY = "nothing tells which kind of actor it was"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "created_by",
            KINDS,
            ENUM,
            "Which kind of actor created it in the live organisation; other: surely not the pipeline.",
            FAMILY,
            local(1, "", "named"),
            values=ACTORS,
            unknown_when=_NOBODY,
            settled_by=_SETTLED,
            absent_when=_PLATFORM,
        ),
        _by(creator, "created"),
        _words,
    ),
    Fact(
        FactSpec(
            "changed_by",
            KINDS,
            ENUM,
            "Which kind of actor changed its definition last in the live organisation.",
            FAMILY,
            local(1, "", "named"),
            values=ACTORS,
            unknown_when=_NOBODY,
            settled_by=_SETTLED,
            absent_when=_PLATFORM,
        ),
        _by(lambda facts, key: changer(facts, key)[0], "changed"),
        _words,
    ),
    Fact(
        FactSpec(
            "created_outside_pipeline",
            KINDS,
            BOOLEAN,
            "Whether somebody else than the declared pipeline created it, or no commit ever held it.",
            FAMILY,
            local(1, "", "named"),
            unknown_when="nobody declared who deploys, or nothing tells who created it",
            settled_by=_SETTLED,
            absent_when=_PLATFORM,
        ),
        _created_outside,
        _words,
    ),
    Fact(
        FactSpec(
            "changed_outside_pipeline",
            KINDS,
            BOOLEAN,
            "Whether somebody else than the declared pipeline changed its definition last.",
            FAMILY,
            local(1, "", "named"),
            unknown_when="nobody declared who deploys, or nothing tells who changed it",
            settled_by=_SETTLED,
            absent_when=_PLATFORM,
        ),
        _changed_outside,
        _words,
    ),
    Fact(
        FactSpec(
            "newer_in_org",
            KINDS,
            BOOLEAN,
            "Whether its definition changed in the live organisation after the last commit to its file.",
            FAMILY,
            local(1, "", "named"),
            unknown_when="nothing dates the one or the other",
            settled_by=("tooling-custom-field", "git-history"),
            absent_when=_PLATFORM,
        ),
        _newer,
    ),
    Fact(
        FactSpec(
            "repo_since",
            KINDS,
            DATE,
            "Not after which day its definition came into the repository.",
            FAMILY,
            local(1, "", "named"),
            unknown_when="no history of the repository names it",
            settled_by=("git-history",),
            absent_when=_PLATFORM,
        ),
        _repo_since,
    ),
    Fact(
        FactSpec(
            "repo_changed",
            KINDS,
            DATE,
            "Not after which day its file was last changed in the repository.",
            FAMILY,
            local(1, "", "named"),
            unknown_when="no history of the repository names it",
            settled_by=("git-history",),
            absent_when=_PLATFORM,
        ),
        _repo_changed,
    ),
)
