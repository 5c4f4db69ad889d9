"""Digests without OpenSSL: `hashlib` loads all of it at its import, a tenth of what the start of a hook takes.

The functions are the same that `hashlib` gives where OpenSSL has none; CPython builds them in by default (its
`--with-builtin-hashlib-hashes`). Where one is missing `hashlib` is asked after all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["blake2b", "sha256"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    try:
        from _sha2 import sha256  # since 3.12
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256
