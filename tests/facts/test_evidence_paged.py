"""Evidence in pages answers every look-up as the one that was written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.evidence_paged import evidence_sheets, paged_evidence
from auditor.index.ground import Label
from auditor.index.grounds import Vault, open_ground, write_ground
from auditor.model.catalogue import Skipped
from auditor.model.observations import (
    Actor,
    Cohort,
    DayCount,
    Deed,
    Definition,
    Evidence,
    EvidenceSource,
    Fill,
    GrowthEvent,
    Inventoried,
    Observation,
    Readership,
    RowCount,
    SourceKind,
    ValueProfile,
    Window,
)
from auditor.workspace.usage import merge_evidence

_DAY = date(2026, 1, 2)
_A, _B, _ACCOUNT = "crm:Account.A__c", "crm:Account.B__c", "crm:Account"
_EVIDENCE = merge_evidence(
    [
        Evidence(
            sources=(
                EvidenceSource("log", "report-event", "l.csv", SourceKind.LOG, _DAY, 12, "00D"),
                EvidenceSource("cut", "field-register", "", SourceKind.REGISTER, truncated=True, sandbox=True),
            ),
            windows=(
                Window("log", "crm", Deed.READ, None, _DAY),
                Window("log", "crm", Deed.READ, _DAY, _DAY, frozenset({_ACCOUNT}), gaps=((_DAY, _DAY),)),
                Window("log", "crm", Deed.RUN, _DAY, _DAY, kinds=frozenset({"report"})),
                Window("cut", "crm", Deed.READ, None, _DAY),
            ),
            observations=(
                Observation(_A, Deed.READ, "log", _DAY, _DAY, 3, 2, Actor.PEOPLE, via="crm:report/R"),
                Observation(_A, Deed.READ, "log", _DAY, possible=True),
                Observation(_A, Deed.WRITTEN, "log", None, count=0),
                Observation(_ACCOUNT, Deed.TOUCHED, "log", _DAY, actors=5, actors_at_least=True),
            ),
            fills=(
                Fill(_A, "log", Cohort("2026-Q1", "Partner", Actor.INTEGRATION), 10, 5),
                Fill(_A, "log", Cohort(), 10, 5),
            ),
            row_counts=(RowCount(_ACCOUNT, "log", Cohort(), 10, _DAY, _DAY),),
            profiles=(ValueProfile(_A, "log", 10, 5, 2, 0.5, "x", 0.25, 0.125, _DAY, _DAY),),
            definitions=(Definition(_B, "cut", _DAY, managed=False, created_by=Actor.PIPELINE),),
            readership=(Readership(_A, "cut", 5, 1), Readership(_A, "log", 7, 0)),
            growth=(GrowthEvent(_A, _DAY, True),),
            inventory=(Inventoried(_B, "cut", "B", "Text", 255, required=True, deleted=True),),
            days=(DayCount(_A, Deed.READ, "log", _DAY, 3),),
            skipped=(Skipped("x.csv", "nothing", 3),),
        )
    ]
)


@contextmanager
def _kept(path: Path, evidence: Evidence) -> Iterator[EvidenceIndex]:
    vault = Vault(path, b"secret")
    assert write_ground(vault, Label("k"), evidence_sheets(evidence))
    ground = open_ground(vault, "k")
    assert ground is not None
    yield paged_evidence(ground)
    ground.close()


def _told(index: EvidenceIndex) -> Iterator[tuple[object, ...]]:
    yield index.sources, index.truncated_sources, index.words(["log", "cut", "other"])
    for source in ("log", "cut", "other"):
        yield index.format(source), index.rank(source), index.truncated(source)
    for deed in Deed:
        yield list(index.windows("crm", deed)), list(index.windows("erp", deed))
    for subject in (_A, _B, _ACCOUNT, "crm:None"):
        yield subject, *(list(index.observations(subject, deed)) for deed in Deed)
        yield list(index.fills(subject)), list(index.row_counts(subject)), list(index.profiles(subject))
        yield list(index.definitions(subject)), list(index.inventory(subject)), index.readership(subject)


def test_every_look_up_answers_as_before(tmp_path: Path) -> None:
    with _kept(tmp_path / "c", _EVIDENCE) as paged:
        assert list(_told(EvidenceIndex(_EVIDENCE))) == list(_told(paged))


def test_all_of_it_can_be_put_together_again(tmp_path: Path) -> None:
    with _kept(tmp_path / "c", _EVIDENCE) as paged:
        assert paged.evidence == _EVIDENCE


def test_without_evidence_there_is_none(tmp_path: Path) -> None:
    with _kept(tmp_path / "c", Evidence()) as paged:
        assert list(_told(EvidenceIndex(Evidence()))) == list(_told(paged))
        assert paged.evidence == Evidence()
