"""The duplicates between the CRMs and the ERPs of a graph, by either end; who finds them may be handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from auditor.facts.base import Facts
from auditor.facts.compared import systems
from auditor.lexicon.loading import load_lexicon
from auditor.matching.systems import Systems, match_prepared, prepare
from auditor.matching.wording import load_wording
from auditor.model.catalogue import Role
from auditor.model.matches import Match, Matches
from auditor.model.names import field_key, object_key

FAMILY = "duplicates"
POSSIBLE = 0.3
"""The score from which a match is told at all."""
_FINDER = (FAMILY, "finder")


class Finder(Protocol):
    """All matches by either end, each list with the best first."""

    @property
    def strangers(self) -> bool:
        """Whether there is no CRM, or no ERP to compare it with."""
        ...

    def of_crm(self, key: str) -> Sequence[Match]:
        """Those of an object or field of a CRM."""
        ...

    def of_erp(self, key: str) -> Sequence[Match]:
        """Those of an object or field of an ERP."""
        ...


def matches(facts: Facts) -> Matches:
    """Every duplicate between the CRMs and the ERPs of the graph; found once."""
    return facts.once((FAMILY, "matches"), lambda: match_prepared(prepared(facts), facts.settings.maps, POSSIBLE))


def prepared(facts: Facts) -> Systems:
    """The schemas of all systems, read as words; what `auditor.matching.recorded.record` keeps."""
    return facts.once((FAMILY, "systems"), lambda: _prepare(facts))


def find_with(facts: Facts, finder: Finder) -> None:
    """Have the duplicates told by a finder. To be called before anything asks for them: the first answer stays."""
    facts.once(_FINDER, lambda: finder)


def _prepare(facts: Facts) -> Systems:
    wording = load_wording(load_lexicon(facts.settings.lexicon))
    erps = systems(facts, Role.ERP)
    # Without an ERP nothing repeats anything, and nobody asks what the objects of a CRM are.
    crms = systems(facts, Role.CRM) if erps or facts.settings.maps else []
    return prepare(crms, erps, wording)


def finder(facts: Facts) -> Finder:
    """What tells the duplicates of the graph."""
    return facts.once(_FINDER, lambda: Found(matches(facts)))


class Found:
    """Duplicates that were all found at once."""

    def __init__(self, found: Matches) -> None:
        self.strangers = found.strangers
        self._by_crm: dict[str, list[Match]] = {}
        self._by_erp: dict[str, list[Match]] = {}
        for match in (*found.objects, *found.fields):
            self._by_crm.setdefault(crm_key(match), []).append(match)
            self._by_erp.setdefault(erp_key(match), []).append(match)

    def of_crm(self, key: str) -> Sequence[Match]:
        """See `Finder`."""
        return self._by_crm.get(key, ())

    def of_erp(self, key: str) -> Sequence[Match]:
        """See `Finder`."""
        return self._by_erp.get(key, ())


def crm_key(match: Match) -> str:
    """The object or field of the CRM, as the graph names it."""
    return _key(match.crm_system, match.crm_object, match.crm_field)


def erp_key(match: Match) -> str:
    """The object or field of the ERP, as the graph names it."""
    return _key(match.erp_system, match.erp_object, match.erp_field)


def _key(system: str, entity: str, field: str) -> str:
    return field_key(system, entity, field) if field else object_key(system, entity)
