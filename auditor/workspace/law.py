"""The law of a configuration, kept ready: what a check judges by, without reading a document that did not change.

A configuration with its policies compiled, waivers, charter, baseline, maps and limits is kept in the cache of its
folder, found again by the content of `auditor.yaml` and the code that runs, and believed while every other file
that it was read from has the content that it had. The cache is signed with a key of the user's own, so what lies
there may be values that Python makes again (`pickle`; docs/decisions/0028-what-is-kept-compiled.md).
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from auditor.config.values import Config
from auditor.dataclasses import dataclass, replace
from auditor.digests import blake2b
from auditor.errors import ConfigurationError
from auditor.index.running import running_code
from auditor.judging import Inputs
from auditor.model.observations import Evidence

if TYPE_CHECKING:
    from auditor.concepts.classifying import Classifier

Read = Callable[[str], bytes | None]
"""The bytes of a file by its name in the configuration; None where there is none."""
_PACK = "pack:"


class Cache(Protocol):
    """Where bytes are kept by key; what is lost is made again."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values that are there, by key."""

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value where that is possible."""


@dataclass(frozen=True, slots=True)
class Law:
    """What is judged by. `inputs` hold no systems and no evidence, and stand on no day: `inputs_on` adds them.

    `files` are the names of all files that it was read from, but for the configuration itself and the packs that
    ship: those belong to the code.
    """

    config: Config
    inputs: Inputs
    files: tuple[str, ...]

    def inputs_on(self, as_of: date) -> Inputs:
        """What is judged by on a day, with what was said of requests until then; nothing is read of any system."""
        settings = replace(self.inputs.settings, as_of=as_of)
        if (self.config.folder / "decisions").is_dir():
            from auditor.workspace.proposing_decisions import requests_kept

            settings = replace(settings, requests=requests_kept(self.config.folder))
        return replace(self.inputs, settings=settings)


def read_law(config: Config) -> Law:
    """Read everything that a configuration says to judge by.

    Raises:
        ConfigurationError: with every problem of the first kind of document that has any.
    """
    from auditor.facts.catalogue import vocabulary
    from auditor.facts.limits import load_limits
    from auditor.policy.documents import InstalledLibrary, NotingLibrary
    from auditor.policy.loading import load_policies
    from auditor.workspace.chartering import charter_of, chartered
    from auditor.workspace.inputs import inputs_of, read_all_waivers

    charter = charter_of(config)
    law = chartered(config, charter)
    library = NotingLibrary(InstalledLibrary(config.folder))
    policies = load_policies(law.policies, library, vocabulary(), law.params)
    inputs = inputs_of(law, date.min, (policies, read_all_waivers(law), charter), ((), Evidence()))
    settings = replace(inputs.settings, requests={})
    own = (*config.waivers, *config.maps, *config.lexicon, config.charter, config.baseline)
    files = sorted({*library.noted, *filter(None, own)})
    return Law(config, replace(inputs, settings=settings, limits=load_limits(), exports=()), tuple(files))


def keep_law(law: Law, read: Read, cache: Cache) -> None:
    """Keep a law that was just read, unless a file is gone already, or stands in another distribution."""
    digests = [(name, digest) for name in law.files if (digest := _digest(read(name))) is not None]
    data = read(law.config.path.name)
    if data is not None and len(digests) == len(law.files):
        cache.put(
            _key(law.config.path, data), marshal.dumps((digests, pickle.dumps(law, pickle.HIGHEST_PROTOCOL)))
        )


def kept_law(path: Path, read: Read, cache: Cache) -> Law | None:
    """The law of the configuration at a path as it was kept; None where any of its files is another by now."""
    data = read(path.name)
    if data is None:
        return None
    key = _key(path, data)
    kept = cache.get([key]).get(key)
    if kept is None:
        return None
    digests, law = marshal.loads(kept)  # noqa: S302 - signed with the user's own key
    if any(_digest(read(name)) != digest for name, digest in digests):
        return None
    return cast(Law, pickle.loads(law))  # noqa: S301 - signed with the user's own key


def law_of(path: Path, read_config: Callable[[], Config], read: Read, cache: Cache) -> Law:
    """The law of a configuration: as it was kept, else read and kept.

    Raises:
        ConfigurationError: it is wrong; every problem.
    """
    law = kept_law(path, read, cache)
    if law is None:
        law = read_law(read_config())
        keep_law(law, read, cache)
    return law


def keep_law_of(config: Config) -> None:
    """Keep the law and the words of a configuration that was just read from its folder: a check begins with them.

    One that is wrong is not kept; whoever judges by it says why.
    """
    from auditor.workspace.caches import open_cache

    if config.cached:
        with suppress(ConfigurationError), open_cache(config.folder, used=True) as cache:
            read = beside(config.path)
            kept_classifier(law_of(config.path, lambda: config, read, cache), read, cache)


def beside(path: Path) -> Read:
    """Files as they lie beside a configuration."""

    def read(name: str) -> bytes | None:
        try:
            return (path.parent / name).read_bytes()
        except OSError:
            return None

    return read


def kept_classifier(law: Law, read: Read, cache: Cache) -> Classifier:
    """What tells concepts by the words of a law: as it was kept, else read and kept.

    Raises:
        ConfigurationError: a file of the company's own words is wrong.
    """
    from auditor.concepts.packing import packed, unpacked

    told = [_digest(read(name)) or b"" for name in law.config.lexicon]
    key = b"words " + running_code().encode() + b"".join(told)
    kept = cache.get([key]).get(key)
    if kept is not None:
        return unpacked(marshal.loads(kept))  # noqa: S302 - signed with the user's own key
    from auditor.concepts.classifying import load_classifier

    made = load_classifier(law.inputs.settings.lexicon)
    cache.put(key, marshal.dumps(packed(made)))
    return made


def _key(path: Path, data: bytes) -> bytes:
    place = f"{running_code()}\0{path.absolute()}\0".encode("utf-8", "surrogateescape")
    return b"law " + blake2b(place + data, digest_size=32).digest()


def _digest(data: bytes | None) -> bytes | None:
    return None if data is None else blake2b(data, digest_size=16).digest()
