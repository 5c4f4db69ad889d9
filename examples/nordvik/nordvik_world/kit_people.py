"""The part of the free kit that tells of users, rights, the org itself and its administration."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from nordvik_world.calendar import stamp
from nordvik_world.ids import ORGANIZATION, record_id, user_id
from nordvik_world.output import write_csv
from nordvik_world.users import PERMISSION_SETS, PROFILES, users

CLICKED = ("Account", "Snabbnotering", date(2026, 9, 23))
"""The field that an administrator clicked into production: it is in the org and not in the repository."""


def write_users(folder: Path) -> None:
    """Users, profiles and who was given which permission set; no names."""
    everybody = users()
    write_csv(
        folder / "User.csv",
        ["Id", "IsActive", "LastLoginDate", "ProfileId", "Profile.Name", "UserType"],
        (
            [
                user.id,
                str(user.active).lower(),
                stamp(user.last_login),
                user.profile_id,
                _profile(user.profile_id),
                "Standard",
            ]
            for user in everybody
        ),
    )
    write_csv(folder / "Profile.csv", ["Id", "Name"], ([key, name] for _, key, name in PROFILES))
    sets = {name: record_id("0PS", n) for n, name in enumerate(PERMISSION_SETS)}
    given = [(user.id, name) for user in everybody for name in user.permission_sets]
    write_csv(
        folder / "PermissionSetAssignment.csv",
        [
            "Id",
            "AssigneeId",
            "Assignee.IsActive",
            "PermissionSetId",
            "PermissionSet.Name",
            "PermissionSet.IsOwnedByProfile",
        ],
        (
            [record_id("0Pa", n), user, _active(user), sets[name], name, "false"]
            for n, (user, name) in enumerate(given)
        ),
    )


def _profile(profile_id: str) -> str:
    return next(name for _, key, name in PROFILES if key == profile_id)


def _active(user: str) -> str:
    return str(next(each.active for each in users() if each.id == user)).lower()


def write_organization(folder: Path) -> None:
    """Which org the exports are of."""
    header = ["Id", "Name", "OrganizationType", "IsSandbox", "InstanceName", "CreatedDate", "LanguageLocaleKey"]
    row = [
        ORGANIZATION,
        "Nordvik AB",
        "Enterprise Edition",
        "false",
        "SWE42",
        "2018-02-05T08:00:00.000+0000",
        "sv",
    ]
    write_csv(folder / "Organization.csv", header, [row])


def write_audit_trail(folder: Path) -> None:
    """SetupAuditTrail by API, 180 days. The codes are undocumented; only Display tells what was done."""
    owner, name, day = CLICKED
    header = [
        "CreatedDate",
        "CreatedById",
        "Action",
        "Section",
        "Display",
        "DelegateUser",
        "ResponsibleNamespacePrefix",
    ]
    clicked = stamp(datetime.combine(day, time(16, 41)))
    events = [
        [
            clicked,
            user_id(1),
            "createdCF",
            "Customize Accounts",
            f"Created custom field: {name} (Text) on {owner}",
            "",
            "",
        ],
        [clicked, user_id(1), "changedLayout", "Customize Accounts", "Changed page layout Konto layout", "", ""],
        [
            "2026-06-28T15:02:11.000+0000",
            user_id(1),
            "deactivateduser",
            "Manage Users",
            "Deactivated a user",
            "",
            "",
        ],
    ]
    write_csv(folder / "SetupAuditTrail.csv", header, sorted(events, reverse=True))
