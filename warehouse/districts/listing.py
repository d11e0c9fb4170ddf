"""The list of districts, a YAML file: what each entry may say, and every fault by its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from warehouse.districts.district import City, District
from warehouse.errors import MinshengError

_LARGEST = 1_000_000
"""Bytes. A list of a thousand districts has a tenth of them."""
_AIRFLOWS_ROLES = {"Admin", "Op", "Public", "User", "Viewer"}
_Claim = tuple[str, str]
# Every scalar is text: an unquoted code 0210504 or name 否 stays what was written.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it has characters that cannot be printed")
    return text


def _of_nobody_else(role: str) -> str:
    if role in _AIRFLOWS_ROLES:
        raise ValueError("it is a role of Airflow's own, whose accounts see every district")
    return role


# A role and a queue are names in Airflow; a code is part of names, paths and addresses.
_Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(_printable)]
_Folder = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_printable)]


_CITY_NAME = TypeAdapter(_Name)


class _Entry(BaseModel):
    """What the list may say of a district; paths are relative to the list's folder."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    code: _Code
    name: _Name
    home: _Folder
    plan: _Folder
    ledger: str = ""
    ledger_data: str = ""
    backups: _Folder | None = None
    inspection_office: _Code | None = None
    notices: _Folder | None = None
    queue: _Name | None = None
    role: Annotated[_Name, AfterValidator(_of_nobody_else)] | None = None


KEYS = tuple(_Entry.model_fields)
"""What an entry may say."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a list, and on which line; `district` is the code where it is known."""

    file: str
    line: int
    reason: str
    district: str | None = None

    def __str__(self) -> str:
        """Return file, line and reason, as compilers do."""
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class Listing:
    """A list as it was read: the districts that can run, and why the others cannot."""

    file: Path
    districts: list[District]
    faults: list[Fault]
    city: City | None = None
    """The city above them, where the list names one: it has DAGs of its own then."""


def read(file: Path) -> Listing:
    """Read a list; an entry at fault is left out, and each of its faults named.

    Raises MinshengError where the file cannot be read, is no YAML, or is no list of districts.
    """
    city, entries = _entries(file)
    judged = [outcome for entry in entries for outcome in _judged(file, entry)]
    whole = [one for one in judged if isinstance(one, District)]
    compared = list(_unshared(file, whole))
    faults = [one for one in (*judged, *compared) if isinstance(one, Fault)]
    kept = [one for one in compared if isinstance(one, District)]
    return Listing(file, kept, sorted(faults, key=lambda one: one.line), city)


def _entries(file: Path) -> tuple[City | None, list[Node]]:
    try:
        if file.stat().st_size > _LARGEST:
            raise MinshengError(f"{file} is larger than {_LARGEST} bytes: it is no list of districts")
        root = yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise MinshengError(f"The list of districts {file} cannot be read: {error}") from error
    except RecursionError:
        raise MinshengError(f"{file}:1: it is nested too deep for a list of districts") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise MinshengError(f"{file}:{line}: it is no YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise MinshengError(f"{file}:1: it is no YAML: {' '.join(str(error).split())}") from None
    pairs = root.value if isinstance(root, MappingNode) else []
    top = {_word(key): value for key, value in pairs}
    match top if len(top) == len(pairs) else {}:
        case {"districts": SequenceNode(value=[_, *_] as entries), **others} if others.keys() <= {"city"}:
            return _city(file, top.get("city")), list(entries)
    raise MinshengError(
        f"{file}:{_line(root) if root else 1}: a list of districts has the key `districts` with at least one "
        "entry below it, and may have `city` with the name of the city; no other"
    )


def _city(file: Path, node: Node | None) -> City | None:
    if node is None:
        return None
    try:
        return City(name=_CITY_NAME.validate_python(node.value))
    except ValidationError:
        raise MinshengError(f"{file}:{_line(node)}: `city` is the name of the city, of one line") from None


def _judged(file: Path, entry: Node) -> Iterator[District | Fault]:
    """Return the district of an entry, or its faults."""
    if not isinstance(entry, MappingNode):
        yield Fault(str(file), _line(entry), 'an entry is keys with values, such as `code: "210504"`')
        return
    facts: dict[Any, Any] = {}
    lines: dict[Any, int] = {}
    faults: list[Fault] = []
    district: District | None = None
    for key, value in entry.value:
        name = _word(key)
        if name in facts:
            faults.append(Fault(str(file), _line(key), f"`{name}` is given twice in one entry"))
        # What is no text is left to the model, which refuses it without looking into it.
        facts[name] = value.value if isinstance(value, ScalarNode) else None
        lines[name] = _line(key)
    try:
        district = _made(file.parent, _Entry.model_validate(facts), lines)
    except ValidationError as error:
        faults += list(_faults(file, error, lines, _line(entry)))
    code = facts.get("code")
    yield from (Fault(one.file, one.line, one.reason, code) for one in faults)
    if district and not faults:
        yield district


def _faults(file: Path, error: ValidationError, lines: dict[str, int], first: int) -> Iterator[Fault]:
    for fault in error.errors(include_input=False, include_context=False, include_url=False):
        key = str(fault["loc"][0])
        reason = {
            "missing": f"`{key}` is missing",
            "extra_forbidden": f"`{key}` is no key of a district: there are {', '.join(KEYS)}",
        }.get(fault["type"], f"`{key}`: {fault['msg'].removeprefix('Value error, ')}")
        yield Fault(str(file), lines.get(key, first), reason)


def _made(folder: Path, entry: _Entry, lines: dict[str, int]) -> District:
    paths = {
        name: (folder / path).resolve() if (path := getattr(entry, name)) else None
        for name in ("home", "plan", "backups", "notices")
    }
    own = paths | {"ledger": entry.ledger, "ledger_data": entry.ledger_data, "district": entry.name}
    if entry.inspection_office:
        own["inspection_office"] = entry.inspection_office
    role = entry.role or f"district-{entry.code}"
    return District(entry.code, entry.name, entry.queue, role, own, lines)


def _unshared(file: Path, districts: list[District]) -> Iterator[District | Fault]:
    """Return each district, or a fault for each thing of its own that one above it has already."""
    held: dict[_Claim, tuple[District, str]] = {}
    for one in districts:
        owned = _owned(one)
        taken = {key: held[ask] for key, value in owned.items() for ask in _asks(key, value) if ask in held}
        for key, (above, its) in taken.items():
            reason = (
                f"`{key}` of {one.code} is, or overlaps, `{its}` of {above.code} in line {above.lines[its]}"
            )
            yield Fault(str(file), one.lines[key], f"{reason}: give each its own", one.code)
        if not taken:
            held |= {hold: (one, key) for key, value in owned.items() for hold in _holds(key, value)}
            yield one


def _owned(district: District) -> dict[str, Any]:
    """Return what no two districts may have in common, by its key in the list."""
    own = {"code": district.code.casefold()} | {
        key: district.own[key] for key in ("home", "backups", "ledger")
    }
    return {key: value for key, value in own.items() if value}


def _asks(key: str, value: Any) -> Iterator[_Claim]:
    """Return the claims that nobody else may hold: of a folder also those above it, and it as one above."""
    if not isinstance(value, Path):
        yield key, value
        return
    yield "within", str(value)
    for folder in (value, *value.parents):
        yield "folder", str(folder)


def _holds(key: str, value: Any) -> Iterator[_Claim]:
    """Return the claims of one district: of a folder it, and that something lies within those above it."""
    if not isinstance(value, Path):
        yield key, value
        return
    yield "folder", str(value)
    for folder in value.parents:
        yield "within", str(folder)


def _word(key: Node) -> str:
    """Return a key as text; one that is a list or a mapping of its own is no key that is known."""
    return str(key.value) if isinstance(key, ScalarNode) else "(no word)"


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
