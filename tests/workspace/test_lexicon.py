from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config.reading import read_config
from auditor.errors import ConfigurationError
from auditor.workspace.chartering import lexicon_of

CONFIG = """\
version: 1
systems:
  - {name: crm, role: crm, sources: [{kind: salesforce, path: salesforce}]}
"""


def _config(folder: Path, words: str | None) -> Path:
    path = folder / "auditor.yaml"
    path.write_text(CONFIG + ("" if words is None else "lexicon: [our-words.yaml]\n"), encoding="utf-8")
    if words:
        (folder / "our-words.yaml").write_text(words, encoding="utf-8")
    return path


def test_words_of_the_company_stand_beside_the_configuration(tmp_path: Path) -> None:
    path = _config(tmp_path, "version: 1\nterms:\n  order: {sv: avrop}\n")

    assert lexicon_of(read_config(path, ())) == (tmp_path / "our-words.yaml",)


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert lexicon_of(read_config(_config(tmp_path, None), ())) == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param("", "our-words.yaml: cannot be read", id="a file that is not there"),
        pytest.param(
            "version: 1\nterms:\n  ordr: {sv: avrop}\n", "our-words.yaml:3:3: no term 'ordr'", id="no term"
        ),
        pytest.param("a: [", "our-words.yaml:", id="no YAML"),
    ],
)
def test_a_wrong_file_stops_the_run_and_says_where(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        lexicon_of(read_config(_config(tmp_path, words), ()))

    assert told in str(caught.value)
