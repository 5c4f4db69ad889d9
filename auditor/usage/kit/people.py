"""Which kind of actor a user is: people, integration or automation. From user type and profile, never from a name.

Source: object reference, User, `UserType`; the standard profiles of integration licences as Setup lists them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from auditor.model.observations import Actor

INTEGRATION_PROFILES = "integration_profiles"
"""Option: the company's own integration profiles by name, separated by `;`."""

_BY_TYPE = {
    "automatedprocess": Actor.AUTOMATION,
    "cloudintegrationuser": Actor.INTEGRATION,
    "standard": Actor.PEOPLE,
    "powerpartner": Actor.PEOPLE,
    "powercustomersuccess": Actor.PEOPLE,
    "customersuccess": Actor.PEOPLE,
    "cspliteportal": Actor.PEOPLE,
    "csnonly": Actor.PEOPLE,
    "selfservice": Actor.PEOPLE,
    "guest": Actor.PEOPLE,
}
_SAYS_INTEGRATION = re.compile(r"\bintegration|\bapi[ _-]only\b", re.IGNORECASE)
_WORDS = {
    "people": Actor.PEOPLE,
    "person": Actor.PEOPLE,
    "human": Actor.PEOPLE,
    "user": Actor.PEOPLE,
    "integration": Actor.INTEGRATION,
    "api": Actor.INTEGRATION,
    "automation": Actor.AUTOMATION,
    "unknown": Actor.UNKNOWN,
}


def declared_profiles(options: Mapping[str, str]) -> frozenset[str]:
    """The integration profiles that the configuration names, in lower case."""
    names = options.get(INTEGRATION_PROFILES, "").split(";")
    return frozenset(name.strip().lower() for name in names if name.strip())


def kind_of_user(user_type: str | None, profile: str | None, declared: Collection[str] = ()) -> Actor:
    """Tell the kind of a user.

    A declared profile decides first, then a user type that only machines have, then a profile whose name says
    integration or API only; any other known user type is people. Without both it is unknown.
    """
    if profile and profile.lower() in declared:
        return Actor.INTEGRATION
    by_type = _BY_TYPE.get((user_type or "").lower(), Actor.UNKNOWN)
    if by_type in (Actor.AUTOMATION, Actor.INTEGRATION):
        return by_type
    if profile and _SAYS_INTEGRATION.search(profile):
        return Actor.INTEGRATION
    if by_type is Actor.UNKNOWN and profile and not user_type:
        return Actor.PEOPLE
    return by_type


def kind_of_creator(text: str | None, declared: Collection[str] = ()) -> Actor | None:
    """Tell the kind that a cell of a cohort means: our own word, a user type, or the name of a profile.

    None for an empty cell, which means that the export was not divided by creator.
    """
    if not text:
        return None
    word = _WORDS.get(text.lower()) or _BY_TYPE.get(text.lower())
    return word or kind_of_user(None, text, declared)
