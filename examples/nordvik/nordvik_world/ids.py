"""Record ids with the right shape: a key prefix of three characters, a number, Salesforce's check characters."""

from __future__ import annotations

from functools import cache

ORGANIZATION = "00D4H00000012AbUAI"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

STANDARD_PREFIXES = {
    "Account": "001",
    "Contact": "003",
    "User": "005",
    "Opportunity": "006",
    "Campaign": "701",
    "Case": "500",
    "Lead": "00Q",
    "OpportunityLineItem": "00k",
    "Product2": "01t",
    "Task": "00T",
}


@cache
def record_id(prefix: str, number: int) -> str:
    """The 18-character id of the `number`-th record under a key prefix; ids of the example are synthetic."""
    short = f"{prefix}4H0000{_base62(number + 238_328).rjust(6, '0')}"
    return short + "".join(_check(short[at : at + 5]) for at in (0, 5, 10))


def prefix_of(object_name: str, custom_objects: list[str]) -> str:
    """The key prefix of an object: the vendor's for standard ones, `a00`, `a01` … for custom ones by name."""
    if object_name in STANDARD_PREFIXES:
        return STANDARD_PREFIXES[object_name]
    return f"a{custom_objects.index(object_name):02d}"


def user_id(number: int) -> str:
    """The id of a synthetic user."""
    return record_id("005", number)


def _base62(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = _DIGITS[rest] + digits
    return digits


def _check(five: str) -> str:
    """One check character says which of five characters are upper case (Salesforce's 15 to 18 conversion)."""
    return _CHECK[sum(1 << bit for bit, letter in enumerate(five) if letter.isascii() and letter.isupper())]
