"""Keeps what matching learned of two systems, so that later one object can be matched without reading the rest.

Families of rows: `lens` (small things, once), `cut:` (pieces of a word), `word:` (cost, rarity among fields and
among objects, what it is read as), `phrase:`, `table:` and `column:` (short names), `crm:` (words of an object's
name), `share:` (of a field's name), `erp:` (name → number), `spelled:` (name in lower case → as it is), `head:`
and `fields:` (of an ERP object, by number), `object:` and `field:` (who says a word: objects, and fields).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

from auditor.lexicon.splitting import words_of
from auditor.matching.candidates import sayers_of
from auditor.matching.counterpart import Head, Held
from auditor.matching.lens import Lens
from auditor.matching.reading import FieldReading, ObjectReading
from auditor.matching.rows import FORMAT, packed, packed_posting
from auditor.matching.scales import Scale, Scales

Row = tuple[str, bytes]


def freeze(crm: Iterable[ObjectReading], erp: Held, lens: Lens, scales: Scales) -> Iterator[Row]:
    """The rows of one CRM beside one ERP."""
    sizes = [len(each.fields) for each in erp.objects]
    yield "lens", packed(_small(lens, scales) | {"first_fields": list(accumulate(sizes, initial=0))[:-1]})
    yield from _cuts(crm, lens)
    yield from _words(lens)
    for name, terms in lens.crm_objects.items():
        yield f"crm:{name}", packed(terms)
    for name, share in lens.shares.items():
        yield f"share:{name}", packed(share)
    yield from _objects(erp)
    for word, found in erp.postings().items():
        yield f"object:{word}", packed_posting(found)
    for word, sayers in sayers_of(erp.objects, lens).items():
        yield f"field:{word}", packed_posting(sayers.items())


def _small(lens: Lens, scales: Scales) -> dict[str, object]:
    wording = lens.wording
    return {
        "format": FORMAT,
        "longest": lens.spelling.vocabulary.longest,
        "prefixes": sorted(lens.spelling.prefixes),
        "near": {word: sorted(others) for word, others in wording.near.items()},
        "roles": dict(wording.roles),
        "sets": [
            sorted(each)
            for each in (
                wording.naming,
                wording.empty,
                wording.parts,
                wording.kinds,
                wording.bookkeeping,
                wording.buying,
                wording.starts,
            )
        ],
        "scales": [
            _scale(each) for each in (scales.first, scales.final, scales.objects, scales.calibration, scales.alone)
        ],
    }


def _scale(scale: Scale) -> list[object]:
    return [scale.weights, scale.base]


def _words(lens: Lens) -> Iterator[Row]:
    costs, phrases = lens.spelling.vocabulary.costs, lens.wording.phrases
    single = {phrase[0]: terms for phrase, terms in phrases.items() if len(phrase) == 1}
    for word in sorted(costs.keys() | lens.rarity.keys() | lens.object_rarity.keys() | single.keys()):
        row = (
            costs.get(word),
            lens.rarity.get(word),
            lens.object_rarity.get(word),
            single.get(word),
        )
        yield f"word:{word}", packed(row)
    for phrase, terms in phrases.items():
        if len(phrase) > 1:
            yield f"phrase:{' '.join(phrase)}", packed(terms)
    for family, names in (("table", lens.wording.lexicon.objects), ("column", lens.wording.lexicon.fields)):
        for name, spelled in names.items():
            yield f"{family}:{name}", packed(spelled)


def _cuts(crm: Iterable[ObjectReading], lens: Lens) -> Iterator[Row]:
    """Words of the CRM that were cut: to cut one anew, every piece of it has to be looked up."""
    names = (
        name
        for each in crm
        for name in (each.profile.name, each.profile.label, *(one.profile.name for one in each.fields))
    )
    labels = (one.profile.label for each in crm for one in each.fields)
    for word in sorted({word for name in chain(names, labels) for word in words_of(name)}):
        pieces = lens.spelling.cut(word)
        if pieces != (word,):
            yield f"cut:{word}", packed(pieces)


def _objects(erp: Held) -> Iterator[Row]:
    for number, each in enumerate(erp.objects):
        yield f"erp:{each.profile.name}", packed(number)
        yield f"spelled:{each.profile.name.lower()}", packed(each.profile.name)
        yield f"head:{number}", packed(_head(erp.head(number)))
        yield f"fields:{number}", packed([_field(one) for one in each.fields])


def _head(head: Head) -> list[object]:
    profile = head.profile
    return [profile.name, profile.label, profile.concept, profile.certainty, head.terms, head.bag, head.size]


def _field(item: FieldReading) -> list[object]:
    """Without what an ERP field says at length: only the CRM's descriptions are read."""
    profile = item.profile
    return [
        profile.name,
        profile.label,
        profile.type,
        profile.length,
        profile.position,
        profile.key,
        item.terms,
        item.label,
        sorted(item.target),
        str(item.kind),
        item.role,
        item.joined,
        item.shared,
    ]
