"""The words that proposals are compared by, as they are kept: no document is read, and little is unfolded."""

from __future__ import annotations

import marshal
from functools import cache
from typing import Any

from auditor.concepts.classifying import Classifier
from auditor.facts.base import Facts
from auditor.facts.columns import UNTOLD
from auditor.facts.concepts import CLASSIFIER
from auditor.facts.personal import CALLING, CallingWords, calling_words
from auditor.facts.requests import SAYINGS
from auditor.index.running import running_code
from auditor.lexicon.reading import NameReader
from auditor.matching.saying import Sayings, SayingWords, everyday_words, words_for
from auditor.matching.wording import Wording, load_wording
from auditor.workspace.law import Cache, Law, Read, kept_classifier


class KeptWords:
    """What is dear to make of words: made when the first fact asks for it, once for both sides."""

    def __init__(self, law: Law, read: Read, cached: Cache) -> None:
        self._law, self._read, self._cached = law, read, cached
        self._classifier = cache(lambda: kept_classifier(law, read, cached))
        self._words = cache(self._load)

    def prepare(self, facts: Facts) -> None:
        """Let facts take their words from here."""
        facts.shelf.assume(CLASSIFIER, lambda _: self._classifier())
        facts.shelf.assume(SAYINGS[0], lambda name: self._words()[0] if name == SAYINGS[1] else UNTOLD)
        facts.shelf.assume(CALLING[0], lambda name: self._words()[1] if name == CALLING[1] else UNTOLD)

    def sayings(self) -> Sayings:
        """What compares two wishes by what they say."""
        return self._words()[0]

    def _load(self) -> tuple[Sayings, CallingWords]:
        """As they were kept, else read and kept."""
        told = [self._read(name) or b"" for name in self._law.config.lexicon]
        key = b"proposal words " + running_code().encode() + b"".join(told)
        kept = self._cached.get([key]).get(key)
        if kept is not None:
            return unpacked(marshal.loads(kept), self._classifier())  # noqa: S302 - signed with the user's own key
        wording = load_wording(self._classifier().reader.lexicon)
        words, calling = words_for(wording, everyday_words()), calling_words()
        self._cached.put(key, marshal.dumps(packed(wording, words, calling)))
        return Sayings(wording, NameReader(wording.lexicon), words), calling


def packed(wording: Wording, words: SayingWords, calling: CallingWords) -> tuple[Any, ...]:
    """Words as plain values, without the lexicon, which the classifier keeps."""
    sets = (wording.naming, wording.empty, wording.parts, wording.kinds, wording.bookkeeping, wording.buying)
    read = (dict(wording.phrases), dict(wording.near), dict(wording.roles), sets, wording.starts)
    compared = (dict(words.everyday), dict(words.first), words.known)
    return read, compared, (dict(calling.personal), calling.idle)


def unpacked(plain: tuple[Any, ...], classifier: Classifier) -> tuple[Sayings, CallingWords]:
    """The words that were packed, beside the lexicon of a classifier."""
    (phrases, near, roles, sets, starts), compared, calling = plain
    naming, empty, parts, kinds, bookkeeping, buying = sets
    lexicon = classifier.reader.lexicon
    wording = Wording(phrases, near, naming, empty, roles, parts, kinds, bookkeeping, buying, starts, lexicon)
    return Sayings(wording, NameReader(lexicon), SayingWords(*compared)), CallingWords(*calling)
