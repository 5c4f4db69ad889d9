"""E-mail templates: their description (XML) and their body (text).

Source: Metadata API, EmailTemplate; Salesforce help, "Merge fields for e-mail templates".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, merged
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed

KIND = "email_template"


def read_email_template(file: MetadataFile, root: Node) -> Parsed:
    """One template as described beside its body; subject and plain text may hold merge fields too."""
    related = root.value("relatedEntityType")
    author = Author(KIND, file.name, related)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("name"),
        object=related,
        active=root.flag("available"),
        trigger=Trigger.CALLED,
        effects=(EffectOn(Effect.MESSAGE),),
        attributes=attributes(
            {
                "folder": file.name.rpartition("/")[0],
                "type": root.value("type"),
                "ui_type": root.value("uiType"),
                "letterhead": root.value("letterhead"),
            }
        ),
    )
    texts = ((node, part) for tag, part in _TEXTS for node in root.all(tag))
    mentions = (
        item for node, part in texts for item in merged(author, Use(Access.READS, part), node.text, node.line)
    )
    return Parsed(
        components=(component,),
        mentions=tuple(found for item in mentions for found in _meant(item, {"relatedto": related})),
        channels=(KIND,),
    )


def read_email_body(file: MetadataFile, data: bytes) -> Parsed:
    """The body of a template, plain, HTML or Visualforce; the component comes from the file beside it."""
    text = _decoded(data)
    author = Author(KIND, file.name)
    roles = {"recipient": _attribute(text, "recipientType"), "relatedto": _attribute(text, "relatedToType")}
    found = merged(author, Use(Access.READS, "body"), text, 1)
    markup = "<messaging:" in text
    return Parsed(
        mentions=tuple(meant for item in found for meant in _meant(item, roles, markup)), channels=(KIND,)
    )


_TEXTS = (("subject", "subject"), ("textOnly", "body"))
# Names of people and things in merge fields that are no objects. `User` is whoever sends the mail.
_USERS = frozenset({"user", "sender", "sending_user", "receiving_user"})
_RECIPIENTS = ("Contact", "Lead")
_ATTRIBUTE = r"""\b{name}\s*=\s*["'](\w+)["']"""


def _meant(item: Mention, roles: dict[str, str | None], markup: bool = False) -> Iterator[Mention]:
    """What a qualified merge field names: `Sender` is a user, `Recipient` a contact or a lead, or as declared."""
    head, _, rest = item.path.partition(".")
    role = head.lower()
    if item.grammar is not Grammar.QUALIFIED:
        yield item
    elif roles.get(role):
        yield _on(item, roles[role], rest)
    elif role in _USERS:
        yield _on(item, "User", rest)
    elif role == "recipient":
        yield from (replace(_on(item, name, rest), certainty=Certainty.POSSIBLE) for name in _RECIPIENTS)
    elif markup or role == "relatedto":
        yield replace(item, path=rest, grammar=Grammar.WORD, certainty=Certainty.POSSIBLE)
    else:
        yield item


def _on(item: Mention, object_name: str | None, path: str) -> Mention:
    return replace(item, object=object_name, path=path, grammar=Grammar.PATH)


def _attribute(text: str, name: str) -> str | None:
    found = re.search(_ATTRIBUTE.format(name=name), text)
    return found[1] if found else None


def _decoded(data: bytes) -> str:
    """Bodies are UTF-8 in repositories; older ones keep the encoding that the template declares."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
