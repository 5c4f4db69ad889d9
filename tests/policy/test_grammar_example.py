"""The example that fixed the grammar compiles against the real vocabulary, word for word."""

from __future__ import annotations

from pathlib import Path

from auditor.facts.catalogue import vocabulary
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies

EXAMPLE = """\
# yaml-language-server: $schema=policy.schema.json
version: 1
extends: [pack:scope, pack:sprawl]
params: {unused_after: 90d}
policies:
  - id: scope/no-order-lines
    title: No order lines in the CRM
    severity: critical
    pillar: scope
    target: {kind: object, where: {role: crm, external: false}}
    forbid:
      all:
        - concept: [order_line, invoice_line, delivery_line]
        - any: [{custom: true}, {in_use: true}]
    why: A CRM carries activities. Order lines born outside the ERP drift from it.
    fix: Keep orders in the ERP; show them in the CRM through a read-only link on the ERP order key.
  - id: sprawl/unused-field
    target: {kind: field, where: {custom: true, created: {older_than: "{unused_after}"}}}
    forbid:
      all:
        - alive: false
        - any: [{calculated: true}, {last_write: {older_than: "{unused_after}"}}]
    show: [last_read, support, fill_rate]
  - id: erp/master-data-writable
    title: ERP master data is read-only in the CRM
    severity: high
    pillar: duplication
    target: {kind: field, where: {has: {rel: duplicates, where: {role: erp, master: true}}}}
    require: {writable: false}
    why: Two systems that may both write will differ.
    fix: Make the field read-only.
  - id: budget/fields-per-object
    title: Fields on one object
    severity: medium
    pillar: burden
    target: {kind: object, where: {role: crm}}
    require: {count: {rel: fields, where: {custom: true}, le: 60}}
    why: Nobody knows so many.
    fix: One in, one out.
"""


def test_the_example_compiles(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(EXAMPLE, encoding="utf-8")
    loaded = load_policies(["own.yaml"], InstalledLibrary(tmp_path), vocabulary())
    own = {policy.info.id: policy for policy in loaded.policies if policy.place.file == "own.yaml"}
    unused = next(policy for policy in loaded.policies if policy.info.id == "sprawl/unused-field")

    assert {name: policy.reach.hops for name, policy in own.items()} == {
        "budget/fields-per-object": 1,
        "erp/master-data-writable": None,
        "scope/no-order-lines": 4,
    }
    assert (unused.facts, unused.info.origin) == (
        ("alive", "calculated", "created", "custom", "last_write"),
        "pack:sprawl",
    )
    assert [spec.name for spec in unused.show] == ["last_read", "support", "fill_rate"]
