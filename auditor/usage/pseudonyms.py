"""User identifiers become pseudonyms at the door; nothing behind it ever sees the identifier itself."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from hashlib import blake2b

from auditor.languages.fieldpaths import to_18

KEY_VARIABLE = "AUDITOR_PSEUDONYM_KEY"
"""With the same key in this variable, the same user has the same pseudonym in every run; without it, only
within one run."""

_KEY_OF_THIS_RUN = secrets.token_bytes(32)


def pseudonymiser(environ: Mapping[str, str]) -> Callable[[str], str]:
    """Give the function that turns a user id (15 or 18 characters, or any other word) into a pseudonym.

    The key comes from `AUDITOR_PSEUDONYM_KEY`, else it is random for this run. A pseudonym has 16 hexadecimal
    digits; without the key nobody can find the user by trying all ids. It is for counting distinct users in
    memory only and never printed.
    """
    named = environ.get(KEY_VARIABLE, "")
    # The key itself is hashed first, since blake2b takes no key over 64 bytes.
    key = blake2b(named.encode(), digest_size=32).digest() if named else _KEY_OF_THIS_RUN

    def pseudonym(user: str) -> str:
        return blake2b(_one_form(user).encode(), key=key, digest_size=8).hexdigest()

    return pseudonym


def _one_form(user: str) -> str:
    try:
        return to_18(user.strip())
    except ValueError:
        return user.strip()
