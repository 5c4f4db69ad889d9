"""What every kind of tree leaves out, and how much it agrees to unpack."""

from __future__ import annotations

from pathlib import PurePosixPath

from auditor.errors import FormatError

PRUNED = frozenset({".git", "node_modules", ".sfdx", ".sf"})
"""Folders never entered: version control, installed packages, and the local state of the Salesforce CLI."""

MAX_FILE = 64 * 2**20
"""Bytes of one file that are read at most; no metadata file of any platform comes near."""
MAX_UNPACKED = 4 * 2**30
"""Bytes that one archive may unpack to."""
MAX_RATIO = 250
"""How many times larger than packed a file or archive may be. XML of an organisation packs 10 to 40 times;
the format's own limit, which bombs use, is about 1,000."""
RATIO_FLOOR = 8 * 2**20
"""Below so many unpacked bytes no ratio is suspicious."""


def is_pruned(path: str) -> bool:
    """Whether a path lies in a folder that is never entered."""
    return not PRUNED.isdisjoint(path.split("/")[:-1])


def unsafe_reason(name: str) -> str | None:
    """Why the name of an archive's member cannot be used as a path in the tree; None where it can."""
    if not name or "\0" in name:
        return "its name is empty or holds a null character"
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "its name leads out of the archive"
    try:
        name.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    return None


def normal_path(name: str) -> str:
    """A member's name as a path of the tree: forward slashes, no `./`."""
    return str(PurePosixPath(name.replace("\\", "/")))


def printable(name: str) -> str:
    """A file name that can be printed, whatever bytes it is made of."""
    return name.encode("utf-8", "backslashreplace").decode()


def check_size(size: int) -> None:
    """Refuse a file that is larger than any metadata.

    Raises:
        FormatError: it is.
    """
    if size > MAX_FILE:
        raise FormatError(f"larger than {MAX_FILE // 2**20} MB ({size:,} bytes), not read")


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so many bytes from so few are more than any honest archive makes."""
    return unpacked > RATIO_FLOOR and unpacked > MAX_RATIO * max(packed, 1)
