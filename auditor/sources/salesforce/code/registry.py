"""The readers of code, by file suffix, and of the descriptors beside it, by metadata suffix."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sources.salesforce.parsed import Reader, TextReader

TEXT_READERS: Mapping[str, TextReader] = {}
XML_READERS: Mapping[str, Reader] = {}
