"""`minsheng organizations`, and the likeliest organization where a code is none of the plan's."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Ended
from warehouse.plan.organizations import Organization, closest
from warehouse.settings import Settings

Minsheng = Callable[..., Ended]
KNOWN = [
    Organization("HRSS", "区人力资源和社会保障局", "department", []),
    Organization("HOUSING", "区住房和城乡建设局", "department", ["区住建局"]),
]


def test_the_organizations_are_listed_by_their_codes(minsheng: Minsheng, published: Settings) -> None:
    as_text = minsheng("organizations", home=published.home).stdout
    as_json = json.loads(minsheng("organizations", "--json", home=published.home).stdout)

    assert [line.split()[0] for line in as_text.splitlines()] == [one["organization_code"] for one in as_json]
    assert {"HRSS", "HOUSING"} <= {one["organization_code"] for one in as_json}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hrss", "HRSS"),
        ("HOUSNG", "HOUSING"),
        ("区人力资源社会保障局", "HRSS"),
        ("区人社局", "HRSS"),
        ("住建局", "HOUSING"),
        ("区住建局", "HOUSING"),
        ("NOPE", None),
        ("", None),
    ],
)
def test_the_likeliest_one_is_found_by_code_name_short_form_and_alias(text: str, code: str | None) -> None:
    found = closest(KNOWN, text)

    assert (found and found.organization_code) == code


def test_a_template_for_a_code_that_is_none_suggests_the_likeliest(
    minsheng: Minsheng, published: Settings
) -> None:
    ended = minsheng("template", "--organization", "hrss", "--period", "2024-01", home=published.home)

    assert ended.status == 2
    assert "did you mean HRSS 区人力资源和社会保障局?" in ended.stderr
    assert "`minsheng organizations`" in ended.stderr
