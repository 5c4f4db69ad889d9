"""The order of deletion is topological, and things in a circle share a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.catalogue import Relationship
from auditor.planning.ordering import deletion_order
from tests.planning.world import catalog, custom_field, formula, ground, mention

_NAMES = tuple(f"O{n % 3}__c.F{n}__c" for n in range(8))


def test_a_formula_on_a_child_goes_before_the_field_of_its_parent() -> None:
    of = ground(
        catalog(
            (
                custom_field("Parent__c.A__c"),
                formula("Child__c.B__c"),
                custom_field(
                    "Child__c.P__c", reference_to=("Parent__c",), relationship=Relationship.MASTER_DETAIL
                ),
            ),
            (mention("field/Child__c.B__c", "Parent__c.A__c"), mention("field/Child__c.B__c", "Child__c.P__c")),
        )
    )
    leaving = {"crm:Parent__c.A__c", "crm:Child__c.B__c", "crm:Child__c.P__c", "crm:Parent__c"}
    expected = {"crm:Child__c.B__c": 1, "crm:Child__c.P__c": 2, "crm:Parent__c.A__c": 3, "crm:Parent__c": 4}
    assert deletion_order(of, leaving) == expected


@given(st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)), max_size=20))
def test_who_mentions_goes_no_later_than_what_it_mentions(links: list[tuple[str, str]]) -> None:
    references = [mention(f"field/{by}", to) for by, to in links if by != to]
    of = ground(catalog([formula(name) for name in _NAMES], references))
    order = deletion_order(of, {f"crm:{name}" for name in _NAMES})
    late = [(by, to) for by, to in links if order[f"crm:{by}"] > order[f"crm:{to}"]]
    reach = _reaching(links)
    shared = [
        (by, to)
        for by, to in links
        if by != to and order[f"crm:{by}"] == order[f"crm:{to}"] and (to, by) not in reach
    ]
    places = sorted(set(order.values()))
    assert (late, shared, places) == ([], [], list(range(1, len(places) + 1)))


def _reaching(links: list[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set(links)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more
