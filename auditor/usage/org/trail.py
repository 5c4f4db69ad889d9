"""`SetupAuditTrail`: which kind of actor created, changed and deleted custom fields and objects, and when.

Two layouts: the file of the Setup page, where *Action* is the sentence and days are in a person's locale, and the
object of the API, where *Action* is a code and `Display` the sentence. Kept for 180 days, so that what is older is
in neither. No user leaves this module: what remains of one is the kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from auditor.dataclasses import dataclass, field
from auditor.formats.tables import Row, Table
from auditor.model.observations import Actor, Deed, Evidence, EvidenceSource, Observation, SourceKind, Window
from auditor.usage.kit.doers import Doers, doers_of
from auditor.usage.org.localdays import Days, days_of
from auditor.usage.org.places import NOTHING, Found, Places, places_of
from auditor.usage.org.sentences import Told, is_english, is_foreign, speaks_of_fields, told
from auditor.usage.reading import SkipList, day_of, export_day, rows_of, tables_of, was_cut
from auditor.usage.request import UsageRequest

DATES = "dates"
"""Option: the order of days in a file of the Setup page, `mdy`, `dmy` or `ymd`, where nothing in it decides."""


def read_setup_trail(request: UsageRequest) -> Evidence:
    """Read a trail in either layout.

    Labels are resolved by the catalogue and by inventories that were read before; one that fits several fields, or
    fits only by the name that Setup would derive from it, is possible. What speaks of custom fields and is not
    understood is counted in the note, so is what is written in another language.
    """
    skips = SkipList()
    reader = _Reader(places_of(request.catalog, request.before), doers_of(request), skips)
    rows, truncated = 0, False
    for table in tables_of(request, skips):
        if not _is_trail(table, skips):
            continue
        entries = list(_entries(table, request.options.get(DATES, ""), skips))
        rows += len(entries)
        truncated = was_cut(table, len(entries), skips) or truncated
        for entry in entries:
            reader.take(entry)
    return _evidence(request, reader, rows, truncated)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a trail, its layout forgotten."""

    day: date
    sentence: str
    section: str | None
    user: str | None
    delegate: str | None
    context: str | None
    package: str | None
    code: str | None


def _is_trail(table: Table, skips: SkipList) -> bool:
    by_api = table.has("CreatedDate", "Display")
    if not by_api and not table.has("Date", "Action"):
        skips.add(table.path, "no setup audit trail: it has neither CreatedDate and Display nor Date and Action")
        return False
    return True


def _entries(table: Table, declared: str, skips: SkipList) -> Iterator[_Entry]:
    by_api = table.has("CreatedDate", "Display")
    column = "CreatedDate" if by_api else "Date"
    rows = list(rows_of(table, skips))
    days = days_of((row.get(column) or "" for row in rows), declared)
    if days.order is None and any(row.get(column) and day_of(row.get(column)) is None for row in rows):
        skips.add(
            table.path, f"{column}: day and month cannot be told apart; declare the option dates: mdy or dmy"
        )
        return
    for row in rows:
        day = days.day(row.get(column) or "")
        sentence = row.get("Display") if by_api else row.get("Action")
        if day is None or sentence is None:
            skips.add(table.path, f"{column} is no day" if sentence else "a line without a sentence", row.line)
        else:
            yield _entry(row, day, sentence, by_api)
    _tell_zones(table, days, skips)


def _entry(row: Row, day: date, sentence: str, by_api: bool) -> _Entry:
    return _Entry(
        day,
        sentence,
        row.get("Section"),
        row.get("CreatedById", "CreatedBy.Id", "CreatedBy.Username") if by_api else row.get("User"),
        row.get("DelegateUser", "Delegate User"),
        row.get("CreatedByContext"),
        row.get("ResponsibleNamespacePrefix", "Source Namespace Prefix"),
        row.get("Action") if by_api else None,
    )


def _tell_zones(table: Table, days: Days, skips: SkipList) -> None:
    if days.zones:
        named = ", ".join(sorted(days.zones))
        skips.add(table.path, f"the zone {named} has no or several meanings: its days may be off by one")


@dataclass(slots=True)
class _Reader:
    """Gathers what the sentences tell; thrown away afterwards."""

    places: Places
    doers: Doers
    skips: SkipList
    days: list[date] = field(default_factory=list)
    events: dict[tuple[str, Deed, Actor, bool], list[date]] = field(default_factory=dict)
    understood: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    """Codes beside sentences on fields that were understood."""
    left: Counter[str] = field(default_factory=Counter)
    """Codes beside sentences that were not."""
    unnamed: int = 0
    strange: int = 0
    foreign: int = 0
    english: int = 0

    def take(self, entry: _Entry) -> None:
        """Note what one line tells."""
        self.days.append(entry.day)
        self.english += is_english(entry.sentence)
        this = told(entry.sentence)
        if this is None:
            self.strange += speaks_of_fields(entry.sentence)
            self.foreign += is_foreign(entry.sentence)
            self.left[entry.code or ""] += 1
            return
        found = self._meant(this, entry)
        if not found.keys:
            self.unnamed += 1
            return
        self.understood[str(this.deed)] += 1
        self.codes[entry.code or ""] += 1
        by = self._doer(entry)
        for key in found.keys:
            self.events.setdefault((key, this.deed, by, not found.sure), []).append(entry.day)

    def _meant(self, this: Told, entry: _Entry) -> Found:
        for name, owner in this.readings:
            owners = self.places.owners(owner, this.whole) if owner else self.places.section(entry.section)
            if owner and not name:
                return self._object(owner, owners)
            found = self.places.field(owners, name, entry.day, this.whole) if owners else NOTHING
            if found.keys:
                return found
        return NOTHING

    def _object(self, written: str, owners: Sequence[str]) -> Found:
        names = self.places.names
        if owners:
            custom = [name for name in owners if name.lower().endswith(("__c", "__mdt", "__e", "__b", "__x"))]
            return Found(tuple(names.object_key(name) for name in custom), len(custom) == 1)
        api = written.partition(" ")[0]
        return Found((names.object_key(api),), True) if api.endswith("__c") else NOTHING

    def _doer(self, entry: _Entry) -> Actor:
        """A package or a service of the platform acts by itself; who is logged in as somebody acts for himself."""
        if entry.package or entry.context:
            return Actor.AUTOMATION
        if entry.delegate:
            delegate = self.doers.of(entry.delegate)
            return Actor.PEOPLE if delegate in (Actor.UNKNOWN, Actor.OTHER) else delegate
        return self.doers.of(entry.user)

    def alike(self) -> int:
        """Sentences that were not understood though their code stands beside others on fields that were."""
        return sum(count for code, count in self.left.items() if code and code in self.codes)


def _evidence(request: UsageRequest, reader: _Reader, rows: int, truncated: bool) -> Evidence:
    as_of = export_day(request, reader.days)
    seen = tuple(
        Observation(key, deed, request.id, max(days), min(days), len(days), by=by, possible=possible)
        for (key, deed, by, possible), days in sorted(reader.events.items())
    )
    path = (
        request.paths[0].as_posix() if len(request.paths) == 1 else ", ".join(p.as_posix() for p in request.paths)
    )
    note = _note(reader)
    source = EvidenceSource(
        request.id, request.kind, path, SourceKind.LOG, as_of, rows, truncated=truncated, note=note
    )
    start = day_of(request.options.get("from")) or min(reader.days, default=as_of)
    end = day_of(request.options.get("to")) or as_of
    # One window for all three deeds: a creation and a deletion are changes too.
    window = Window(request.id, request.system, Deed.CHANGED, start, max(start, end))
    return Evidence(
        sources=(source,),
        windows=(window,) if rows else (),
        observations=seen,
        skipped=reader.skips.result(),
    )


def _note(reader: _Reader) -> str:
    """What was understood, and everything that was not."""
    if not reader.days:
        return ""
    counts = ", ".join(f"{count} {deed}" for deed, count in sorted(reader.understood.items())) or "none"
    parts = [f"sentences on custom fields and objects that were understood: {counts}"]
    if reader.unnamed:
        parts.append(f"{reader.unnamed} name what neither the repository nor an inventory knows")
    if reader.strange:
        parts.append(f"{reader.strange} speak of custom fields in a shape that is not known")
    if reader.alike():
        parts.append(f"{reader.alike()} were not understood though others with the same code were")
    if reader.foreign or (len(reader.days) >= _ENOUGH and reader.english * 2 < len(reader.days)):
        other = max(reader.foreign, len(reader.days) - reader.english)
        parts.append(
            f"{other} are not in English and were not read: export them as a user whose language is English"
        )
    return "; ".join(parts)


_ENOUGH = 5
"""Sentences from which a file can be said to be in another language."""
