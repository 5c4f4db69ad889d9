"""The readers of declarative metadata, by metadata suffix and by child element of an object."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.parsed import ChildReader, Reader, TextReader

XML_READERS: Mapping[str, Reader] = {}
OBJECT_CHILDREN: Mapping[str, ChildReader] = {}
TEXT_READERS: Mapping[str, TextReader] = {}
