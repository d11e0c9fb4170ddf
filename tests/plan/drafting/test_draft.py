"""A drafted folder: without fault, the same each time, and open about what was guessed or not read."""

from __future__ import annotations

import csv
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Ended, minsheng
from warehouse.errors import MinshengError
from warehouse.plan import check
from warehouse.plan.drafting import draft

__all__ = ["minsheng"]

PLAN = """\
青禾县2024年民生实事实施方案
青政发〔2024〕3号
目录
一、主要任务……1
一、主要任务
1.新建社区食堂12家，培训护理员300人次以上。（牵头单位：县民政局；配合单位：县财政局、各镇人民政府）
2.改造老旧小区8个，惠及居民若干单元36。（县住房和城乡建设局牵头，县财政局、县发展和改革局按职责分工负责）
2.完善服务体系。（责任单位：县住房城乡建设局）
二、保障措施
（一）加强领导。压实责任。
青禾县人民政府
2024年2月5日
"""


def rows(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def drafted(tmp_path: Path) -> Callable[[str], Path]:
    """Draft a text, and return the folder."""

    def make(text: str) -> Path:
        (tmp_path / "text.txt").write_text(text, encoding="utf-8")
        draft(tmp_path / "text.txt", tmp_path / "plan", None)
        return tmp_path / "plan"

    return make


def test_the_command_writes_a_folder_that_plan_check_accepts(
    tmp_path: Path, minsheng: Callable[..., Ended]
) -> None:
    (tmp_path / "text.txt").write_text(PLAN, encoding="utf-8")

    made = minsheng("plan", "draft", tmp_path / "text.txt", tmp_path / "plan", home=tmp_path / "home")
    checked = minsheng("plan", "check", tmp_path / "plan", home=tmp_path / "home")

    assert (made.status, checked.status) == (0, 0), made.stderr + checked.stdout
    assert "4 commitments" in made.stdout


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(PLAN, encoding="utf-8")
    for name in ("one", "two"):
        draft(tmp_path / "text.txt", tmp_path / name, None)

    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    ]
    assert files[0] == files[1]


def test_nothing_is_asked_of_a_network(
    drafted: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a draft opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)

    assert drafted(PLAN).is_dir()


def test_a_folder_with_work_in_it_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "notes.md").write_text("work", encoding="utf-8")

    with pytest.raises(MinshengError, match="is not empty"):
        draft(tmp_path / "text.txt", tmp_path / "plan", None)

    assert [path.name for path in (tmp_path / "plan").iterdir()] == ["notes.md"]


def test_labels_and_verbs_name_who_answers_and_spellings_of_one_body_are_one(
    drafted: Callable[[str], Path],
) -> None:
    folder = drafted(PLAN)

    names = {row["organization_code"]: row["name_zh"] for row in rows(folder, "organizations.csv")}
    answering = [
        (row["commitment_code"], names[row["organization_code"]], row["role"])
        for row in rows(folder, "commitment_organizations.csv")
    ]
    assert answering == [
        ("T01", "县民政局", "lead"),
        ("T01", "县财政局", "responsible"),
        ("T01", "各镇人民政府", "responsible"),
        ("T02", "县住房和城乡建设局", "lead"),
        ("T02", "县财政局", "responsible"),
        ("T02", "县发展和改革局", "responsible"),
        ("T03", "县住房和城乡建设局", "responsible"),
    ]


def test_what_no_rule_reads_is_listed_with_its_line_and_sentence(drafted: Callable[[str], Path]) -> None:
    listed = {row["words"]: row for row in rows(drafted(PLAN), "undecided.csv")}

    assert listed["36"]["reason"] == "单位不明"
    assert (listed["36"]["line"], listed["36"]["commitment_code"]) == ("7", "T02")
    assert listed["36"]["sentence"].startswith("2.改造老旧小区8个")
    assert listed["一、主要任务……1"]["reason"] == "目录，未读作正文"
    assert "编号 2 在第 7 行已用过" in listed["2.完善服务体系。(责任单位:县住房城乡建设局)"]["reason"]
    assert "行政区划代码" in listed["999999"]["reason"]


def test_each_guess_says_to_be_confirmed_with_its_reason(drafted: Callable[[str], Path]) -> None:
    notes = {row["quote_zh"]: row["note_zh"] for row in rows(drafted(PLAN), "targets.csv")}

    assert notes["新建社区食堂12家"].startswith("待确认：原文没有比较词")
    assert notes["培训护理员300人次以上"] == "待确认：期限推定"


def test_shares_by_area_are_targets_of_their_areas(drafted: Callable[[str], Path]) -> None:
    folder = drafted("2024年任务\n1.新增养老床位900张（东河镇500张、西山镇400张）。（责任单位：县民政局）\n")

    areas = {row["area_code"]: row["name_zh"] for row in rows(folder, "areas.csv")}
    shares = [(areas[row["area_code"]], row["target_value"]) for row in rows(folder, "targets.csv")]
    assert shares[1:] == [("东河镇", "500"), ("西山镇", "400")]
    assert shares[0][1] == "900"


PIECES = st.sampled_from(
    [
        *"一二（）()“”、，。；：\n\t|%0123456789.",
        *(
            "1.",
            "（一）",
            "一、",
            "到2025年",
            "每年",
            "万",
            "亿元",
            "人",
            "个",
            "%",
            "达到",
            "以上",
            "左右",
            "不超过",
        ),
        *(
            "新建",
            "增长",
            "下降",
            "5%-8%",
            "0",
            "牵头单位：县民政局",
            "目标",
            "2024年",
            "指标\t单位\t2025年目标\n",
        ),
        *(
            "杜绝事故",
            "全覆盖",
            "逐年下降",
            "\u200b",
            "县",
            "东镇5个、西镇6个",
            "附件",
            "0.0000001",
            "99999999999",
        ),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, min_size=1, max_size=60))
def test_any_text_becomes_a_plan_without_fault(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "text.txt").write_text("民生" + "".join(pieces), encoding="utf-8", newline="")

    draft(folder / "text.txt", folder / "plan", None)

    assert check(folder / "plan") == []


@pytest.mark.parametrize(
    ("sentence", "name", "ends"),
    [
        ("2024年12月底前，污水处理厂扩建工程竣工。", "污水处理厂扩建工程进度", "2024-12"),
        ("全民健身中心6月底前建成投用。", "全民健身中心进度", "2024-06"),
        ("老旧小区改造在年底前全部完成。", "老旧小区改造进度", "2024-12"),
        ("9月底前完成主体工程。", "主体工程进度", "2024-09"),
    ],
)
def test_what_must_be_finished_by_a_day_is_a_milestone(
    drafted: Callable[[str], Path], sentence: str, name: str, ends: str
) -> None:
    folder = drafted(PLAN.replace("完善服务体系。", sentence))

    (milestone,) = [row for row in rows(folder, "targets.csv") if row["comparator"] == "done"]
    (indicator,) = [
        row for row in rows(folder, "indicators.csv") if row["indicator_code"] == milestone["indicator_code"]
    ]
    assert (milestone["quote_zh"], milestone["window_end"]) == (sentence.rstrip("。"), ends)
    assert (indicator["name_zh"], indicator["value_max"]) == (name, "100")
    assert milestone["note_zh"].startswith("待确认")


@pytest.mark.parametrize("sentence", ["去年年底前已建成中心。", "截至6月底前完成的项目运行良好。"])
def test_what_was_finished_before_is_no_milestone(drafted: Callable[[str], Path], sentence: str) -> None:
    folder = drafted(PLAN.replace("完善服务体系。", sentence))

    assert "done" not in {row["comparator"] for row in rows(folder, "targets.csv")}
