"""Which kind of actor changed a definition: the pipeline, people or a machine. Never who."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.tables import Table, open_table
from auditor.model.observations import Actor
from auditor.usage.kit.accounts import accounts_of, is_profile_table, is_user_table, profile_names
from auditor.usage.kit.companions import companions
from auditor.usage.kit.people import declared_profiles
from auditor.usage.pseudonyms import pseudonymiser
from auditor.usage.reading import SkipList, rows_of
from auditor.usage.request import UsageRequest

# Users that the platform itself acts by; they stand in the trail under these names, whatever the language.
_PLATFORM_USERS = frozenset({"automated process", "platform integration user", "salesforce administrator"})


@dataclass(frozen=True, slots=True)
class Doers:
    """Kinds of users by pseudonym, and the pseudonyms of those that deploy."""

    kinds: Mapping[str, Actor]
    pipeline: frozenset[str]
    pseudonym: Callable[[str], str]

    def of(self, user: str | None) -> Actor:
        """The kind behind a user id or user name.

        Once the company declared who deploys, whoever is not among them is surely somebody else, even where no
        export of users tells whether a person or a machine.
        """
        if not user:
            return Actor.UNKNOWN
        if user.strip().lower() in _PLATFORM_USERS:
            return Actor.AUTOMATION
        name = self.pseudonym(one_form(user))
        if name in self.pipeline:
            return Actor.PIPELINE
        known = self.kinds.get(name, Actor.UNKNOWN)
        return Actor.OTHER if known is Actor.UNKNOWN and self.pipeline else known


def doers_of(request: UsageRequest) -> Doers:
    """Kinds from exports of `User` and `Profile` beside the files, and those whom the configuration declares.

    `User` may have a column `Username`, by which the file of the Setup page names people.
    """
    tables = [table for path in companions(request.paths, ("User", "Profile")) for table in _opened(path)]
    # What the export of users has wrong is told where it is read as evidence of its own.
    unheard = SkipList()
    pseudonym = pseudonymiser(os.environ)
    profiles = profile_names((table for table in tables if is_profile_table(table)), unheard)
    users = [table for table in tables if is_user_table(table)]
    accounts = accounts_of(users, profiles, declared_profiles(request.options), unheard)
    kinds = {user: account.kind for user, account in accounts.items()}
    for name, identity in _names(users, unheard):
        kinds.setdefault(pseudonym(one_form(name)), kinds.get(pseudonym(identity), Actor.UNKNOWN))
    pipeline = frozenset(pseudonym(one_form(user)) for user in request.pipeline if user.strip())
    both = _same_users(users, pseudonym, unheard)
    return Doers(kinds, pipeline | {both[user] for user in pipeline if user in both}, pseudonym)


def one_form(user: str) -> str:
    """User names ignore case, ids do not."""
    return user.strip().lower() if "@" in user else user.strip()


def _names(users: Iterable[Table], skips: SkipList) -> list[tuple[str, str]]:
    """User name and id of each row that has both."""
    pairs = ((row.get("Username"), row.get("Id")) for table in users for row in rows_of(table, skips))
    return [(name, identity) for name, identity in pairs if name and identity]


def _same_users(users: Iterable[Table], pseudonym: Callable[[str], str], skips: SkipList) -> dict[str, str]:
    """Pseudonym by name → by id and back: the pipeline may be declared by either."""
    found: dict[str, str] = {}
    for name, identity in _names(users, skips):
        by_name, by_id = pseudonym(one_form(name)), pseudonym(identity)
        found[by_name], found[by_id] = by_id, by_name
    return found


def _opened(path: Path) -> list[Table]:
    try:
        return [open_table(path)]
    except FormatError:
        return []
