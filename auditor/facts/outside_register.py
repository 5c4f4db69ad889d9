"""The register of outside readers: who is declared to read a system from elsewhere, and what that leaves open."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.graph.nodes import ComponentNode

OUTSIDE = "outside_reader"
"""The component kind of outside readers, and their channel: under `complete:`, that all of them are declared."""
READERS = "outside readers"
"""Under which the readers of a system are kept."""
NO_REGISTER = "no complete register of outside readers (BI models, load scripts, middleware) is declared"


def readers_of(facts: Facts, system: str) -> tuple[ComponentNode, ...]:
    """The declared outside readers of a system, sorted."""
    return facts.once(
        (READERS, system),
        lambda: tuple(
            each for each in facts.graph.components(OUTSIDE) if each.system == system and not each.implied
        ),
    )


def register_gap(facts: Facts, system: str) -> str | None:
    """Why what reads the system from outside is not known in full, in one clause; None where it is."""
    # Where no ways of reading are told apart, one word vouches for all of them.
    if facts.settings.is_complete(system, "reads"):
        return None
    if not facts.settings.is_complete(system, OUTSIDE):
        known = readers_of(facts, system)
        return f"{NO_REGISTER}; {_searched(known)}" if known else NO_REGISTER
    partial = [each.value.name for each in readers_of(facts, system) if each.value.attribute("complete") != "true"]
    if partial:
        return f"what these outside readers read is not known in full: {', '.join(partial)}"
    return None


def mentioned_outside(facts: Facts, key: str) -> bool:
    """Whether a declared outside reader at least possibly mentions a field or object."""
    return any(link.reference.component_kind == OUTSIDE for link in facts.graph.references_to(key))


def _searched(known: tuple[ComponentNode, ...]) -> str:
    names = ", ".join(each.value.name for each in known)
    return f"searched were: {names}"
