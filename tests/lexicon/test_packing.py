"""A lexicon that was packed is the same lexicon."""

from __future__ import annotations

import marshal

from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.packing import packed, unpacked
from auditor.lexicon.words import Lexicon


def _kept() -> Lexicon:
    return unpacked(marshal.loads(marshal.dumps(packed(load_lexicon()))))


def test_every_word_means_the_same() -> None:
    shipped, kept = load_lexicon(), _kept()

    assert dict(kept.meanings) == shipped.meanings
    assert len(kept.meanings) == len(shipped.meanings)
    assert (kept.objects, kept.fields, kept.longest) == (shipped.objects, shipped.fields, shipped.longest)


def test_it_is_asked_as_any_mapping() -> None:
    shipped, kept = load_lexicon(), _kept()

    assert kept.meanings.get("nobody says so") is None
    assert kept.meanings.get("faktura") == shipped.meanings["faktura"]
    assert ("faktura" in kept.meanings, "nobody says so" in kept.meanings) == (True, False)
    assert kept.terms("Menge") == shipped.terms("Menge")
