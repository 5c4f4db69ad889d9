"""The synthetic users: an administrator, five integrations, and people of whom some have left."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nordvik_world.calendar import AS_OF, dice
from nordvik_world.ids import record_id, user_id

ADMINISTRATOR = 1
INTEGRATIONS = range(2, 7)
PEOPLE = range(10, 46)
GONE = (13, 19, 24, 31, 38, 44)
"""People whose users were deactivated; two of them are all who ever had the permission set of the board."""
BOARD = (13, 31)
PROFILES = (
    ("Admin", record_id("00e", 1), "System Administrator"),
    ("Sales", record_id("00e", 2), "Nordvik Sälj"),
    ("Integration", record_id("00e", 3), "Nordvik Integration"),
)
PERMISSION_SETS = ("Ekonomi_Las", "Integration_ERP", "Service_Tekniker", "Styrelse")


@dataclass(frozen=True, slots=True)
class User:
    """One user, without a name."""

    id: str
    number: int
    active: bool
    profile_id: str
    last_login: datetime
    permission_sets: tuple[str, ...]


def users() -> tuple[User, ...]:
    """All users by number."""
    return tuple(_user(number) for number in (ADMINISTRATOR, *INTEGRATIONS, *PEOPLE))


def is_integration(user: str) -> bool:
    """Whether a user id belongs to an integration."""
    return user in {user_id(number) for number in INTEGRATIONS}


def somebody(throw: random.Random, day: date) -> str:
    """A person who was there on a day: those who have left did so in the summer of 2024."""
    gone = GONE if day >= date(2024, 7, 1) else ()
    return user_id(throw.choice([number for number in PEOPLE if number not in gone]))


def _user(number: int) -> User:
    throw = dice("user", str(number))
    active = number not in GONE
    seen = AS_OF - timedelta(days=throw.choice((1, 1, 2, 5, 12))) if active else date(2024, 6, 28)
    profile = PROFILES[2] if number in INTEGRATIONS else PROFILES[0 if number in (ADMINISTRATOR, 10) else 1]
    return User(
        user_id(number), number, active, profile[1], datetime.combine(seen, time(7, number)), _sets(number)
    )


def _sets(number: int) -> tuple[str, ...]:
    given = (
        ("Ekonomi_Las", number in range(20, 26)),
        ("Integration_ERP", number in INTEGRATIONS),
        ("Service_Tekniker", number in range(30, 41)),
        ("Styrelse", number in BOARD),
    )
    return tuple(name for name, has in given if has)
