from __future__ import annotations

import pytest

from auditor.policy.regexes import compile_pattern

SAFE = [
    ("an anchored name", "^Old_.*__c$"),
    ("a branch without a repeat", "^(Old|Legacy|Tmp)_"),
    ("an optional branch", "^(?:x_)?Score"),
    ("a repeated class", "[0-9]{15,18}"),
    ("a class that holds a bracket", r"[]\]a]+"),
    ("a class that excludes", "[^(]+[(]"),
    ("three open repeats", ".*a.*b.*"),
    ("a bounded repeat of a plain group", "(?:ab){3}"),
    ("ignoring case", "(?i)^http://"),
    ("escaped signs", r"\(a\+\)\+"),
    ("a lazy repeat", "a.*?b"),
]
HANGING = [
    ("a repeat in a repeat", "(a+)+b"),
    ("a repeat in a counted repeat", "(a*){20}"),
    ("an option in a repeat", "(a?)*"),
    ("a branch in a repeat", "(a|ab)*c"),
    ("a repeat two groups below", "((a+)b)*"),
    ("four open repeats", "a*a*a*a*b"),
    ("a back reference", r"(a)\1"),
    ("a look-behind", "(?<=a)b"),
    ("a named group", "(?P<n>a)"),
    ("a very long pattern", "a" * 201),
    ("no pattern", "["),
]


@pytest.mark.parametrize("pattern", [pytest.param(text, id=name) for name, text in SAFE])
def test_safe(pattern: str) -> None:
    assert compile_pattern(pattern).pattern == pattern


@pytest.mark.parametrize("pattern", [pytest.param(text, id=name) for name, text in HANGING])
def test_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"refused|allowed|not a regular expression"):
        compile_pattern(pattern)
