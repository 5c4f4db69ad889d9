"""`dataclasses`, for a program that must start at once: the same decorator, defined at a tenth of the cost.

The standard decorator writes and compiles five or six functions for every class when it is imported, and four
hundred classes make that most of the start of a hook. Here text and frozenness are shared functions, the other
methods are written when they are first called, and what the standard library keeps of a class (its fields) is
worked out when somebody asks.
`fields`, `replace`, `asdict` and type checkers see ordinary dataclasses. Options that this program does not use
(`InitVar`, `kw_only`, classes without slots) are refused where the class is defined.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from functools import cache, partial
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

__all__ = ["MISSING", "FrozenInstanceError", "asdict", "dataclass", "field", "fields", "is_dataclass", "replace"]

_Method = Callable[..., Any]
_NO_FIELDS = ("ClassVar", "typing.ClassVar")
_DESCRIPTION = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_WRITTEN = "__written__"
"""In a class: itself as its author wrote it, without slots."""
_OF_INSTANCES = ("__dict__", "__weakref__")
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
    if not cls.__doc__:
        cls.__doc__ = cls.__name__  # else it would be made of the signature, which is dear
    names = [name for name, kind in cls.__annotations__.items() if not str(kind).startswith(_NO_FIELDS)]
    inherited = {slot for base in cls.__mro__[1:-1] for slot in getattr(base, "__slots__", ())}
    own = {name: value for name, value in vars(cls).items() if name not in names and name not in _OF_INSTANCES}
    body = _methods(frozen, eq, order) | own
    if own.get("__hash__", body) is None:
        # A class that says `__eq__` has `__hash__` None by itself, which is no word of its author.
        body["__hash__"] = _methods(frozen, eq, order).get("__hash__")
    body["__slots__"] = tuple([name for name in names if name not in inherited])
    body["__qualname__"] = cls.__qualname__
    body[_WRITTEN] = cls
    # Slots cannot be added to a class that exists.
    made: type = type(cls)(cls.__name__, cls.__bases__, body)
    return made


@cache
def _methods(frozen: bool, eq: bool, order: bool) -> dict[str, object]:
    """What all classes of such options share; each writes its own in the place of it at the first call."""
    methods: dict[str, object] = {name: _Described(name) for name in _DESCRIPTION}
    methods |= {"__repr__": _repr, "__reduce__": _reduce, "__getstate__": _getstate, "__setstate__": _setstate}
    methods["__init__"] = _when_called("__init__", partial(_init, frozen=frozen))
    if eq:
        methods["__eq__"] = _when_called("__eq__", _equality)
        methods["__hash__"] = _when_called("__hash__", _hash) if frozen else None
    if order:
        methods |= {name: _when_called(name, partial(_comparison, name=name, sign=sign)) for name, sign in _SIGNS}
    if frozen:
        methods |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
    return methods


def _fields(cls: object) -> tuple[dataclasses.Field[Any], ...]:
    return fields(cls)  # type: ignore[arg-type]  # of dataclasses alone, which no type says here


def _compared(cls: type) -> tuple[str, ...]:
    plain = _plain(cls)
    return tuple(each.name for each in _fields(cls) if each.compare) if plain is None else plain[0]


class _Described:
    """What the standard library knows of a class, worked out when it is first asked for."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _instance: object, owner: type) -> object:
        cls = next(base for base in owner.__mro__ if _WRITTEN in vars(base))
        written = vars(cls)[_WRITTEN]
        if self._name not in vars(written):
            dataclasses.dataclass(init=False, repr=False, eq=False)(written)
        told: object = vars(written)[self._name]
        setattr(cls, self._name, told)
        return told


def _plain(cls: type) -> tuple[tuple[str, ...], tuple[object, ...]] | None:
    """Names and defaults of a class that inherits nothing and says nothing of its fields but their defaults."""
    if cls.__bases__ != (object,) or not isinstance(vars(cls)[_DESCRIPTION[0]], _Described):
        return None
    names = tuple(getattr(cls, "__slots__", ()))
    given = {name: value for name, value in vars(vars(cls)[_WRITTEN]).items() if name in names}
    defaults = [given[name] for name in names if name in given]
    # What the standard decorator would refuse goes its way, too.
    fine = all(each.__class__.__hash__ and each.__class__ is not dataclasses.Field for each in defaults)
    ordered = tuple(given) == names[len(names) - len(given) :]
    return (names, tuple(defaults)) if fine and ordered else None


def _when_called(name: str, write: Callable[[type], _Method]) -> _Method:
    """A method that is written, and takes its own place in the class, when it is first called."""

    def method(self: object, /, *args: object, **named: object) -> object:
        cls = next(base for base in self.__class__.__mro__ if vars(base).get(name) is method)
        written = write(cls)
        written.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, written)
        return written(self, *args, **named)

    return method


def _written(name: str, text: str, space: dict[str, Any]) -> _Method:
    exec(text, space)  # noqa: S102 - of names of fields, which are identifiers of this program's own source
    method: _Method = space[name]
    return method


@cache
def _pattern(count: int) -> CodeType:
    """`__init__` of a frozen class of so many fields: compiled once for all of them, and then only renamed."""
    names = [f"f{place}" for place in range(count)]
    lines = [f"    _set_{name}(self, {name})" for name in names] or ["    pass"]
    return _written("__init__", f"def __init__({', '.join(['self', *names])}):\n" + "\n".join(lines), {}).__code__


def _plain_init(cls: type, names: tuple[str, ...], defaults: tuple[object, ...]) -> _Method:
    code = _pattern(len(names)).replace(co_varnames=("self", *names))
    space = {f"_set_f{place}": _setter(cls, name) for place, name in enumerate(names)}
    return FunctionType(code, space, "__init__", defaults)


def _init(cls: type, frozen: bool) -> _Method:
    plain = _plain(cls)
    if frozen and plain is not None and not hasattr(cls, "__post_init__"):
        return _plain_init(cls, *plain)
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


def _equality(cls: type) -> _Method:
    same = " and ".join(f"self.{name} == other.{name}" for name in _compared(cls)) or "True"
    text = (
        "def __eq__(self, other):\n"
        "    if other.__class__ is not self.__class__:\n"
        "        return NotImplemented\n"
        f"    return self is other or ({same})"
    )
    return _written("__eq__", text, {})


def _hash(cls: type) -> _Method:
    names = "".join(f"self.{name}, " for name in _compared(cls))
    return _written("__hash__", f"def __hash__(self):\n    return hash(({names}))", {})


def _comparison(cls: type, name: str, sign: str) -> _Method:
    mine, others = (f"({''.join(f'{one}.{each}, ' for each in _compared(cls))})" for one in ("self", "other"))
    text = (
        f"def {name}(self, other):\n"
        "    if other.__class__ is not self.__class__:\n"
        "        return NotImplemented\n"
        f"    return {mine} {sign} {others}"
    )
    return _written(name, text, {})


@recursive_repr()
def _repr(self: object) -> str:
    told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in _fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({told})"


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: object) -> str | tuple[Any, ...]:
    """Pickle by the arguments that make it anew, which is read in a third of the time."""
    cls: Any = self.__class__
    given = cls.__match_args__
    if len(given) < len(_fields(cls)) or hasattr(cls, "__post_init__"):
        return object.__reduce_ex__(self, 2)
    return cls, tuple([getattr(self, name) for name in given])


def _getstate(self: object) -> list[object]:
    return [getattr(self, each.name) for each in _fields(self)]


def _setstate(self: object, state: list[object]) -> None:
    for each, value in zip(_fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
