"""The English of the section *What nothing seems to need*."""

from __future__ import annotations

from types import MappingProxyType

TITLE = "What nothing seems to need"
LEAD = (
    "Candidates for a review, and no more than that: custom fields on which nothing that was seen in use depends, "
    "through whatever reads them. Those with the least support come first."
)
STANCES = "How many, by what being shown on a page counts for"
STANCE_NOTE = (
    "The company's own stance is marked; `showing:` in auditor.yaml sets it. Fields of managed packages are left "
    "out. Dead: nothing in use depends on it, whether or not values still go into it."
)
STANCE = MappingProxyType(
    {
        "keeps": "shown where people work is used",
        "possible": "shown may be looked at",
        "ignored": "shown counts for nothing",
    }
)
CHOSEN = "{stance} (in force)"
SYSTEM, SHOWING, ALIVE, DEAD, CANDIDATES, OPEN = "System", "Showing", "Alive", "Dead", "Candidates", "Open"
FIELD, STATE, SUPPORT, SINCE, FILL = "Field", "State", "What could still keep it", "Alive until at most", "Filled"
STATES = MappingProxyType(
    {
        "dead": "dead",
        "unread": "only unwatched ways of reading",
        "shown": "only pages show it",
    }
)
NOTHING, NEVER = "nothing", "never seen alive"
CIRCLE = "{state}, on a circle of dead things"
NOTE = "Every word is defined in docs/liveness.md; `auditor explain FIELD` tells why."
NONE = "Every custom field is kept by something that was seen in use, or that may be."
