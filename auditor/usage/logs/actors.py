"""Which kind of actor stands behind a user id of a log: from an export of `User` that lies near the log."""

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
from auditor.usage.reading import SkipList
from auditor.usage.request import UsageRequest

_STEMS = ("User", "Profile")


@dataclass(frozen=True, slots=True)
class Actors:
    """Kinds of users by pseudonym; empty where no export of users was found."""

    kinds: Mapping[str, Actor]
    pseudonym: Callable[[str], str]

    def code(self, user: str) -> tuple[str, str]:
        """Pseudonym and kind of a user identifier."""
        pseudonym = self.pseudonym(user)
        return pseudonym, str(self.kinds.get(pseudonym, Actor.UNKNOWN))


def actors_of(request: UsageRequest) -> Actors:
    """Kinds of users from `User` (and `Profile`) beside the files, in the folder above, or in `kit` of either.

    The option `integration_profiles` names the company's own, as for the kind `users`.
    """
    # `companions` looks beside files, so each folder stands here by a file that need not be there.
    beside = [folder / "-" for folder in _near(request.paths)]
    tables = [table for path in companions(beside, _STEMS) for table in _opened(path)]
    # What the export of users has wrong is told where it is read as evidence of its own.
    unheard = SkipList()
    profiles = profile_names((table for table in tables if is_profile_table(table)), unheard)
    users = [table for table in tables if is_user_table(table)]
    accounts = accounts_of(users, profiles, declared_profiles(request.options), unheard)
    kinds = {pseudonym: account.kind for pseudonym, account in accounts.items()}
    return Actors(kinds, pseudonymiser(os.environ))


def _near(paths: Iterable[Path]) -> list[Path]:
    """Folders in which exports that belong to the same download lie."""
    folders = {path if path.is_dir() else path.parent for path in paths}
    above = {folder.parent for folder in folders}
    kits = {folder / "kit" for folder in folders | above}
    return sorted(folder for folder in folders | above | kits if folder.is_dir())


def _opened(path: Path) -> list[Table]:
    try:
        return [open_table(path)]
    except FormatError:
        return []
