"""The cache file: whatever happens to it, a value comes back as it was put in, or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.index.layout import LAYOUT
from auditor.index.pruning import KEPT_DAYS, NOTED_DAYS
from auditor.index.store import Store

_DAY = 24 * 60 * 60
_VALUES = {b"one": b"1", b"two": b"2" * 5000, b"none": b""}


def _store(path: Path, day: int = 100, secret: bytes = b"secret", salt: str = "") -> Store:
    return Store(path, secret, salt, lambda: day * _DAY)


def _filled(path: Path, day: int = 100) -> Path:
    store = _store(path, day)
    for key, value in _VALUES.items():
        store.put(key, value)
    store.close()
    return path


def _read(path: Path, day: int = 100) -> dict[bytes, bytes]:
    store = _store(path, day)
    found = dict(store.get(list(_VALUES)))
    store.close()
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.sqlite"


def test_values_come_back_in_the_next_run(path: Path) -> None:
    assert _read(_filled(path)) == _VALUES


def test_a_value_that_is_put_again_takes_the_place_of_the_one_before(path: Path) -> None:
    store = _store(_filled(path))
    store.put(b"one", b"another")
    store.close()

    assert _read(path) == {**_VALUES, b"one": b"another"}
    assert sqlite3.connect(path).execute("SELECT count(*) FROM block").fetchone() == (len(_VALUES),)


def test_many_keys_are_looked_up_at_once(path: Path) -> None:
    keys = [str(number).encode() for number in range(3000)]
    store = _store(path)
    for key in keys:
        store.put(key, key)
    store.flush()

    assert store.get([*keys, b"missing"]) == {key: key for key in keys}
    store.close()


@pytest.mark.parametrize(
    ("secret", "salt"),
    [
        pytest.param(b"other", "", id="of somebody with another key"),
        pytest.param(b"secret", "2", id="of another version"),
    ],
)
def test_nothing_is_found(path: Path, secret: bytes, salt: str) -> None:
    store = _store(_filled(path), secret=secret, salt=salt)

    assert store.get(list(_VALUES)) == {}
    store.close()
    assert _read(path) == _VALUES


def _execute(*statements: str) -> Callable[[Path], object]:
    def execute(path: Path) -> None:
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return execute


def _overwrite(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


_HOSTILE = [
    pytest.param(_overwrite(b""), id="an empty file"),
    pytest.param(_overwrite(b"not a database, though long enough to be taken for one" * 20), id="no database"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000]), id="a file cut off"),
    pytest.param(_execute(f"PRAGMA user_version = {LAYOUT - 1}"), id="an earlier layout"),
    pytest.param(_execute("CREATE TABLE more (a)"), id="a table more"),
    pytest.param(
        _execute("CREATE TRIGGER t AFTER INSERT ON block BEGIN DELETE FROM entry; END"), id="a trigger in it"
    ),
    pytest.param(_execute("DROP TABLE block"), id="a table less"),
    pytest.param(_execute("UPDATE block SET value = x'00'"), id="values without a checksum"),
    pytest.param(_execute("UPDATE block SET value = CAST(x'ff' AS TEXT)"), id="values that are no bytes"),
    pytest.param(_execute("UPDATE entry SET day = 'yesterday'"), id="days that are no numbers"),
    pytest.param(_execute("UPDATE entry SET block = 1"), id="values under another key"),
]


@pytest.mark.parametrize("harm", _HOSTILE)
def test_a_damaged_file_gives_nothing_wrong_and_is_made_anew(harm: Callable[[Path], object], path: Path) -> None:
    harm(_filled(path))

    assert _read(path).items() <= _VALUES.items()
    assert _read(_filled(path)) == _VALUES


def test_a_file_with_no_number_left_for_a_value_is_made_anew_in_the_next_run(path: Path) -> None:
    _execute("UPDATE block SET id = 9223372036854775807 WHERE id = 1")(_filled(path))

    assert _read(_filled(path)) == {}
    assert _read(_filled(path)) == _VALUES


@pytest.mark.parametrize(
    ("harm", "notice"),
    [
        pytest.param(
            _execute(f"PRAGMA user_version = {LAYOUT + 1}"),
            "is not used: a later version of the auditor made it",
            id="a later version",
        ),
        pytest.param(
            _execute("PRAGMA application_id = 7"), "is not used: another program made it", id="another program"
        ),
    ],
)
def test_a_file_of_others_is_left_alone(harm: Callable[[Path], object], notice: str, path: Path) -> None:
    harm(_filled(path))
    before = path.read_bytes()

    store = _store(path)
    store.put(b"one", b"1")
    found = store.get([b"one"])
    store.close()

    assert found == {}
    assert store.notice == f"{path} {notice}"
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", ["", "-journal", "-wal"])
def test_a_link_is_not_followed(path: Path, suffix: str) -> None:
    target = path.parent / "target"
    target.write_bytes(b"precious")
    path.with_name(path.name + suffix).symlink_to(target)

    assert _store(path).notice == f"{path} is not used: it is a link, and links are not followed"
    assert _read(_filled(path)) == {}
    assert target.read_bytes() == b"precious"


def test_a_journal_that_names_a_file_to_delete_is_not_played_back(path: Path) -> None:
    precious = path.parent / "precious"
    precious.write_bytes(b"")
    _filled(path)
    name = str(precious).encode()
    total = sum(name)
    journal = bytes(512) + (0x40000000 // 1024 + 1).to_bytes(4, "big") + name
    journal += len(name).to_bytes(4, "big") + total.to_bytes(4, "big") + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    path.with_name(path.name + "-journal").write_bytes(journal)

    assert _read(path) == {}
    assert precious.exists()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_flipped_byte_makes_a_wrong_value(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = _filled(tmp_path_factory.mktemp("flip") / "cache.sqlite")
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(whole))

    assert _read(path).items() <= _VALUES.items()
    _filled(path)
    assert _read(path).items() <= _VALUES.items()


def test_what_was_not_used_for_a_month_is_forgotten_and_what_was_used_is_kept(path: Path) -> None:
    _filled(path, day=100)
    later = 100 + KEPT_DAYS - 1
    store = _store(path, later)
    store.get([b"one"])
    store.close()

    last = _store(path, later + NOTED_DAYS)
    last.put(b"four", b"4")
    last.close()

    assert _read(path, later + NOTED_DAYS) == {b"one": b"1"}
    assert sqlite3.connect(path).execute("SELECT count(*) FROM block").fetchone() == (2,)


def test_a_file_that_grows_too_large_keeps_the_latest(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.index.pruning.MAX_BYTES", 40_000)
    for day in range(100, 110):
        store = _store(path, day)
        store.put(str(day).encode(), bytes(10_000))
        store.close()

    kept = _store(path, 110).get([str(day).encode() for day in range(100, 110)])
    assert b"109" in kept and b"100" not in kept


def test_a_use_is_not_noted_in_every_run(path: Path) -> None:
    _filled(path, day=100)
    before = path.read_bytes()

    _read(path, day=101)

    assert path.read_bytes() == before


def test_a_file_that_another_process_holds_is_read_and_not_waited_for_in_vain(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.index.cachefile._BUSY_SECONDS", 0.05)
    _filled(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = _store(path)
    store.put(b"four", b"4")
    store.flush()

    assert store.get(list(_VALUES)) == _VALUES
    store.close()
    other.execute("ROLLBACK")
    assert _store(path).get([b"four"]) == {}


def test_a_full_disk_costs_what_was_to_be_written_only(path: Path) -> None:
    store = _store(_filled(path))
    assert store._file._connection is not None  # the disk is full from here on, as SQLite sees it
    store._file._connection.execute("PRAGMA max_page_count = 1")
    store.put(b"large", bytes(1_000_000))
    store.flush()

    assert store.get(list(_VALUES)) == _VALUES
    store.close()
    assert _read(path) == _VALUES


def test_a_folder_that_is_not_there_gives_a_store_that_keeps_nothing(tmp_path: Path) -> None:
    store = _store(tmp_path / "missing" / "cache.sqlite")
    store.put(b"one", b"1")

    assert store.get([b"one"]) == {}
    store.close()
    assert store.notice == ""


_WRITER = """
import sys
from pathlib import Path
from auditor.index.store import Store
store = Store(Path(sys.argv[1]), b"secret", "", lambda: 100 * 86400)
for number in range(int(sys.argv[3])):
    store.put(f"{sys.argv[2]}{number}".encode(), str(number).encode() * 200)
    if number % 20 == 0:
        store.flush()
        print(number, flush=True)
store.close()
"""


def _writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _WRITER, str(path), name, str(count)], stdout=subprocess.PIPE)


@pytest.fixture
def writers() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def test_two_processes_at_once_both_keep_what_they_put(path: Path, writers: list[subprocess.Popen[bytes]]) -> None:
    writers.extend(_writer(path, name, 400) for name in ("a", "b"))
    for process in writers:
        process.communicate(timeout=60)

    keys = [f"{name}{number}".encode() for name in ("a", "b") for number in range(400)]
    assert len(_store(path).get(keys)) == 800


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that cannot be caught")
def test_a_killed_process_leaves_a_file_that_holds_what_was_written(
    path: Path, writers: list[subprocess.Popen[bytes]]
) -> None:
    writers.append(_writer(path, "a", 1_000_000))
    stream = writers[0].stdout
    assert stream is not None
    for _ in range(30):
        stream.readline()
    time.sleep(0.003)
    writers[0].send_signal(signal.SIGKILL)
    writers[0].wait()

    found = _store(path).get([f"a{number}".encode() for number in range(580)])
    assert found == {f"a{number}".encode(): str(number).encode() * 200 for number in range(580)}
