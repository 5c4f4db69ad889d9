"""What is known of a file from its ending: how its language writes names and comments, and what it does."""

from __future__ import annotations

from pathlib import PurePosixPath

from auditor.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """How one language speaks of fields.

    `reads`: what it mentions it reads (a report, a query); otherwise a mention may be a read or a write.
    `exact`: upper and lower case are different names. `structure`: `json`, `xml` or `yaml`, where a tree around a
    name may say which object it is of.
    """

    word: str
    reads: bool = False
    exact: bool = False
    query: bool = False
    """The whole file is SQL or embeds it freely."""
    structure: str = ""
    line_comments: tuple[str, ...] = ()
    block_comments: bool = False
    documents: bool = False
    """It may describe fields without using them."""


_SLASHES = ("//",)
_SQL = Manner("sql", reads=True, query=True, line_comments=("--",), block_comments=True)
_MODEL = Manner("bi model", reads=True, structure="json")
_CODE = Manner("code", exact=True, line_comments=_SLASHES, block_comments=True)
_SCRIPT = Manner("code", exact=True, line_comments=("#",))
_MAPPING = Manner("mapping", structure="xml")
_WORKBOOK = Manner("workbook", reads=True, structure="xml")
_TEXT = Manner("text")

_BY_SUFFIX: dict[str, Manner] = {
    **dict.fromkeys(("sql", "hql", "bteq", "prc", "vw"), _SQL),
    "qvs": Manner("load script", reads=True, query=True, line_comments=_SLASHES, block_comments=True),
    **dict.fromkeys(
        ("pq", "m", "pqm", "mez"),
        Manner("power query", reads=True, exact=True, line_comments=_SLASHES, block_comments=True),
    ),
    "dax": Manner("dax", reads=True, line_comments=("//", "--"), block_comments=True),
    "tmdl": Manner("bi model", reads=True, line_comments=("///",)),
    **dict.fromkeys(("bim", "pbip", "pbir", "pbism", "tmsl"), _MODEL),
    **dict.fromkeys(("twb", "tds", "rdl", "rsd", "tfl"), _WORKBOOK),
    **dict.fromkeys(("lkml", "lookml"), Manner("lookml", reads=True, query=True, line_comments=("#",))),
    "dwl": Manner("mapping", exact=True, line_comments=_SLASHES, block_comments=True),
    **dict.fromkeys(("xml", "item", "dtsx", "ktr", "kjb", "yxmd", "process", "properties"), _MAPPING),
    **dict.fromkeys(("js", "mjs", "cjs", "ts", "tsx", "jsx", "java", "cs", "scala", "go", "kt", "php"), _CODE),
    **dict.fromkeys(("py", "rb", "r", "ps1", "sh", "pl"), _SCRIPT),
    **dict.fromkeys(("json", "jsonl", "ndjson", "ipynb"), Manner("mapping", exact=True, structure="json")),
    **dict.fromkeys(("yml", "yaml"), Manner("mapping", structure="yaml", line_comments=("#",), documents=True)),
    **dict.fromkeys(("csv", "tsv"), Manner("table", structure="table")),
}
# Members of Power BI files, which have no ending. Source: MS-PBIX as opened; the text ones are UTF-16.
_BY_NAME: dict[str, Manner] = {
    "Layout": _MODEL,
    "DataModelSchema": _MODEL,
    "Section1.m": _BY_SUFFIX["m"],
}

_SILENT = (
    "png jpg jpeg gif bmp ico svg webp woff woff2 ttf otf eot css lock gitignore gitkeep gitattributes "
    "md rst adoc markdown license mp4 mov wav mp3"
)
HARMLESS = frozenset(_SILENT.split())
"""Endings of files that read nothing: pictures, fonts, styles and documentation."""


def manner_of(path: str) -> Manner:
    """How the file at a path speaks; plain text where its ending says nothing."""
    name = PurePosixPath(path).name
    known = _BY_NAME.get(name)
    return known if known is not None else _BY_SUFFIX.get(suffix_of(path), _TEXT)


def suffix_of(path: str) -> str:
    """The ending of a file's name in lower case, without its dot; a name that is all ending counts as one."""
    name = PurePosixPath(path).name.lower()
    return name.rpartition(".")[2]
