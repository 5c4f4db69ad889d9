"""English words of the score."""

from __future__ import annotations

SECTION = (
    "Score",
    "How far the CRM is from what its charter wants. An index beside the figures, not instead of them.",
)
WITHOUT_CHARTER = (
    "There is no score: no charter declares the budgets that it would be measured against. "
    "`auditor init --charter` drafts one, for people to correct and sign."
)
RATED = "Score {score}, grade {grade}; {evidence} of the questions are answered."
UNRATED = "Score {score}, not rated: only {evidence} of the questions are answered."
CHANGED = "Since {day} the score went from {before} to {now}, {points}: {parts}."
WITHIN = "Since {day} the score moved by {points}, which is within what is unknown: {parts}."
POINTS = ("point", "points")
PART = "{points} by {cause}"
CAUSES = {
    "policy": "other policies or another charter",
    "time": "the passing of time",
    "evidence": "other evidence",
    "schema": "changes of the system",
}
UNMOVED = "nothing by a whole point"
INTERVAL = "{point} ({low} to {high})"
THE_REST = "objects outside of the charter"
CAPPED = "capped"
COLUMNS = (
    "From 0 to 100, best. In brackets: if all that is unknown were wrong, and if it were right; the grade comes "
    "from the low end. An entity with a critical violation is capped at 70, waived or not. Debt that waivers "
    "accept counts all the same."
)
MOVES = "What gains most points for the hour"
ARITHMETIC = (
    "Each violation is a debt of 10, 7.5, 5 or 2.5 points by its severity, less where it is only likely; of one "
    "subject the largest counts in each pillar. A pillar halves with every half point of debt for each field of "
    "the declared budget. More fields, more objects, waivers or less evidence never raise a score."
)
ENTITY = "Business entity"
SCORE = "Score"
BUDGET = "Budget (fields)"
ACCEPTED_DEBT = "Accepted debt"
GAIN = "Points"
HOURS = "Hours, about"
