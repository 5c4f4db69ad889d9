"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real inputs named by AUDITOR_CORPORA; the test is skipped, aloud, without it."""
    named = os.environ.get("AUDITOR_CORPORA")
    if not named:
        pytest.skip("AUDITOR_CORPORA is not set: tests on real inputs are skipped")
    return Path(named).resolve()
