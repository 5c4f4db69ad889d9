"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
# Speed belongs in bench/; a loaded machine is no defect of the code.


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real inputs named by AUDITOR_CORPORA; the test is skipped, aloud, without it."""
    named = os.environ.get("AUDITOR_CORPORA")
    if not named:
        pytest.skip("AUDITOR_CORPORA is not set: tests on real inputs are skipped")
    return Path(named).resolve()


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests leave the cache of whoever runs them alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
