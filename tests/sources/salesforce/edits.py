"""Random edits of a tree of metadata, as people make them: add, delete, rename, retype, move, edit a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Files = Mapping[str, bytes]
_NAME = re.compile(rb"\b[A-Za-z]\w*?__c\b")
_ELEMENT = re.compile(rb"^( {4}|\t)<(\w+)>.*?^\1</\2>\r?\n", re.MULTILINE | re.DOTALL)
_LEAF = re.compile(rb"<(label|description|type|reportType|active|object|relationshipName)>([^<]*)<")
_ITEM = re.compile(rb"<(layoutItems|fieldPermissions)>.*?</\1>\s*", re.DOTALL)
_FORMULA = re.compile(rb"<(formula|errorConditionFormula|expression)>([^<]*)<")
_VALUES = {
    b"label": (b"Region", b"Omr\xc3\xa5de", b"Kundnummer"),
    b"description": (b"Why it is here", b""),
    b"type": (b"Text", b"Currency", b"Lookup", b"Picklist", b"MasterDetail", b"Checkbox"),
    b"reportType": (b"Opportunity", b"AccountList"),
    b"active": (b"true", b"false"),
    b"object": (b"Account", b"Contact", b"Task"),
    b"relationshipName": (b"Jobs", b"Hours"),
}


def edited(files: Files, random: Random) -> Files:
    """The tree after one to four edits."""
    return edited_and_told(files, random)[0]


def edited_and_told(files: Files, random: Random) -> tuple[Files, tuple[str, ...]]:
    """The same, with the names of the edits."""
    found = dict(files)
    chosen = [random.choice(_EDITS) for _ in range(random.choice((1, 1, 1, 2, 4)))]
    for edit in chosen:
        edit(found, random)
    return found, tuple(edit.__name__.strip("_").replace("_", " ") for edit in chosen)


def _delete(files: dict[str, bytes], random: Random) -> None:
    del files[random.choice(sorted(files))]


def _delete_object(files: dict[str, bytes], random: Random) -> None:
    objects = sorted({path.rpartition("/fields/")[0] for path in files if "/fields/" in path})
    if objects:
        folder = random.choice(objects)
        for path in [path for path in files if path.startswith(folder + "/")]:
            del files[path]


def _rename(files: dict[str, bytes], random: Random) -> None:
    path = random.choice(sorted(files))
    folder, _, base = path.rpartition("/")
    stem, dot, rest = base.partition(".")
    plain = stem.removesuffix("__c")
    moved = plain + random.choice(("2", "_Old", "X")) + ("__c" if plain != stem else "")
    data = files.pop(path)
    files[f"{folder}/{moved}{dot}{rest}"] = data.replace(stem.encode(), moved.encode(), random.choice((1, -1)))


def _copy(files: dict[str, bytes], random: Random) -> None:
    """The same file once more: in another package, or beside another of its kind."""
    path = random.choice(sorted(files))
    suffix = path.rpartition(".")[2] if not path.endswith("-meta.xml") else path.split(".", 1)[-1]
    others = [other for other in sorted(files) if other.endswith(suffix)]
    folder = random.choice([random.choice(others).rpartition("/")[0], "unpackaged/" + path.rpartition("/")[0]])
    files[f"{folder}/{path.rpartition('/')[2]}"] = files[path]


def _other_name(files: dict[str, bytes], random: Random) -> None:
    """One custom name becomes another: in a formula, a layout, a permission set, a class."""
    path = random.choice(sorted(files))
    others = random.sample(sorted(files), min(20, len(files)))
    known = sorted({name for other in others for name in _NAME.findall(files[other])})
    places = list(_NAME.finditer(files[path]))
    if places and known:
        place = random.choice(places)
        data = files[path]
        files[path] = data[: place.start()] + random.choice(known) + data[place.end() :]


def _leaf(files: dict[str, bytes], random: Random) -> None:
    """Another label, type, description, object …"""
    fields = [path for path in sorted(files) if path.endswith((".field-meta.xml", ".object", ".report-meta.xml"))]
    path = random.choice(fields if fields and random.random() < 0.7 else sorted(files))
    places = list(_LEAF.finditer(files[path]))
    if places:
        place = random.choice(places)
        value = random.choice(_VALUES[place.group(1)])
        data = files[path]
        files[path] = data[: place.start(2)] + value + data[place.end(2) :]


def _lose_element(files: dict[str, bytes], random: Random) -> None:
    """An element of a file goes, or moves to its end, or comes twice."""
    path = random.choice(sorted(files))
    data = files[path]
    places = list(_ELEMENT.finditer(data))
    if places:
        place = random.choice(places)
        without = data[: place.start()] + data[place.end() :]
        last = places[-1].end() - len(place.group())
        moved = without[:last] + place.group() + without[last:]
        twice = data[: place.end()] + place.group() + data[place.end() :]
        files[path] = random.choice((without, moved, twice))


def _move_item(files: dict[str, bytes], random: Random) -> None:
    """A field goes from one layout to another, or from one list, page or permission set."""
    kind = random.choice((".layout-meta.xml", ".layout", ".permissionset-meta.xml", ".permissionset"))
    papers = [path for path in sorted(files) if path.endswith(kind) and _ITEM.search(files[path])]
    if len(papers) > 1:
        here, there = random.sample(papers, 2)
        item = random.choice(list(_ITEM.finditer(files[here])))
        files[here] = files[here][: item.start()] + files[here][item.end() :]
        place = random.choice(list(_ITEM.finditer(files[there]))).start()
        files[there] = files[there][:place] + item.group() + files[there][place:]


def _formula(files: dict[str, bytes], random: Random) -> None:
    """A formula asks for another field, or for one more."""
    told = [path for path in sorted(files) if _FORMULA.search(files[path])]
    if told:
        path = random.choice(told)
        place = random.choice(list(_FORMULA.finditer(files[path])))
        owner = path.rpartition("/fields/")[0]
        own = [other for other in sorted(files) if other.startswith(f"{owner}/fields/")] if owner else []
        known = [other.rpartition("/")[2].partition(".")[0].encode() for other in own] or [b"Name", b"OwnerId"]
        text = random.choice((place.group(2) + b" &amp; " + random.choice(known), random.choice(known)))
        files[path] = files[path][: place.start(2)] + text + files[path][place.end(2) :]


def _blank_line(files: dict[str, bytes], random: Random) -> None:
    path = random.choice(sorted(files))
    lines = files[path].split(b"\n")
    lines.insert(random.randrange(1, len(lines) + 1), b"")
    files[path] = b"\n".join(lines)


def _break(files: dict[str, bytes], random: Random) -> None:
    path = random.choice(sorted(files))
    files[path] = files[path][: random.randrange(len(files[path]) + 1)]


def _unread(files: dict[str, bytes], random: Random) -> None:
    name = random.choice(("notes.xyz", "b.xyz", "a/readme.md", "deep/x.xyz"))
    if random.random() < 0.5:
        files.pop(name, None)
    else:
        files[name] = b"?"


def _class(files: dict[str, bytes], random: Random) -> None:
    """The body of a class changes, or a member of it has another type."""
    classes = [path for path in sorted(files) if path.endswith((".cls", ".trigger"))]
    if classes:
        path = random.choice(classes)
        members = (b"\nContact extra(Id i) { return null; }\n}", b"\npublic Account got { get; }\n}", b"}")
        head, brace, tail = files[path].rpartition(b"}")
        files[path] = head + random.choice(members) + tail if brace else files[path]


_EDITS: tuple[Callable[[dict[str, bytes], Random], None], ...] = (
    _delete,
    _delete_object,
    _rename,
    _rename,
    _copy,
    _copy,
    _other_name,
    _other_name,
    _leaf,
    _leaf,
    _leaf,
    _lose_element,
    _lose_element,
    _move_item,
    _formula,
    _blank_line,
    _break,
    _unread,
    _class,
)
