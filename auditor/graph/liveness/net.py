"""The net of liveness: numbered nodes, and who keeps whom.

An arrow runs from what keeps to what is kept: from a report to the field that it reads, from a field that is read
to the flow that writes it. It has a strength, which bounds what can come through it. A plain node lives through
any of its arrows; a *gate* needs all of them (a flow lives when it starts *and* has an effect that is noticed).
Roots live by themselves, at the level that their evidence gives.

Arrows are plain numbers in lists: the solver walks hundreds of thousands of them. What stands behind an arrow is
looked up in the graph when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from auditor.dataclasses import dataclass, field
from auditor.model.liveness import OBSERVED, POSSIBLE, SHOWN, Showing

CERTAIN = OBSERVED
"""Strength of an arrow through which everything comes."""
PERHAPS = POSSIBLE
"""Strength of an arrow of a mention that only may mean its target."""
DISPLAY = SHOWN
"""Strength of an arrow from a page to what it shows, where there may have been something to see."""
SEEN = 5
"""The same where there surely was: the page is in use and touched records hold a value."""
LIMITS = {
    Showing.KEEPS: (0, 1, POSSIBLE, POSSIBLE, OBSERVED, OBSERVED),
    Showing.POSSIBLE: (0, 1, SHOWN, POSSIBLE, OBSERVED, SHOWN),
    Showing.IGNORED: (0, 1, 0, POSSIBLE, OBSERVED, 0),
}
"""By stance: the strongest level that comes through an arrow of each strength."""
_BITS = 3


class Woven(Protocol):
    """A net that is only read, wherever it stands: whole in memory, in a file, or laid over another.

    Words as in `Net`. Everything can be asked of one node, and then costs no more than that node.
    """

    def __len__(self) -> int:
        """How many nodes there are, or were."""

    @property
    def names(self) -> Sequence[str]:
        """Printed names by node."""

    @property
    def index(self) -> Mapping[str, int]:
        """Node by name."""

    @property
    def roots(self) -> Sequence[int]:
        """Level at which each node lives by itself."""

    @property
    def needs(self) -> Sequence[int]:
        """How many of its arrows must be alive."""

    @property
    def arrows(self) -> Sequence[Sequence[int]]:
        """Arrows that leave each node, packed."""

    @property
    def keepers(self) -> Sequence[Sequence[int]]:
        """Arrows that come into each node, packed with the node that they come from."""


@dataclass(slots=True)
class Net:
    """Nodes by number. Filled by `node`, `gate`, `root`, `keep` and then only read.

    `names[i]` is the printed name of node i; helpers (starts, effects, gates) bear one that `helper_name` makes.
    `index` finds a node by name; several names may find one node. `roots[i]` is the level at which it lives by
    itself (0: it does not), `needs[i]` how many of its arrows must be alive (1, or all of a gate's).
    `arrows[i]` are the arrows that leave it, packed by `pack`.
    """

    names: list[str] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    roots: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)
    arrows: list[list[int]] = field(default_factory=list)
    _turned: list[list[int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.names)

    def node(self, name: str) -> int:
        """The number of a node; a new one where nothing bears the name."""
        known = self.index.get(name)
        return self._new(name, 1) if known is None else known

    def gate(self, name: str, needs: int = 2) -> int:
        """A new node that lives when so many arrows into it do; each of them must come from another node."""
        return self._new(name, needs)

    def alias(self, name: str, node: int) -> None:
        """Let another name find a node."""
        self.index.setdefault(name, node)

    def root(self, node: int, level: int) -> None:
        """Let a node live by itself, at least at a level."""
        self.roots[node] = max(self.roots[node], level)

    def keep(self, keeper: int, kept: int, strength: int = CERTAIN) -> None:
        """One arrow; what stands in a stronger one beside it does no harm."""
        if keeper != kept:
            self.arrows[keeper].append(pack(kept, strength))

    def kept_by(self, node: int) -> Iterator[tuple[int, int]]:
        """What a node keeps: numbers and strengths, in the order of adding."""
        return ((packed >> _BITS, packed & 7) for packed in self.arrows[node])

    @property
    def keepers(self) -> list[list[int]]:
        """The arrows turned round: for each node, its keepers with strengths, packed. Asked once all is woven."""
        if not self._turned:
            self._turned = [[] for _ in self.names]
            for keeper, packed_arrows in enumerate(self.arrows):
                for packed in packed_arrows:
                    self._turned[packed >> _BITS].append(keeper << _BITS | packed & 7)
        return self._turned

    def _new(self, name: str, needs: int) -> int:
        number = len(self.names)
        self.names.append(name)
        self.index[name] = number
        self.roots.append(0)
        self.needs.append(needs)
        self.arrows.append([])
        return number


def pack(node: int, strength: int) -> int:
    """A node and the strength of an arrow in one number."""
    return node << _BITS | strength


def unpack(packed: int) -> tuple[int, int]:
    """Node and strength of a packed arrow."""
    return packed >> _BITS, packed & 7


STARTS, EFFECT, GATE = "starts", "effect", "gate"
"""What helpers stand for: that automation starts, that it has an effect, and both."""
_MARK = "#"
# No printed name begins so, since each begins with the name of a system; ends of names may be anything.


def helper_name(role: str, key: str) -> str:
    """The name of the helper that plays a role for a thing."""
    return f"{_MARK}{role} {key}"


def is_helper(name: str) -> bool:
    """Whether a node is none of the graph's own, but a start, an effect or a gate of one."""
    return name.startswith(_MARK)


def helped(name: str) -> str:
    """The thing that a node is or helps."""
    return name.partition(" ")[2] if is_helper(name) else name


def role_of(name: str) -> str:
    """The role that a helper plays; empty for what is none."""
    return name.partition(" ")[0].removeprefix(_MARK) if is_helper(name) else ""
