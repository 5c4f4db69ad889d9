from __future__ import annotations

import pytest

from auditor.languages.literals import HardCoded, hard_coded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "/001D000000IRt53IAD/e",
            (HardCoded("id", "001D000000IRt53IAD", 1, certain=True),),
            id="a long id with its checksum is certain",
        ),
        pytest.param("001D000000IRt53AAA", (), id="a long word with a wrong checksum is none"),
        pytest.param(
            "001D000000IRt53",
            (HardCoded("id", "001D000000IRt53", 0, certain=False),),
            id="a short id is only probable",
        ),
        pytest.param("Confidentiality", (), id="a word of fifteen letters is none"),
        pytest.param("123450123456789", (), id="a number of fifteen digits is none"),
        pytest.param(
            "see https://a.example/x?y=1, please",
            (HardCoded("url", "https://a.example/x?y=1,", 4, certain=True),),
            id="an address is found",
        ),
        pytest.param("001x000xxx35tPN", (), id="the placeholder of the platform's own sample code is none"),
        pytest.param(
            "https://trailhead.salesforce.com/groups/0F94S000000kHitSAE",
            (HardCoded("url", "https://trailhead.salesforce.com/groups/0F94S000000kHitSAE", 0, certain=True),),
            id="a record of the vendor's own site is no record of the org",
        ),
        pytest.param(
            "https://acme.my.salesforce.com/001D000000IRt53IAD",
            (
                HardCoded("url", "https://acme.my.salesforce.com/001D000000IRt53IAD", 0, certain=True),
                HardCoded("id", "001D000000IRt53IAD", 31, certain=True),
            ),
            id="a record in an address of the org is one",
        ),
        pytest.param("Größe 00Q", (), id="a key prefix alone is none"),
    ],
)
def test_ids_and_addresses_are_found_in_literals(text: str, expected: tuple[HardCoded, ...]) -> None:
    assert expected == hard_coded(text)


def test_offsets_count_from_the_whole_text() -> None:
    assert (HardCoded("url", "http://a.example", 40, certain=True),) == hard_coded("http://a.example", 40)
