"""A small law with fixtures, over the vocabulary of the fakes."""

from __future__ import annotations

from auditor.policy.testing.packs import Tested, run_fixtures
from tests.policy.fakes import VOCABULARY, FakeLibrary

LAW = """\
version: 1
params: {limit: 60}
policies:
  - id: x/long
    title: Long
    severity: low
    pillar: usage
    why: Because.
    fix: 1. Do it.
    target: {kind: field, where: {custom: true}}
    forbid: {length: {ge: "{limit}"}}
  - id: x/crowded
    title: Crowded
    severity: low
    pillar: usage
    why: Because.
    fix: 1. Do it.
    target: {kind: object}
    require: {count: {rel: fields, where: {custom: true}, le: 2}}
"""
HEAD = "version: 1\nas_of: 2026-11-21\ntests:\n"


def tried(tests: str, law: str = LAW) -> Tested:
    """What comes of fixtures; `tests` are the items below `tests:`."""
    library = FakeLibrary({"law.yaml": law, "law.test.yaml": HEAD + tests})
    return run_fixtures("law.yaml", library, VOCABULARY)
