"""Why candidates are kept, and the chain from what keeps them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from auditor.model.catalogue import Catalog, Relationship
from auditor.model.rollback import Refused
from auditor.planning.closure import close
from auditor.planning.refusing import refusals
from auditor.planning.selecting import Proposal
from tests.planning.world import catalog, custom_field, formula, ground, mention

A, F, G = "crm:Account.A__c", "crm:Account.F__c", "crm:Account.G__c"
_CHAIN = catalog(
    (custom_field("Account.A__c"), formula("Account.F__c"), formula("Account.G__c")),
    (mention("field/Account.F__c", "Account.A__c"), mention("field/Account.G__c", "Account.F__c")),
)
_MANAGED = catalog(
    (
        custom_field("Log__c.Day__c"),
        custom_field(
            "Account.pkg__Log__c", reference_to=("Log__c",), relationship=Relationship.LOOKUP, namespace="pkg"
        ),
    )
)

CASES: tuple[tuple[str, Catalog, Mapping[str, bool], str, str, tuple[str, ...]], ...] = (
    (
        "it is in use itself",
        _CHAIN,
        {A: True},
        A,
        "in use; at least 2 components and formulas would have to change first",
        (),
    ),
    (
        "a formula of a formula is in use",
        _CHAIN,
        {G: True},
        A,
        f"{F} would have to go with it",
        (G, F, A),
    ),
    (
        "what would have to go came with a package",
        _MANAGED,
        {},
        "crm:Log__c",
        "crm:Account.pkg__Log__c would have to go with it",
        ("it came with a package, which only its maker may change", "crm:Account.pkg__Log__c", "crm:Log__c"),
    ),
)


@pytest.mark.parametrize(
    ("of", "alive", "subject", "because", "chain"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_refusals(
    of: Catalog, alive: Mapping[str, bool], subject: str, because: str, chain: tuple[str, ...]
) -> None:
    world = ground(of, alive)
    told = refusals(world, close(world, (subject,)), (Proposal(subject, ("a/b",)),))
    assert told == (Refused(subject, because, chain, ("a/b",)),)
