"""Which profile and permission sets each active person holds, put together from whatever columns were exported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.formats.tables import Row, Table
from auditor.model.catalogue import Catalog
from auditor.model.observations import Actor
from auditor.usage.kit.accounts import Account, accounts_of, is_profile_table, is_user_table, profile_names
from auditor.usage.kit.people import declared_profiles, kind_of_user
from auditor.usage.kit.users import opened
from auditor.usage.pseudonyms import pseudonymiser
from auditor.usage.reading import CUT_AT, SkipList, day_of, flag_of, id_of, rows_of, tables_of, was_cut
from auditor.usage.request import UsageRequest

Holder: TypeAlias = tuple[str, str]
"""(`profile` or `permission_set`, its name in lower case)."""

# Standard profiles whose metadata name differs from the name that users see. Source: Metadata API, Profile.
_METADATA_NAMES = {
    "system administrator": "admin",
    "standard user": "standard",
    "read only": "readonly",
    "solution manager": "solutionmanager",
    "marketing user": "marketingprofile",
    "contract manager": "contractmanager",
    "standard platform user": "standardaul",
}


@dataclass(frozen=True, slots=True)
class Holders:
    """Active people by pseudonym with what they hold. `open` where that is not all; `notes` say why."""

    people: Mapping[str, frozenset[Holder]]
    rows: int
    open: bool
    notes: tuple[str, ...] = ()


def holders_of(request: UsageRequest, skips: SkipList) -> Holders:
    """Read the assignments and the users behind them.

    Users, profiles and permission sets come from further files of the request, or from `User`, `Profile` and
    `PermissionSet` exports beside them. People are all active users that are no integration and no automation.
    """
    tables = (*tables_of(request, skips), *opened(request, ("User", "Profile", "PermissionSet")))
    assignments = [table for table in tables if table.has("AssigneeId")]
    if not assignments:
        skips.add(request.id, "no file has the column AssigneeId")
    users = [table for table in tables if is_user_table(table) and not table.has("AssigneeId")]
    profiles = profile_names((table for table in tables if is_profile_table(table)), skips)
    declared = declared_profiles(request.options)
    accounts = accounts_of(users, profiles, declared, skips)
    lookup = _Lookup(profiles, _permission_sets(tables, profiles, skips), _groups(request.catalog), declared)
    joining = _Joining(request, accounts, lookup)
    cut = len(accounts) in CUT_AT
    for table in assignments:
        before = joining.rows
        for row in rows_of(table, skips):
            joining.add(row)
        cut = was_cut(table, joining.rows - before, skips) or cut
    return joining.result(cut)


@dataclass(frozen=True, slots=True)
class _Lookup:
    profiles: Mapping[str, str]
    sets: Mapping[str, Holder]
    """Permission set id → what holding it means."""
    groups: Mapping[str, frozenset[Holder]]
    """Name of a permission set group → its permission sets."""
    declared: frozenset[str]

    def held(self, row: Row) -> frozenset[Holder] | None:
        """What one assignment gives; None where that cannot be told."""
        group = row.get("PermissionSetGroup.DeveloperName", "PermissionSetGroupId")
        if group:
            return self.groups.get(group.lower())
        profile = row.get("PermissionSet.Profile.Name")
        if profile:
            return frozenset({profile_holder(profile)})
        name = row.get("PermissionSet.Name")
        if name and not flag_of(row.get("PermissionSet.IsOwnedByProfile")):
            return frozenset({_set_holder(name, row.get("PermissionSet.NamespacePrefix"))})
        known = self.sets.get(id_of(row.get("PermissionSetId")) or "")
        return frozenset({known}) if known else None


class _Joining:
    """Collects what each active person holds."""

    def __init__(self, request: UsageRequest, accounts: Mapping[str, Account], lookup: _Lookup) -> None:
        self._request = request
        self._accounts = accounts
        self._lookup = lookup
        self._pseudonym = pseudonymiser(os.environ)
        self.rows = self._unknown_users = self._unknown_sets = 0
        self._people: dict[str, set[Holder]] = {}
        for account in accounts.values():
            if account.active is not False and account.kind in _PEOPLE:
                own = {profile_holder(account.profile)} if account.profile else set()
                self._people[account.user] = own

    def add(self, row: Row) -> None:
        """Take one assignment in."""
        self.rows += 1
        ends = day_of(row.get("ExpirationDate"))
        if (ends and ends < self._request.as_of) or flag_of(row.get("IsActive")) is False:
            return
        user = self._pseudonym(row.get("AssigneeId") or "")
        if user not in self._accounts and not self._accounts:
            self._add_by_columns(row, user)
        elif user not in self._accounts:
            self._unknown_users += 1
        if user in self._people:
            held = self._lookup.held(row)
            self._unknown_sets += held is None
            self._people[user] |= held or frozenset()

    def _add_by_columns(self, row: Row, user: str) -> None:
        """Without an export of users, the assignment itself may say who its holder is."""
        active = flag_of(row.get("Assignee.IsActive"))
        profile = row.get("Assignee.Profile.Name")
        kind = kind_of_user(row.get("Assignee.UserType"), profile, self._lookup.declared)
        if active is None:
            self._unknown_users += 1
        elif active and kind in _PEOPLE:
            self._people.setdefault(user, {profile_holder(profile)} if profile else set())

    def result(self, cut: bool) -> Holders:
        """Everything joined, with what is missing in words. `cut`: an export may hold only a part."""
        bare = sum(not any(kind == "profile" for kind, _ in held) for held in self._people.values())
        problems = (
            (bare, "active people without a known profile; export Profile beside User"),
            (self._unknown_users, "assignments to users that the export of users lacks"),
            (self._unknown_sets, "assignments of a permission set or group that cannot be named"),
            (int(cut), "export was perhaps cut"),
        )
        gaps = tuple(f"no readership: {count} {what}" for count, what in problems if count)
        people = {user: frozenset(held) for user, held in self._people.items()}
        known = f"{len(people)} active people; integrations are left out"
        return Holders(people, self.rows, bool(gaps), (known, *gaps))


def profile_holder(name: str) -> Holder:
    """What holding a profile means, by the name that users see."""
    lowered = name.lower()
    return "profile", _METADATA_NAMES.get(lowered, lowered)


_PEOPLE = (Actor.PEOPLE, Actor.UNKNOWN)


def _set_holder(name: str, namespace: str | None) -> Holder:
    return "permission_set", (f"{namespace}__{name}" if namespace else name).lower()


def _permission_sets(tables: Iterable[Table], profiles: Mapping[str, str], skips: SkipList) -> dict[str, Holder]:
    found: dict[str, Holder] = {}
    for table in tables:
        if table.has("AssigneeId") or not table.has("Id", "Name", "IsOwnedByProfile"):
            continue
        for row in rows_of(table, skips):
            identity = id_of(row.get("Id"))
            profile = row.get("Profile.Name") or profiles.get(id_of(row.get("ProfileId")) or "")
            owned = flag_of(row.get("IsOwnedByProfile"))
            if identity and owned and profile:
                found[identity] = profile_holder(profile)
            elif identity and not owned:
                found[identity] = _set_holder(row.get("Name") or "", row.get("NamespacePrefix"))
    return found


def _groups(catalog: Catalog) -> dict[str, frozenset[Holder]]:
    """Permission set groups of the catalogue. Muting sets are left out: what a group gives is an upper bound."""
    found: dict[str, set[Holder]] = {}
    for call in catalog.calls:
        if call.caller_kind == "permission_set_group" and call.callee_kind == "permission_set":
            found.setdefault(call.caller.lower(), set()).add(("permission_set", call.callee.lower()))
    return {name: frozenset(held) for name, held in found.items()}
