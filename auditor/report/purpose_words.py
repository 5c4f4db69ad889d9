"""The English of the section *What the system is really for*."""

from __future__ import annotations

from types import MappingProxyType

TITLE = "What the system is really for"
LEAD = (
    "A field is for something when something in use reads it: it decides, guides or informs. The rest is there "
    "because it was asked for, copied or demanded once."
)
SUMMARY = (
    "Of {fields} custom fields in {name}, {read} ({share}) are read by something in use; {left} ({left_share}) "
    "are collected, mirrored or demanded and read by nothing, and {dead} ({dead_share}) are neither read "
    "nor filled."
)
SHOWN = (
    "{shown} of the collected ones stand on pages in use, where people may look at them; no log tells whether "
    "they do."
)
OPEN = "What {open} ({share}) do is unknown, since what may read them could not be watched: {may}."
MAY = MappingProxyType(
    {
        "decides": "{n} may decide something",
        "guides": "{n} may be worked with on a screen",
        "informs": "{n} may be read in a report or by another system",
    }
)
UNNAMED = "{n} are named by nothing that was read"
BARS = "Custom fields of {name} by what they do"
SEEN = "shown"
FUNCTIONS = MappingProxyType(
    {
        "decides": "decides: something happens by it",
        "guides": "guides: people work by it",
        "informs": "informs: reports, mails, systems",
        "collected": "collected, on no page in use",
        SEEN: "collected, on pages in use",
        "mirrored": "mirrored only",
        "demanded": "demanded only",
        "dead": "dead: not even filled",
    }
)
OPEN_BAR = "unknown"
WHAT = "What it does"
AREAS = "By business area"
AREA, OBJECT, FIELDS, UNKNOWN, READ = "Business area", "Object", "Fields", "Unknown", "Read by something in use"
HEADINGS = ("Decide", "Guide", "Inform", "Collected", "Of them on pages", "Mirrored", "Demanded", "Dead")
NOTE = "How the words are defined: docs/liveness-functions.md. A field is counted once, under the strongest."
