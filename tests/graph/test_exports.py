"""The graph for graph tools, read back by the library that wrote it."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import networkx

from auditor.graph.build import build_graph
from auditor.graph.exports import to_graphml, to_node_link
from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.components import Component
from auditor.model.references import Access, Certainty, Reference

LABEL = "Säljområde <b>\x07"
CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(Object("Account", custom=False, fields=(Field("Account", "Region__c", label=LABEL),)),),
    components=(Component("layout", "Account-Main", "a.xml", object="Account"),),
    references=tuple(
        Reference("layout", "Account-Main", "Account.Region__c", access, Certainty.CERTAIN, "a.xml", 4)
        for access in (Access.SHOWS, Access.REQUIRES)
    ),
)


def test_graphml_reads_back() -> None:
    read = networkx.read_graphml(io.BytesIO(to_graphml(build_graph([CRM]))), force_multigraph=True)
    assert read.nodes["crm:Account.Region__c"]["label"] == "Säljområde <b>"
    ends = sorted((source, target, data["relation"]) for source, target, data in read.edges(data=True))
    assert ends == [
        ("crm:Account", "crm:", "belongs_to"),
        ("crm:Account.Region__c", "crm:Account", "belongs_to"),
        ("crm:layout/Account-Main", "crm:Account", "belongs_to"),
        ("crm:layout/Account-Main", "crm:Account.Region__c", "requires"),
        ("crm:layout/Account-Main", "crm:Account.Region__c", "shows"),
    ]


def test_node_link_is_plain_json() -> None:
    data = json.loads(json.dumps(to_node_link(build_graph([CRM]))))
    assert [node["id"] for node in data["nodes"]] == [
        "crm:",
        "crm:Account",
        "crm:Account.Region__c",
        "crm:layout/Account-Main",
    ]
    assert len(data["edges"]) == 5


def test_building_a_graph_loads_no_graph_library() -> None:
    code = "import sys, auditor.graph.exports, auditor.auditing; print('networkx' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
