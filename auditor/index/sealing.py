"""Pages as bytes: plain values as `marshal` writes them, each with a keyed checksum before it.

`marshal` reads whatever it is given and may crash on what is damaged, so nothing reaches it that does not carry
the checksum, whose key lies outside of any repository (docs/decisions/0026-ground.md).
"""

from __future__ import annotations

import marshal
from typing import Any

from auditor.digests import blake2b

_SIGN = 16
NONCE = 16
"""Bytes of the number that each ground draws: a page of one is none of another."""


class Seal:
    """Closes and opens the pages of one ground, or labels of grounds where no `nonce` is known yet."""

    def __init__(self, secret: bytes, nonce: bytes) -> None:
        self._keyed = blake2b(nonce, digest_size=_SIGN, key=blake2b(secret, digest_size=32).digest())

    @property
    def mark(self) -> bytes:
        """What tells the ground from every other, however alike."""
        return self._keyed.digest()

    def closed(self, number: int, value: Any) -> bytes:  # noqa: ANN401 - whatever is plain
        """A plain value as a page of that number.

        Raises:
            ValueError: the value holds something else than plain values.
        """
        data = marshal.dumps(value)
        return self._sign(number, data) + data

    def opened(self, number: int, data: object) -> Any:  # noqa: ANN401 - whatever was closed
        """What was closed as a page of that number; None where these bytes are no such page."""
        if not isinstance(data, bytes) or data[:_SIGN] != self._sign(number, data[_SIGN:]):
            return None
        return marshal.loads(data[_SIGN:])  # noqa: S302 - none but our own get here

    def _sign(self, number: int, data: bytes) -> bytes:
        sign = self._keyed.copy()
        sign.update(number.to_bytes(8, "big"))
        sign.update(data)
        return sign.digest()
