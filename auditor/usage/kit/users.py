"""`User`: how many active users there are of each kind, and when one of them last logged in. Never who."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.errors import FormatError
from auditor.formats.tables import Table, open_table
from auditor.model.names import Subject
from auditor.model.observations import Actor, Deed, Evidence, Observation, Window
from auditor.usage.kit.accounts import Account, accounts_of, is_profile_table, is_user_table, profile_names
from auditor.usage.kit.companions import companions
from auditor.usage.kit.people import declared_profiles
from auditor.usage.reading import CUT_AT, SkipList, export_day, register_source, tables_of
from auditor.usage.request import UsageRequest

# A last login of a kind with fewer users than this would be about a person.
_SMALLEST_GROUP = 5


def read_users(request: UsageRequest) -> Evidence:
    """Read `User` rows: for each kind of actor the active users who ever logged in (`actors`), of the system.

    The last login of a kind is given for groups of five or more only. Profile names come from a column
    `Profile.Name` or from a `Profile` export among the files or beside them.
    """
    skips = SkipList()
    tables = (*tables_of(request, skips), *opened(request, ("Profile",)))
    users = [table for table in tables if is_user_table(table)]
    if not users:
        skips.add(request.id, "no file has the columns Id, IsActive and UserType or ProfileId")
    profiles = profile_names((table for table in tables if is_profile_table(table)), skips)
    accounts = accounts_of(users, profiles, declared_profiles(request.options), skips)
    as_of = export_day(request, (account.last_login for account in accounts.values()))
    seen = tuple(_logins(request, accounts))
    return Evidence(
        sources=(
            register_source(
                request, as_of, len(accounts), truncated=len(accounts) in CUT_AT, note=_note(accounts)
            ),
        ),
        windows=(Window(request.id, request.system, Deed.LOGGED_IN, None, as_of),) if accounts else (),
        observations=seen,
        skipped=skips.result(),
    )


def opened(request: UsageRequest, stems: tuple[str, ...]) -> list[Table]:
    """Tables beside the request's files by name; what cannot be opened is left, since nobody asked for it."""
    tables = []
    for path in companions(request.paths, stems):
        try:
            tables.append(open_table(path))
        except FormatError:
            continue
    return tables


def _logins(request: UsageRequest, accounts: Mapping[str, Account]) -> list[Observation]:
    seen = []
    system = str(Subject(request.system))
    for kind in sorted(Actor):
        days = [
            account.last_login
            for account in accounts.values()
            if account.active and account.kind is kind and account.last_login
        ]
        exists = any(account.kind is kind for account in accounts.values())
        if exists:
            last = max(days) if len(days) >= _SMALLEST_GROUP else None
            seen.append(Observation(system, Deed.LOGGED_IN, request.id, last, actors=len(days), by=kind))
    return seen


def _note(accounts: Mapping[str, Account]) -> str:
    active = [account for account in accounts.values() if account.active]
    idle = sum(account.last_login is None for account in active)
    unnamed = sum(account.profile is None for account in active)
    parts = [f"{len(active)} active users of {len(accounts)}, {idle} of them never logged in"]
    if unnamed:
        parts.append(f"the profile of {unnamed} has no name here, so an integration among them counts as people")
    return "; ".join(parts)
