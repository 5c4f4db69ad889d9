"""`dataclasses`, for a program that must start at once: the same decorator, defined at a tenth of the cost.

The standard decorator writes and compiles five or six functions for every class when it is imported, and four
hundred classes make that most of the start of a hook. Here text, order and frozenness are shared functions, and
`__init__`, `__eq__` and `__hash__` are written when they are first called.
`fields`, `replace`, `asdict` and type checkers see ordinary dataclasses. Options that this program does not use
(`InitVar`, `kw_only`, classes without slots) are refused where the class is defined.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["MISSING", "FrozenInstanceError", "asdict", "dataclass", "field", "fields", "is_dataclass", "replace"]

_Method = Callable[..., Any]
_SIGNS = (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">="))

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`, with slots always."""
        if not slots:
            raise TypeError("give slots=True: every dataclass of this program has them")
        return lambda cls: _defined(cls, frozen, eq, order)


def _defined(cls: type, frozen: bool, eq: bool, order: bool) -> type:
    # A missing docstring would be made of the signature, which is dear.
    cls.__doc__ = cls.__doc__ or cls.__name__
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    slotted = _with_slots(cls)
    own = vars(cls)
    for name, method in _methods(slotted, frozen, eq, order).items():
        # A class that says `__eq__` has `__hash__` None by itself, which is no word of its author.
        if name not in own or (name == "__hash__" and own[name] is None):
            setattr(slotted, name, method)
    return slotted


def _methods(cls: type, frozen: bool, eq: bool, order: bool) -> dict[str, object]:
    names = tuple(each.name for each in _fields(cls) if each.compare)
    methods: dict[str, object] = {"__repr__": _repr}
    methods["__init__"] = _when_called(cls, "__init__", lambda: _init(cls, frozen))
    if eq:
        methods["__eq__"] = _when_called(cls, "__eq__", lambda: _written("__eq__", _equality(names), {}))
        hashing = _when_called(cls, "__hash__", lambda: _written("__hash__", _hash(names), {}))
        methods["__hash__"] = hashing if frozen else None
    if order:
        methods |= {name: _written(name, _comparison(name, sign, names), {}) for name, sign in _SIGNS}
    if frozen:
        methods |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
    return methods


def _fields(cls: object) -> tuple[dataclasses.Field[Any], ...]:
    return fields(cls)  # type: ignore[arg-type]  # of dataclasses alone, which no type says here


def _with_slots(cls: type) -> type:
    """The class made anew with a slot for each field of its own; slots cannot be added to a class that exists."""
    names = [each.name for each in _fields(cls)]
    inherited = {slot for base in cls.__mro__[1:] for slot in getattr(base, "__slots__", ())}
    body = {name: value for name, value in vars(cls).items() if name not in names}
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    body["__slots__"] = tuple(name for name in names if name not in inherited)
    body.setdefault("__getstate__", _getstate)
    body.setdefault("__setstate__", _setstate)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _when_called(cls: type, name: str, write: Callable[[], _Method]) -> _Method:
    """A method that is written, and takes its own place in the class, when it is first called."""

    def method(self: object, /, *args: object, **named: object) -> object:
        written = write()
        written.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, written)
        return written(self, *args, **named)

    return method


def _written(name: str, text: str, space: dict[str, Any]) -> _Method:
    exec(text, space)  # noqa: S102 - of names of fields, which are identifiers of this program's own source
    method: _Method = space[name]
    return method


def _init(cls: type, frozen: bool) -> _Method:
    space: dict[str, Any] = {"_MISSING": MISSING}
    arguments: list[str] = []
    lines: list[str] = []
    for each in _fields(cls):
        name = each.name
        if not each.init and each.default is MISSING and each.default_factory is MISSING:
            continue
        value = name
        if each.default_factory is not MISSING:
            space[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}() if {name} is _MISSING else {name}" if each.init else f"_make_{name}()"
        elif each.default is not MISSING:
            space[f"_default_{name}"] = each.default
            value = name if each.init else f"_default_{name}"
        if each.init:
            arguments.append(name + _default_of(each))
        space[f"_set_{name}"] = _setter(cls, name)
        lines.append(f"    _set_{name}(self, {value})" if frozen else f"    self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    text = f"def __init__({', '.join(['self', *arguments])}):\n" + "\n".join(lines or ["    pass"])
    return _written("__init__", text, space)


def _default_of(described: dataclasses.Field[Any]) -> str:
    if described.default_factory is not MISSING:
        return "=_MISSING"
    return "" if described.default is MISSING else f"=_default_{described.name}"


def _setter(cls: type, name: str) -> _Method:
    setter: _Method = next(vars(base)[name] for base in cls.__mro__ if name in vars(base)).__set__
    return setter


def _equality(names: tuple[str, ...]) -> str:
    same = " and ".join(f"self.{name} == other.{name}" for name in names) or "True"
    return (
        "def __eq__(self, other):\n"
        "    if other.__class__ is not self.__class__:\n"
        "        return NotImplemented\n"
        f"    return self is other or ({same})"
    )


def _hash(names: tuple[str, ...]) -> str:
    return f"def __hash__(self):\n    return hash(({''.join(f'self.{name}, ' for name in names)}))"


def _comparison(name: str, sign: str, names: tuple[str, ...]) -> str:
    mine, others = (f"({''.join(f'{one}.{each}, ' for each in names)})" for one in ("self", "other"))
    return (
        f"def {name}(self, other):\n"
        "    if other.__class__ is not self.__class__:\n"
        "        return NotImplemented\n"
        f"    return {mine} {sign} {others}"
    )


@recursive_repr()
def _repr(self: object) -> str:
    told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in _fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({told})"


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: object) -> list[object]:
    return [getattr(self, each.name) for each in _fields(self)]


def _setstate(self: object, state: list[object]) -> None:
    for each, value in zip(_fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
