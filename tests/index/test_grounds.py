"""Grounds: tables of plain values that come back whole, or not at all and said so."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.index.ground import Ground, GroundLostError, Label
from auditor.index.grounds import KEPT, Sheet, Vault, blob_sheet, kept_labels, open_ground, write_ground

_ROWS = {f"crm:Object{number}__c": (number, "x" * (number % 50)) for number in range(3000)}
_LABEL = Label("config", {"crm": "tree"}, date(2026, 11, 22), {"settings": "1"})


def _vault(path: Path, now: float = 1000.0, secret: bytes = b"secret", version: str = "1") -> Vault:
    return Vault(path, secret, version, lambda: now)


def _written(path: Path, label: Label = _LABEL, now: float = 1000.0, rows: Mapping[str, object] = _ROWS) -> Path:
    sheets = (Sheet("rows", rows), Sheet("none", {}), blob_sheet("one", [1, None, b"2"]))
    assert write_ground(_vault(path, now), label, sheets)
    return path


@contextmanager
def _opened(path: Path, now: float = 1000.0) -> Iterator[Ground]:
    ground = open_ground(_vault(path, now), "config")
    assert ground is not None
    try:
        yield ground
    finally:
        ground.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.sqlite"


def test_what_was_written_comes_back_in_the_order_of_its_keys(path: Path) -> None:
    with _opened(_written(path)) as ground:
        assert list(ground.table("rows").items()) == [(key, _ROWS[key]) for key in sorted(_ROWS)]
        assert (len(ground.table("rows")), len(ground.table("none"))) == (3000, 0)
        assert ground.blob("one") == [1, None, b"2"]
        assert (ground.names, ground.label) == (["blob/one", "none", "rows"], _LABEL)


@pytest.mark.parametrize("key", ["", "a", "crm:Object1", "crm:Object10__c!", "crm:Object999__cc", "z", "\udc80"])
def test_a_key_that_is_not_there_is_not_there(key: str, path: Path) -> None:
    with _opened(_written(path)) as ground:
        assert key not in ground.table("rows")
        assert ground.table("rows").get(key) is None
        assert ground.table("none").get(key) is None
        assert ground.table("of nobody").get(key) is None
        assert ground.blob(f"of nobody{key}") is None


def test_only_the_pages_that_are_asked_for_are_read(path: Path) -> None:
    _written(path)
    connection = sqlite3.connect(path)
    ((first, beyond),) = connection.execute("SELECT first, beyond FROM ground").fetchall()
    # All but the page of the first rows, and the directory of the table.
    connection.execute("DELETE FROM page WHERE id BETWEEN ? AND ?", (first + 1, beyond - 3))
    connection.commit()

    with _opened(path) as ground:
        assert ground.table("rows")["crm:Object0__c"] == _ROWS["crm:Object0__c"]
        with pytest.raises(GroundLostError):
            ground.table("rows")["crm:Object999__c"]


def test_a_ground_of_the_same_trees_takes_the_place_of_the_one_before(path: Path) -> None:
    _written(_written(path), rows={"a": 1})

    with _opened(path) as ground:
        assert dict(ground.table("rows")) == {"a": 1}
    assert sqlite3.connect(path).execute("SELECT count(*) FROM page").fetchone() == (2,)
    assert kept_labels(_vault(path)) == [_LABEL]


def test_the_ground_of_the_tree_that_is_asked_for_is_preferred_to_the_latest(path: Path) -> None:
    for number, name in enumerate(("old", "middle", "new")):
        _written(path, Label("config", {"crm": name}), 1000.0 + number)

    def chosen(trees: Mapping[str, str] | None) -> Mapping[str, str]:
        ground = open_ground(_vault(path, 1010.0), "config", trees)
        assert ground is not None
        ground.close()
        return ground.label.trees

    assert [chosen({"crm": "old"}), chosen({"crm": "other"}), chosen(None)] == [
        {"crm": "old"},
        {"crm": "new"},
        {"crm": "new"},
    ]


def test_those_that_were_not_used_for_the_longest_go(path: Path) -> None:
    hour = 3600.0
    for number in range(KEPT):
        _written(path, Label("config", {"crm": str(number)}), number * hour)
    ground = open_ground(_vault(path, 10 * hour), "config", {"crm": "0"})
    assert ground is not None
    ground.close()
    _written(path, Label("config", {"crm": "last"}), 11 * hour)

    kept = [each.trees["crm"] for each in kept_labels(_vault(path))]
    assert kept == ["last", "0", *(str(number) for number in range(KEPT - 1, 1, -1))]


def test_grounds_that_take_too_much_go_but_for_the_newest(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.index.grounds.MAX_PAGES_BYTES", 1000)
    for number in range(3):
        _written(path, Label("config", {"crm": str(number)}), number)

    assert [each.trees for each in kept_labels(_vault(path))] == [{"crm": "2"}]


@pytest.mark.parametrize(
    "vault",
    [
        pytest.param({"secret": b"other"}, id="of somebody with another key"),
        pytest.param({"version": "2"}, id="of another version"),
    ],
)
def test_nothing_is_found(vault: dict[str, object], path: Path) -> None:
    found = open_ground(Vault(_written(path), **{"secret": b"secret", "version": "1", **vault}), "config")  # type: ignore[arg-type]

    assert found is None


def test_there_is_none_of_another_key_and_no_file_is_made_by_asking(path: Path) -> None:
    assert open_ground(_vault(path), "config") is None
    assert not path.exists()
    assert open_ground(_vault(_written(path)), "another") is None


def test_what_is_not_plain_is_an_error_and_leaves_the_file_as_it_is(path: Path) -> None:
    _written(path)

    with pytest.raises(ValueError, match="unmarshallable"):
        write_ground(_vault(path), _LABEL, [Sheet("rows", {"a": object()})])

    with _opened(path) as ground:
        assert dict(ground.table("rows")) == _ROWS


def _execute(*statements: str) -> Callable[[Path], None]:
    def execute(path: Path) -> None:
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return execute


_HARMS = [
    pytest.param(_execute("DELETE FROM page"), id="no pages"),
    pytest.param(_execute("UPDATE page SET value = x'00'"), id="pages without a checksum"),
    pytest.param(_execute("UPDATE page SET value = 'text'"), id="pages that are no bytes"),
    pytest.param(_execute("UPDATE ground SET first = first + 1"), id="pages in another's place"),
    pytest.param(_execute("UPDATE ground SET value = x'00'"), id="a label without a checksum"),
    pytest.param(_execute("UPDATE ground SET first = 'x', used = 'y'"), id="numbers that are none"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:9000]), id="a file cut off"),
    pytest.param(lambda path: path.write_bytes(b"no database " * 500), id="no database"),
]


def _values(path: Path) -> dict[str, object] | None:
    ground = open_ground(_vault(path), "config")
    if ground is None:
        return None
    try:
        return dict(ground.table("rows"))
    except GroundLostError:
        return None
    finally:
        ground.close()


@pytest.mark.parametrize("harm", _HARMS)
def test_a_damaged_ground_is_not_there_and_is_made_anew(harm: Callable[[Path], object], path: Path) -> None:
    harm(_written(path))

    assert _values(path) is None
    assert _values(path) is None
    assert _values(_written(path)) == _ROWS


def test_a_ground_of_which_a_page_is_lost_is_forgotten(path: Path) -> None:
    _execute("UPDATE page SET value = x'00' WHERE id = 2")(_written(path))

    assert _values(path) is None
    assert open_ground(_vault(path), "config") is None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_flipped_byte_makes_a_wrong_value(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    rows = {f"key{number}": "value" * number for number in range(120)}
    path = _written(tmp_path_factory.mktemp("flip") / "cache.sqlite", rows=rows)
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(whole))

    assert _values(path) in (None, rows)


def test_a_page_of_another_ground_is_none_of_this(path: Path) -> None:
    _written(path, Label("config", {"crm": "old"}), rows={"a": "old"})
    _written(path, Label("config", {"crm": "new"}), now=1001.0, rows={"a": "new"})
    _execute("UPDATE page SET value = (SELECT value FROM page WHERE id = 1) WHERE id = 3")(path)

    assert _values(path) is None


def test_a_folder_that_cannot_be_written_to_is_read(path: Path) -> None:
    _written(path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with _opened(path, now=1e9) as ground:
            assert ground.table("rows")["crm:Object7__c"] == _ROWS["crm:Object7__c"]
        if os.geteuid():  # who may do everything is not kept from writing
            assert not write_ground(_vault(path), _LABEL, [])
    finally:
        path.parent.chmod(0o755)


def test_a_ground_may_be_written_while_another_reads(path: Path) -> None:
    with _opened(_written(path)) as ground:
        ground.table("rows")["crm:Object0__c"]
        _written(path, Label("config", {"crm": "new"}))

        assert dict(ground.table("rows")) == _ROWS


_WRITER = """
import sys
from pathlib import Path
from auditor.index.ground import Label
from auditor.index.grounds import Sheet, Vault, write_ground
rows = {str(number): "x" * 1000 for number in range(4000)}
print("start", flush=True)
while True:
    write_ground(Vault(Path(sys.argv[1]), b"secret", "1"), Label("config", {"crm": "tree"}), [Sheet("rows", rows)])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that cannot be caught")
@pytest.mark.parametrize("lines", [0.05, 0.12, 0.2])
def test_a_killed_writer_leaves_a_ground_that_is_whole_or_none(lines: float, path: Path) -> None:
    _written(path, rows={str(number): "x" * 1000 for number in range(4000)})
    with subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(lines)
        process.send_signal(signal.SIGKILL)

    assert _values(path) == {str(number): "x" * 1000 for number in range(4000)}
