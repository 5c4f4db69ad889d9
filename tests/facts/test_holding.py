"""Of which subjects the evidence at hand tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.facts.holding import holds
from auditor.model.observations import Deed, Evidence
from tests.facts.world import FIELD, OBJECT, counted, facts, filled, seen, source, window

FILLS = Evidence((source("fill-by-cohort"),), fills=(filled("2026-Q1", 10, 5),))
COUNTS = Evidence((source("record-count"),), row_counts=(counted(9, "record-count"),))
LOGGED = Evidence((source("api-event"),), (window("api-event", Deed.READ, "2026-01-01"),))
NAMED = Evidence((source("api-event"),), observations=(seen("api-event", Deed.READ, "2026-02-01"),))
CUT = replace(FILLS, sources=(source("fill-by-cohort", truncated=True),))


@pytest.mark.parametrize(
    ("evidence", "kind", "subject", "expected"),
    [
        pytest.param(FILLS, "fill-by-cohort", FIELD, True, id="the field was counted"),
        pytest.param(FILLS, "fill-by-cohort", OBJECT, False, id="counts of fields tell nothing of the object"),
        pytest.param(COUNTS, "record-count", FIELD, True, id="counts by object tell of its fields"),
        pytest.param(LOGGED, "api-event", FIELD, True, id="silence within a log's window tells"),
        pytest.param(NAMED, "api-event", FIELD, True, id="it was seen"),
        pytest.param(FILLS, "record-extract", FIELD, False, id="there is none of the kind"),
        pytest.param(CUT, "fill-by-cohort", FIELD, False, id="what may have been cut is not held"),
    ],
)
def test_what_is_held(evidence: Evidence, kind: str, subject: str, expected: bool) -> None:
    assert holds(facts(evidence), kind, subject) is expected
