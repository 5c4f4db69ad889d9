"""The English of `auditor core`."""

from __future__ import annotations

ANSWER = (
    "{core} fields ({custom} of them the company's own) carry {share} of the {uses} on record; "
    "there are {fields}, so that is {part} of all."
)
LEAST = "No set of fewer than {least} that holds what its fields need carries {asked}:"
PROVEN = "this is the smallest."
GAP = "this is the smallest or at most {gap} too large."
FIELD = ("field", "fields")
GROUP = ("further one", "further ones")
CURVE = "Share of use against fields"
CURVE_COLUMNS = ("Use", "Fields", "Own", "At least")
AREAS, OBJECTS = "Business area", "Object"
GROUPS = "How many fields carry so much of the use of each by itself, with what they need elsewhere"
GROUP_COLUMNS = ("Fields", "Read", "Uses", "In the core")
READS, READERS = ("read", "reads"), ("reading", "readings")
BY_READERS = (
    "Most reads were dated and not counted, so that a reading is a report, list view, mail or caller that reads a "
    "field, however often it did."
)
FURTHER = "  {more} in --format json"
MEMBERS = "The core, most read first (* never read itself, needed by others)"
NEEDED = "*"
LEFT = (
    "Read and not in the core: {fields}, {reads} in all. Read rarely is not unimportant: look through them first "
    "(--format csv)."
)
UNSEEN = (
    "Not seen read, while reads by {ways} were not watched: {fields} of the rest. Who reads them that way would "
    "miss them."
)
SETTLED = "What would tell: {kinds} (`auditor evidence plan` says how to get them)."
OUTSIDE = "Not in the core, yet named by readers outside: {fields} ({names})."
UNCOUNTED = "Dated and not counted: reads of {fields}; each such read stands for one."
SOURCES = "Reads were seen in: {sources}."
NEARLY_ALL = "over 99.9 %"
COLUMNS = ("field", "object", "area", "custom", "in_core", "reads", "counted", "needed_by")
