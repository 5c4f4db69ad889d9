"""What makes the start cheap behaves as what it stands for."""

from __future__ import annotations

import hashlib
import re

import pytest

from auditor import digests
from auditor.patterns import regex

_TEXT = r"(?P<name>[a-z]+)(\d*)"


def test_a_pattern_that_is_compiled_late_finds_what_one_that_is_compiled_at_once_finds() -> None:
    ours, plain = regex(_TEXT, re.IGNORECASE), re.compile(_TEXT, re.IGNORECASE)
    for _ in range(2):  # the first time it is compiled
        assert [each.groups() for each in plain.finditer("Ab1 c")] == [
            each.groups() for each in ours.finditer("Ab1 c")
        ]
        assert plain.sub("x", "Ab1 c") == ours.sub("x", "Ab1 c")
        assert (plain.pattern, plain.flags, plain.groups) == (ours.pattern, ours.flags, ours.groups)


def test_a_pattern_of_bytes_is_one() -> None:
    found = regex(rb"a+").match(b"aab")
    assert found is not None
    assert found[0] == b"aa"


def test_a_wrong_pattern_says_so_when_it_is_used() -> None:
    with pytest.raises(re.error, match="unterminated"):
        regex("(a").match("a")


def test_digests_are_those_of_the_standard_library() -> None:
    assert hashlib.sha256(b"a").hexdigest() == digests.sha256(b"a").hexdigest()
    for size in (12, 16, 32):
        ours = digests.blake2b(b"a", digest_size=size, key=b"key")
        assert hashlib.blake2b(b"a", digest_size=size, key=b"key").digest() == ours.digest()
