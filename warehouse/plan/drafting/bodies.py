"""The organizations and areas of a drafted plan: those that the text names, and those of a known district."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from warehouse.plan.drafting.language import Language, narrowed
from warehouse.plan.drafting.organizations import (
    LEAD,
    Answering,
    government_in,
    is_subdistricts,
    kind_of,
    same,
)
from warehouse.plan.folder import Plan
from warehouse.plan.shapes import AREAS

PLACEHOLDER_AREA = "999999"
_PLACEHOLDERS_FROM = 900
_CANNOT_REPORT = frozenset({"group", "outside"})
_DISTRICT, _SUBDISTRICT = "district", "subdistrict"


@dataclass
class Organization:
    """One organization of a drafted plan."""

    code: str
    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Area:
    """One area of a drafted plan."""

    code: str
    name: str
    level: str
    parent: str


class Areas:
    """The areas of a draft: those of the known plan where it is of that district, else those it names."""

    def __init__(self, text: str, government: str, names: list[str], known: Plan | None) -> None:
        own = _of(known) if known is not None else []
        district = next((one for one in own if one.level == _DISTRICT), None)
        self.is_known = district is not None and district.name in text
        name = re.sub("人民政府$", "", government)
        placeholder = Area(PLACEHOLDER_AREA, name or government, _DISTRICT, "")
        self.all = own if self.is_known else [placeholder]
        self.whole = district if self.is_known and district else placeholder
        for number, share in enumerate(names, start=1):
            if self.code_of(share) == self.whole.code:
                code = f"{self.whole.code}{_PLACEHOLDERS_FROM + number}"
                self.all.append(Area(code, share, _SUBDISTRICT, self.whole.code))

    @property
    def subdistricts(self) -> list[Area]:
        """The areas that report apart."""
        return [area for area in self.all if area.level == _SUBDISTRICT]

    def code_of(self, name: str) -> str:
        """Return the code of a named area; that of the whole where there is none of the name."""
        found = (area.code for area in self.all if area.name == name and area.level != "community")
        return next(found, self.whole.code) if name else self.whole.code


class Organizations:
    """The organizations of a draft, each once under a code, whatever spelling the text has."""

    def __init__(self, text: str, language: Language) -> None:
        self._language = language
        self._by_name: dict[str, Organization] = {}
        words = narrowed(text)
        self.government = government_in(words, language)
        self.is_government_named = bool(self.government)
        self.government = self.government or language.value("organizations", "own_government")

    @property
    def all(self) -> list[Organization]:
        """All organizations, in the order in which the text first names them."""
        return list(self._by_name.values())

    def of_government(self) -> Organization:
        """Return the government, which answers where nobody is named."""
        return self._known(self.government, "government")

    def of(self, bodies: list[Answering], areas: Areas) -> list[tuple[Organization, str]]:
        """Return the organizations of some bodies with their roles, each once; leads win."""
        roles: dict[str, str] = {}
        named: dict[str, Organization] = {}
        for body in bodies:
            for organization in self._expanded(body, areas):
                named[organization.code] = organization
                if roles.get(organization.code) != LEAD:
                    roles[organization.code] = body.role
        return [(named[code], role) for code, role in roles.items()]

    def _expanded(self, body: Answering, areas: Areas) -> Iterator[Organization]:
        if is_subdistricts(body.name, self._language) and areas.subdistricts:
            office = self._language.value("organizations", "subdistrict_office")
            for area in areas.subdistricts:
                yield self._known(f"{area.name}{office}", "subdistrict")
        else:
            yield self._known(body.name, kind_of(body.name, self._language))

    def _known(self, name: str, kind: str) -> Organization:
        key = same(name, self._language)
        if key not in self._by_name:
            self._by_name[key] = Organization(self._code(key, kind), name, kind)
        organization = self._by_name[key]
        if name != organization.name and name not in organization.aliases:
            organization.aliases.append(name)
        return organization

    def _code(self, key: str, kind: str) -> str:
        if kind == "government" and key == same(self.government, self._language):
            return "GOVERNMENT"
        codes = self._language.value("organizations", "codes")
        taken = {organization.code for organization in self._by_name.values()}
        code = next((codes[ending] for ending in codes if key[1:] == ending or key == ending), "")
        return code if code and code not in taken else f"ORG-{len(taken) + 1:02}"


def can_report(organization: Organization) -> bool:
    """Return whether an organization can report figures."""
    return organization.kind not in _CANNOT_REPORT


def _of(plan: Plan) -> list[Area]:
    columns = ("area_code", "name_zh", "level", "parent_code")
    return [Area(*(row.text_as_written(column) for column in columns)) for row in plan.of(AREAS)]
