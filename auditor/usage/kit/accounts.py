"""Rows of `User`, read once for all who count users: kind, active or not, last login, profile by name.

The user's id becomes a pseudonym here; nothing behind this module sees it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date

from auditor.dataclasses import dataclass
from auditor.formats.tables import Table
from auditor.model.observations import Actor
from auditor.usage.kit.people import kind_of_user
from auditor.usage.pseudonyms import pseudonymiser
from auditor.usage.reading import SkipList, checked_day, flag_of, id_of, rows_of


@dataclass(frozen=True, slots=True)
class Account:
    """One user account, by pseudonym. `profile` is its name, None where only an unknown id is given."""

    user: str
    kind: Actor
    active: bool | None
    last_login: date | None
    profile: str | None


def is_user_table(table: Table) -> bool:
    """Whether a table is an export of `User`."""
    return table.has("Id", "IsActive") and (table.has("UserType") or table.has("ProfileId"))


def is_profile_table(table: Table) -> bool:
    """Whether a table is an export of `Profile`."""
    return table.has("Id", "Name") and not is_user_table(table) and not table.has("IsOwnedByProfile")


def profile_names(tables: Iterable[Table], skips: SkipList) -> dict[str, str]:
    """Profile id → name."""
    found: dict[str, str] = {}
    for table in tables:
        for row in rows_of(table, skips):
            identity, name = id_of(row.get("Id")), row.get("Name")
            if identity and name:
                found[identity] = name
    return found


def accounts_of(
    tables: Iterable[Table], profiles: Mapping[str, str], declared: frozenset[str], skips: SkipList
) -> dict[str, Account]:
    """Every user of the tables by pseudonym; a row without an id is skipped."""
    pseudonym = pseudonymiser(os.environ)
    found: dict[str, Account] = {}
    for table in tables:
        for row in rows_of(table, skips):
            identity = row.get("Id")
            if identity is None:
                skips.add(table.path, "a user without an id", row.line)
                continue
            profile = row.get("Profile.Name") or profiles.get(id_of(row.get("ProfileId")) or "")
            user = pseudonym(identity)
            found[user] = Account(
                user,
                kind_of_user(row.get("UserType"), profile, declared),
                flag_of(row.get("IsActive")),
                checked_day(row, "LastLoginDate", table.path, skips),
                profile,
            )
    return found
