"""One word for what a field holds, whatever the platform calls its type."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from auditor.patterns import regex


class DataType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CURRENCY = "currency"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    BOOLEAN = "boolean"
    PICKLIST = "picklist"
    MULTIPICKLIST = "multipicklist"
    REFERENCE = "reference"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    LOCATION = "location"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    """A record's own key, made by the platform (a GUID, a record id)."""
    BINARY = "binary"
    OTHER = "other"


@lru_cache(maxsize=4096)
def normalise_type(word: str | None) -> DataType | None:
    """What a platform's type word means; None where the source says none, `OTHER` for a word nobody knows.

    A formula's type is its result's, as the platforms write it. Length and precision in brackets, array and
    `Edm.` prefixes are ignored.
    """
    if word is None or not word.strip():
        return None
    plain = _BRACKETS.sub("", word).strip().lower().removeprefix("edm.").replace(" ", "").replace("_", "")
    known = _WORDS.get(plain)
    if known is not None:
        return known
    return next((meant for prefix, meant in _PREFIXES if plain.startswith(prefix)), DataType.OTHER)


_BRACKETS = regex(r"\(.*?\)")

# Salesforce metadata API FieldType, OData EDM primitive types, SQL standard names as SQLAlchemy prints them,
# AL (Business Central), HubSpot and Dataverse words, without case, blanks and underscores.
_MEANINGS: tuple[tuple[DataType, str], ...] = (
    (DataType.TEXT, "text string char varchar nvarchar nchar code autonumber encryptedtext"),
    (DataType.TEXT, "varchar2 nvarchar2 citext name combobox"),
    (DataType.LONG_TEXT, "longtextarea textarea html richtextarea clob nclob ntext mediumtext longtext memo"),
    (DataType.NUMBER, "number integer int int16 int32 int64 bigint smallint tinyint decimal numeric float real"),
    (DataType.NUMBER, "double single doubleprecision biginteger byte sbyte summary counter autoincrement"),
    (DataType.CURRENCY, "currency money smallmoney amount"),
    (DataType.PERCENT, "percent"),
    (DataType.DATE, "date dateformula"),
    (DataType.DATETIME, "datetime datetime2 datetimeoffset timestamp smalldatetime timestamptz"),
    (DataType.TIME, "time timeofday duration interval"),
    (DataType.BOOLEAN, "checkbox boolean bool bit"),
    (DataType.PICKLIST, "picklist option enum enumeration select radio state status"),
    (DataType.MULTIPICKLIST, "multiselectpicklist multipicklist multiselectoptionset set"),
    (DataType.REFERENCE, "lookup masterdetail hierarchy externallookup indirectlookup metadatarelationship"),
    (DataType.REFERENCE, "reference customer owner uniquerecordreference tablerelation link"),
    (DataType.EMAIL, "email"),
    (DataType.PHONE, "phone phonenumber"),
    (DataType.URL, "url hyperlink"),
    (DataType.LOCATION, "location geolocation geographypoint geometrypoint"),
    (DataType.ADDRESS, "address"),
    (DataType.IDENTIFIER, "guid uuid uniqueidentifier id primarykey recordid"),
    (DataType.BINARY, "binary varbinary blob bytea image file media stream mediablob longblob raw"),
)
_WORDS = {word: meaning for meaning, words in _MEANINGS for word in words.split()}
_PREFIXES = (
    ("timestamp", DataType.DATETIME),
    ("time", DataType.TIME),
    ("double", DataType.NUMBER),
    ("int", DataType.NUMBER),
    ("varchar", DataType.TEXT),
    ("nvarchar", DataType.TEXT),
    ("geography", DataType.LOCATION),
    ("geometry", DataType.LOCATION),
)
