"""Plan, steps, letters and proof as Markdown and text: whole once, and hostile in every place."""

from __future__ import annotations

import re

import pytest

from auditor.model.rollback import Proof, ProofPart, RollbackPlan
from auditor.report.naming import Names
from auditor.report.plan_papers import letters, plan_markdown, plan_text, proof_markdown, steps_markdown
from tests.report.plan_samples import plan_of

NAMES = Names("crm")
HOSTILE = (
    "<script>alert(1)</script>",
    "a | b\n# heading\n- item",
    "[x](javascript:alert(1))",
    "\x1b[31mred\u202e",
    "`rm -rf`",
)


def test_a_letter_names_what_may_go_and_when() -> None:
    told = letters(plan_of(), NAMES)
    assert (sorted(told), "Account.Fax\\_\\_c" in told["Sales operations"], "2027-02-03: deleted" in told[""]) == (
        ["", "Sales operations"],
        True,
        True,
    )


def test_a_proof_that_failed_says_which_part() -> None:
    failed = Proof(
        "crm", (ProofPart("no mention stays", passed=False, says="one stays"),), ("no mention stays: L",)
    )
    text = proof_markdown(RollbackPlan(plan_of().as_of, "x", proofs=(failed,)))
    assert [line for line in text.splitlines() if "FAILED" in line] == [
        "## crm: FAILED: do not use the artefacts of this system before the parts that failed are understood",
        "- FAILED: no mention stays: one stays",
    ]


_RAW = re.compile(r"<script|(?<!\\)\]\(")


def _papers(plan: RollbackPlan) -> dict[str, str]:
    return {
        "plan": plan_markdown(plan, NAMES),
        "text": plan_text(plan, NAMES),
        "steps": steps_markdown(plan.waves[0], NAMES),
        "letter": "".join(letters(plan, NAMES).values()),
        "proof": proof_markdown(plan),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_mark_nothing_up(text: str) -> None:
    papers = _papers(plan_of(text))
    usual = _papers(plan_of("plain"))
    shapes = {name: _shape(paper) for name, paper in papers.items() if name != "text"}
    moving = [name for name, paper in papers.items() if re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", paper)]
    raw = [name for name, paper in papers.items() if name != "text" and _RAW.search(paper)]
    assert (shapes, moving, raw) == (
        {name: _shape(paper) for name, paper in usual.items() if name != "text"},
        [],
        [],
    )


def _shape(paper: str) -> list[str]:
    """What each line is: heading, item, row with so many cells, or text."""
    return [(line[:1] if line[:1] in ("#", "|", "-") else "") + str(_cells(line)) for line in paper.splitlines()]


def _cells(line: str) -> int:
    return len(re.findall(r"(?<!\\)\|", line))


def test_nothing_is_ever_called_safe() -> None:
    assert [name for name, paper in _papers(plan_of()).items() if "safe" in paper.lower()] == []
