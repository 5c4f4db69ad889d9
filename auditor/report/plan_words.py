"""The English of the roll-back plan."""

from __future__ import annotations

from types import MappingProxyType

from auditor.model.rollback import WaveKind

TITLE = "The way back"
LEAD = (
    "Review candidates in the order in which they could be retired, each wave with its earliest day and its way "
    "back. Nothing is changed by the auditor: every step is somebody's decision."
)
NOTHING = "No finding proposes to retire anything, or everything that one proposes is in use."
NO_PLAN = "No plan was made."
SUMMARY = (
    "Review candidates are {things}: {proposed} by findings of their own, {with_them} because nothing else needs "
    "them. {standing}"
)
ALL_DEAD = "Nothing in use depends on any of them."
NONE_DEAD = "A page, or something that was not watched, could still keep each of them."
SOME_DEAD = (
    "Nothing in use depends on {dead} of them; a page, or something that was not watched, could still keep the "
    "other {unknown}."
)
OBJECTS = ("object", "objects")
FIELDS = ("field", "fields")
COMPONENTS = ("component", "components")
WAVES = "Wave by wave"
WAVE = "Wave"
EARLIEST = "Earliest"
STEPS = "Steps"
WHAT_IT_WAITS_FOR = "What it waits for"
WAY_BACK = "The way back"
OWNER = "Owner"
NO_OWNER = "nobody is declared"
WHAT = "What"
CANDIDATES = "Candidates"
EFFORT = "Effort"
RISK = "Risk"
GOES = "What goes, in the order of deletion:"
ORDER = "Order"
NAME = "Name"
STANDING = "Use"
BECAUSE = "Because"
STANDINGS = MappingProxyType(
    {"dead": "nothing uses it", "unknown": "no sure use", "alive": "only demands or shows what goes"}
)
COULD_KEEP = "could still be kept by {what}"
OPEN_SINCE = "open, since {why}"
KEPT = (
    "Proposed by findings, and kept. Whoever wants these gone has to move what uses them first; the chain leads "
    "from what is used:"
)
CHAIN = "Chain"
ARROW = " → "
BLOCKERS = "To be changed by hand first:"
PLACE = "Place"
REASON = "Reason"
NONE_BLOCKS = "No mention was found that somebody would have to change by hand."
FREES = "What it frees"
HEADROOM = "{object}: {freed} of {before} custom fields"
OF_LIMIT = "{headroom}; {after} of {limit} are then used"
FREED_ROWS = "{n} rows go with whole objects; only those count as storage"
FREED_ROWS_UNKNOWN = "rows go with whole objects, and nothing counts all of them"
FREED_LAYOUTS = ("page layout that gets shorter or goes", "page layouts that get shorter or go")
FREED_INPUTS = ("input that people no longer have to fill", "inputs that people no longer have to fill")
NOTICES = "What it rests on"
PROOF = "Tried on a copy"
PROOF_PASSED = "{system}: every part passed ({parts})."
PROOF_FAILED = "{system}: FAILED. {failures}"
NO_PROOF = (
    "This was made from what was read. “auditor plan --out DIR” tries it on a copy first and writes what each "
    "wave needs: edited sources, manifests, exports, letters, and undo/ for the way back."
)
RISKS_OF = "{n} at {risk} risk"
PLAN_FILE = "report.json"
ASKED = "Made on {day} for {asked}."
MORE = "… and {n} more: --format markdown, or --out DIR"
PROOF_LEAD = (
    "The plan was carried out on a copy of the sources in memory, the copy was read again by the same reader, and "
    "the way back was walked. The sources themselves were not touched."
)
PASSED = "passed"
FAILED = "FAILED: do not use the artefacts of this system before the parts that failed are understood"
MARKS = MappingProxyType({True: "passed:", False: "FAILED:"})
LETTER_TITLE = "What may go, for {owner}"
LETTER_NOBODY = "whoever answers for these"
LETTER_LEAD = (
    "A review of the CRM found things that nothing was seen to need. They are candidates: if one of them is "
    "needed, a sentence from you keeps it."
)
LETTER_WHAT = "These {n} are in your area:"
LETTER_WHEN = "What would happen, and not before when:"
LETTER_DAYS = MappingProxyType(
    {
        WaveKind.HIDE: "{day}: taken off pages and out of permissions; nothing is lost",
        WaveKind.EXPORT: "{day}: values exported and checked",
        WaveKind.UNREFERENCE: "{day}: taken out of reports, rules and flows",
        WaveKind.DELETE: "{day}: deleted",
        WaveKind.PURGE: "{day}: no longer possible to undelete",
    }
)
LETTER_OBJECT = (
    "If you need one of them, say so before {day}: which one, who uses it, and for which decision. Think of what "
    "happens once a year, of files that are sent out, and of systems that read the CRM from outside."
)
