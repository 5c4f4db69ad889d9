"""The readers of automation (flows, workflows, approval processes), by metadata suffix."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.parsed import ChildReader, Reader

XML_READERS: Mapping[str, Reader] = {}
OBJECT_CHILDREN: Mapping[str, ChildReader] = {}
