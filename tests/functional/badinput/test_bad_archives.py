"""Archives, revisions and databases that are hostile, broken or out of reach."""

from __future__ import annotations

import gzip
import io
import socket
import sqlite3
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.functional.badinput.world import Make, World, an_object, lines, names

_SECRET = "S3cr3t-p%40ss"
_GOOD = {"objects/Good__c.object": an_object("Good", "Kept__c").encode()}


def _zip(members: dict[str, bytes]) -> Make:
    def make(world: World) -> None:
        with zipfile.ZipFile(world.folder / "it.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    return make


def _zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def _linked(world: World) -> None:
    link = zipfile.ZipInfo("objects/Link__c.object")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(world.folder / "it.zip", "w") as archive:
        archive.writestr("objects/Good__c.object", _GOOD["objects/Good__c.object"])
        archive.writestr(link, "/etc/passwd")


@pytest.mark.parametrize(
    ("make", "skipped"),
    [
        pytest.param(
            _zip({"../../evil.object": b"x", "/abs.object": b"x", "C:\\x.object": b"x", **_GOOD}),
            [
                "../../evil.object: its name leads out of the archive",
                "/abs.object: its name leads out of the archive",
                "C:\\x.object: its name leads out of the archive",
            ],
            id="names that lead out",
        ),
        pytest.param(
            _zip({"objects/Bomb__c.object": b"0" * 40_000_000, **_GOOD}),
            ["objects/Bomb__c.object: unpacks to far more than it holds, refused as an archive bomb"],
            id="a bomb by its ratio",
        ),
        pytest.param(
            _zip({"objects/Large__c.object": b"\0" * 70_000_000, **_GOOD}),
            ["objects/Large__c.object: larger than 64 MB (70,000,000 bytes), not read"],
            id="a member of 70 MB",
        ),
        pytest.param(
            _zip({"inner.zip": _zipped({"a": b"0" * 9_000_000}), **_GOOD}),
            ["inner.zip: 1 file of kind zip not read, though they may mention fields; this is the first"],
            id="an archive in it stays shut",
        ),
        pytest.param(_linked, ["objects/Link__c.object: a link or special file, not followed"], id="a link"),
    ],
)
def test_an_archive_gives_what_is_sound_in_it(world: World, make: Make, skipped: list[str]) -> None:
    make(world)

    ran = world.run("inspect", "it.zip", "--format", "json")

    assert (ran.code, ran.err) == (0, "")
    assert (lines(ran.document), names(ran.document)) == (skipped, ["Good__c.Kept__c"])
    assert not (world.folder.parent / "evil.object").exists()


def _tar_bomb(world: World) -> None:
    with tarfile.open(world.folder / "it.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("objects/Bomb__c.object")
        info.size = 60_000_000
        archive.addfile(info, io.BytesIO(b"\0" * info.size))


def _cut(name: str) -> Make:
    def make(world: World) -> None:
        (world.folder / name).write_bytes(gzip.compress(b"objects/A__c.object" * 5000)[:-30])

    return make


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        pytest.param(
            "it.tar.gz", _tar_bomb, "unpacks to far more than it holds and is refused as an", id="a bomb"
        ),
        pytest.param(
            "it.tar.gz", _cut("it.tar.gz"), "is not a tar archive that can be read: ", id="a tar cut short"
        ),
        pytest.param("it.zip", _cut("it.zip"), "is not a zip archive that can be read: ", id="gzip named zip"),
    ],
)
def test_an_archive_that_is_none_is_one_error(world: World, name: str, make: Make, said: str) -> None:
    make(world)

    ran = world.run("inspect", name)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"auditor: {name} ")
    assert said in ran.err


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_repository_without_its_objects_is_said_in_one_line(world: World) -> None:
    _git(world.folder, "init", "-q")
    _git(world.folder, "add", ".")
    _git(world.folder, "commit", "-q", "-m", "x")
    for pack in (world.folder / ".git" / "objects").glob("??"):
        for blob in pack.iterdir():
            blob.chmod(0o644)
            blob.write_bytes(b"broken")

    ran = world.run("inspect", "git:.@HEAD")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("auditor: git cannot read .")


def test_a_shallow_repository_is_read_and_its_history_said_to_begin_late(world: World) -> None:
    origin = world.folder / "origin"
    origin.mkdir()
    (world.folder / "src").rename(origin / "src")
    _git(origin, "init", "-q")
    for number in range(3):
        (origin / "note").write_text(str(number))
        _git(origin, "add", ".")
        _git(origin, "commit", "-q", "-m", str(number))
    _git(world.folder, "clone", "-q", "--depth", "1", f"file://{origin}", "shallow")
    (world.folder / "src").symlink_to("shallow/src")
    world.configure("evidence: [{id: git, kind: git-history, path: shallow}]\n")

    audited = world.audit()

    assert any("shallow" in line["reason"] for line in audited["skipped"]) or any(
        "shallow" in str(source) for source in audited["coverage"]
    )


def _erp(world: World, url: str) -> None:
    world.configure(f"  - {{name: erp, role: erp, sources: [{{kind: sql, url: '{url}'}}]}}\n")


@pytest.fixture
def broken(world: World) -> World:
    """The sound repository, with room for another system in its configuration."""
    (world.folder / "auditor.yaml").write_text(
        "version: 1\nsystems:\n  - {name: crm, role: crm, sources: [{kind: salesforce, path: src}]}\n"
    )
    return world


def test_a_corrupt_database_is_one_error_that_names_its_place(broken: World) -> None:
    (broken.folder / "erp.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    _erp(broken, "sqlite:///erp.sqlite")

    ran = broken.run("audit")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("auditor: auditor.yaml:4:")
    assert "cannot read the database sqlite:///" in ran.err


def test_a_database_that_is_not_there_is_no_new_file(broken: World) -> None:
    _erp(broken, "sqlite:///gone.sqlite")

    ran = broken.run("audit")

    assert ran.code == 2
    assert "unable to open database file" in ran.err
    assert not (broken.folder / "gone.sqlite").exists()


def _nobody_listens() -> int:
    with socket.socket() as once:
        once.bind(("127.0.0.1", 0))
        return int(once.getsockname()[1])


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"postgresql+psycopg://reader:{_SECRET}@127.0.0.1:PORT/erp", id="PostgreSQL"),
        pytest.param(
            f"postgresql+psycopg://reader:{_SECRET}@127.0.0.1:PORT/erp?password={_SECRET}", id="in the query"
        ),
        pytest.param(f"mysql+pymysql://reader:{_SECRET}@127.0.0.1:PORT/erp", id="MySQL"),
        pytest.param(f"klingon://reader:{_SECRET}@127.0.0.1:PORT/erp", id="a dialect that nobody knows"),
        pytest.param(f"postgresql+psycopg://reader:{_SECRET}@127.0.0.1:PORTx/erp", id="no port"),
        pytest.param(f"postgresql://reader:{_SECRET}@[::1/erp", id="no URL"),
    ],
)
@pytest.mark.parametrize("through", ["audit", "inspect", "environment", "evidence", "records"])
def test_what_cannot_be_reached_is_said_and_its_password_never(
    broken: World, url: str, through: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(logs))
    given = url.replace("PORT", str(_nobody_listens()))
    if through == "environment":
        monkeypatch.setenv("ERP_URL", given)
        broken.configure("  - {name: erp, role: erp, sources: [{kind: sql, url_env: ERP_URL}]}\n")
    elif through == "records":
        broken.configure(f"evidence: [{{id: rows, kind: record-database, url: '{given}'}}]\n")
    elif through != "inspect":
        _erp(broken, given)
    verb = {"inspect": ["inspect", given], "evidence": ["evidence", "plan"]}.get(through, ["audit"])

    ran = broken.run(*verb)

    written = [path.read_bytes() for path in (*logs.rglob("*"), *broken.folder.glob("out/*")) if path.is_file()]
    for told in (ran.out, ran.err, *(data.decode("utf-8", "replace") for data in written)):
        for secret in (_SECRET, "S3cr3t-p@ss", "S3cr3t"):
            assert secret not in told
    if through != "records":
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("auditor: ")


def test_a_view_that_is_broken_within_costs_no_table(broken: World) -> None:
    with sqlite3.connect(broken.folder / "erp.sqlite") as made:
        made.execute("CREATE TABLE gone (a)")
        made.execute("CREATE VIEW seen AS SELECT a FROM gone")
        made.execute("CREATE TABLE stays (b)")
        made.execute("DROP TABLE gone")
    made.close()

    ran = broken.run("inspect", "erp.sqlite", "--format", "json")

    assert ran.code == 0
    assert names(ran.document) == ["stays.b"]
    assert lines(ran.document) == ["seen: a view that its database cannot read: no such table: main.gone"]
