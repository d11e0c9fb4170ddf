from __future__ import annotations

from pathlib import Path

import pytest

from warehouse import home, ledger, samples
from warehouse.periods import Period
from warehouse.samples.indicator import plan_of
from warehouse.samples.rows import AREA, CODE, MARK, PERIOD, REMARK, VALUE, Book, Written
from warehouse.settings import PROJECT, Settings

THROUGH = Period(2025, 3)
Figure = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home with the real plan, in whose inboxes lie the samples of some months."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), plan=PROJECT / "seeds")
    home.initialise(settings)
    samples.write(settings, THROUGH)
    return settings


@pytest.fixture(scope="module")
def written(settings: Settings) -> list[Written]:
    """Every row that the sample departments write, before faults are planted."""
    with ledger.reading(settings) as connection:
        return list(Book(connection, plan_of(connection)).rows(THROUGH))


@pytest.fixture(scope="module")
def due(settings: Settings) -> set[Figure]:
    """Round, organization, indicator, area and month of each figure that is due."""
    with ledger.reading(settings) as connection:
        return set(
            connection.execute(
                "select due_period, organization_code, indicator_code, area_code, period "
                "from plan.current_figures_due"
            ).fetchall()
        )


def sent(one: Written) -> Figure:
    return (str(one.round), one.organization_code, one.row[CODE], one.row[AREA], one.row[PERIOD])


def sample_files(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.inbox.rglob("*") if path.is_file()}


def test_the_same_samples_come_out_every_time(settings: Settings, tmp_path: Path) -> None:
    elsewhere = Settings(home=tmp_path, plan=settings.plan)
    home.initialise(elsewhere)

    samples.write(elsewhere, THROUGH)

    assert sample_files(elsewhere) == sample_files(settings)


def test_what_is_there_already_is_not_written_again(settings: Settings) -> None:
    again = samples.write(settings, THROUGH)

    assert again.written == 0
    assert again.known == len(sample_files(settings))


def test_every_department_that_owes_figures_has_samples_in_both_formats_between_them(
    settings: Settings, due: set[Figure]
) -> None:
    senders = {path.parent.name for path in settings.inbox.rglob("*") if path.is_file()}

    assert senders == {organization for _, organization, *_ in due}
    assert {Path(name).suffix for name in sample_files(settings)} == {".csv", ".xlsx"}


def test_every_file_says_in_its_name_that_it_is_a_sample(settings: Settings) -> None:
    names = sample_files(settings)

    assert names
    assert [name for name in names if not name.startswith("样例_")] == []
    assert MARK == "样例数据"


def test_nothing_is_sent_that_is_not_due_in_its_round(written: list[Written], due: set[Figure]) -> None:
    in_rounds = {sent(one) for one in written if one.round is not None}

    assert in_rounds
    assert in_rounds - due == set()


def test_what_others_publish_later_is_sent_in_its_round_under_its_own_month(written: list[Written]) -> None:
    later = {one.row[CODE] for one in written if one.round and one.row[PERIOD] < str(one.round)}

    assert "INC-002" in later


def test_figures_of_quarters_before_reporting_starts_are_of_their_last_months(written: list[Written]) -> None:
    months = {one.row[PERIOD][5:] for one in written if one.round is None and one.row[CODE] == "INC-004"}

    assert months == {"03", "06", "09", "12"}


def test_a_few_figures_never_come(written: list[Written], due: set[Figure]) -> None:
    asked = {code for round_, _, code, *_ in due if round_ <= str(THROUGH)}

    assert len(asked - {one.row[CODE] for one in written}) == 2


def test_what_no_source_publishes_is_said_to_be_not_applicable(written: list[Written]) -> None:
    empty = [one.row for one in written if "不适用" in one.row[REMARK]]

    assert len({row[CODE] for row in empty}) == 1
    assert {row[VALUE] for row in empty} == {""}


def test_a_milestone_at_100_says_what_proves_it(written: list[Written], settings: Settings) -> None:
    with ledger.reading(settings) as connection:
        found = connection.execute(
            "select indicator_code from plan.current_targets where comparator in ('done', 'evidence')"
        ).fetchall()
    milestones = {code for (code,) in found}
    reached = [one.row for one in written if one.row[CODE] in milestones and one.row[VALUE] == "100"]

    assert reached
    assert {row[REMARK] for row in reached} == {"已完成，验收材料存档备查；样例数据"}


def test_in_each_round_one_department_of_twenty_is_silent(settings: Settings, written: list[Written]) -> None:
    owing = {one.organization_code for one in written if one.round == THROUGH}
    present = {
        path.parent.name for path in settings.inbox.rglob(f"*_{THROUGH}.*") if not path.name.endswith("更正")
    }

    assert len(owing - present) == len(owing) // 20 > 0
