"""Every target of the real plan is measured by what its words name."""

from __future__ import annotations

from itertools import combinations

from tests.plan.mingshan import PLAN, differing, indicator_of, said_with, targets_of
from warehouse.plan.folder import Row
from warehouse.plan.shapes import TARGETS

SAID_AS = {
    "最低生活保障标准": "低保标准",
    "特困人员基本生活救助供养标准": "特困供养标准",
    "养老金水平": "基本养老金",
    "救助水平差距": "城乡低保标准之比较2022年末变化",
    "城乡比值": "城乡低保标准之比",
    "高于全国平均": "人均预期寿命与全国平均之差",
    "计划投资": "项目完成投资额",
    "打造全天候温泉康养旅游度假项目": "青云山二期温泉康养项目建设情况",
    "收入差距": "居民收入比",
    "城乡差距": "城乡居民收入比较2022年变化",
    "农民经营性收入": "农村居民人均经营净收入",
    "人民群众收入水平": "居民人均可支配收入",
    "城乡居民财产性收入": "居民人均财产净收入",
    "农民财产性收入": "农村居民人均财产净收入",
    "全民参保": "养老保险参保人数",
    "舆论宣传": "宣传引导",
    "新增城镇就业": "城镇新增就业",
    "“零填埋”": "非填埋处理",
    "试点物业企业": "试点企业",
    "受益学生161人次": "受益人次",
    "各类事故": "生产安全事故",
    "隐患动态清零": "未整改隐患",
    "信访矛盾存量": "信访积案存量",
    "人均可支配收入增速高于城镇居民": "与城镇居民收入增速之差",
    "医疗资源": "医疗服务体系",
    "安全风险": "安全韧性",
}
"""Words of the plan whose indicator has another name, and that name or a part of it."""

NAMED_IN_TURN = {
    "基本消除重污染天气和城市建成区黑臭水体": "重污染 城市建成区黑臭水体",
    "生产安全事故总量和死亡人数逐年下降": "事故起数 死亡人数",
    "有就业意愿的困难家庭高校毕业生就业率、服务率、回访率均达100%": "就业率 服务率 回访率",
    "有就业意愿的困难家庭高校毕业生就业率、服务率、回访率均达到100%": "就业率 服务率 回访率",
    "每年对不少于30户企业、1000名职工开展薪酬调查": "企业户数 职工人数",
    "按照年度增长不低于4%的幅度持续提高城乡居民最低生活保障标准": "城市低保标准增幅 农村低保标准增幅",
    "特困人员基本生活救助供养标准不低于城乡低保标准的1.3倍": "城市特困供养标准与低保 农村特困供养标准与低保",
    "进一步提高工伤保险、失业保险待遇标准": "工伤保险 失业保险",
    "到2025年,全区城乡低保标准位于全省中游水平": "城市低保标准全省位次 农村低保标准全省位次",
    "区级未成年人救助保护机构和街道未成年人保护工作站覆盖率达到100%": "区级 街道",
    "持续提高孤儿、事实无人抚养儿童基本生活养育标准": "孤儿 事实无人抚养儿童",
    "将义务教育阶段特殊教育生均公用经费补助标准提高1000元,达到7000元以上": "补助标准提高额 补助标准",
    "完成塔峪山庄、鹭鸣太子河生态公园基本建设": "塔峪山庄 鹭鸣太子河",
    "实现住宅小区业主委员会组建和物业服务全覆盖": "业主委员会 物业服务",
    "2025年,业主委员会、物业服务企业、党的组织实现广泛覆盖": "业主委员会 物业服务 党的组织",
    "严格举报案件受理和查处,实现举报案件核查率、回复率100%": "核查率 回复率",
    "为有就业意愿的困难家庭高校毕业生和城镇零就业家庭成员提供兜底就业服务,促进实现100%就业": (
        "困难家庭高校毕业生 零就业家庭成员"
    ),
    "城乡最低生活保障标准分别提高3%和7%": "城市低保标准增幅 农村低保标准增幅",
    "城乡特困人员基本生活救助供养标准分别提高2.6%和5.3%": "城市特困供养标准增幅 农村特困供养标准增幅",
    "孤儿、事实无人抚养儿童基本生活保障标准提高5%": "孤儿 事实无人抚养儿童",
    "为全区1-2年级学生实施免费口腔健康检查和适宜儿童免费窝沟封闭服务": "口腔检查 窝沟封闭",
    "对疫苗接种单位、血液制品重点产品经营企业监督检查覆盖率达到100%": "疫苗接种单位 血液制品",
}
"""Words that several targets quote, and what each of these is about, in turn: 城 before 乡."""

TOGETHER = [row for row in PLAN.of(TARGETS) if len(said_with(row)) > 1]
ALONE = [row for row in PLAN.of(TARGETS) if row not in TOGETHER]


def words_of(target: Row) -> str:
    """Return what a target quotes, with the names of indicators behind the words that stand for them."""
    quote = target.text("quote_zh")
    return quote + "".join(f" {name}" for words, name in SAID_AS.items() if words in quote)


def name_of(target: Row) -> str:
    return indicator_of(target).text("name_zh")


def shared(name: str, words: str) -> int:
    """Return the length of the longest piece of a name that stands in the words."""
    pieces = (name[start:end] for start, end in combinations(range(len(name) + 1), 2))
    return max((len(piece) for piece in pieces if piece in words), default=0)


def fit(target: Row, owner: Row) -> int:
    """Return how much of the name of another target's indicator stands in the words of a target."""
    return shared(name_of(owner), words_of(target))


def test_an_indicator_has_its_name_from_the_words() -> None:
    strangers = {
        code: (name_of(target), words_of(target))
        for code, target in PLAN.targets.items()
        if shared(name_of(target), words_of(target)) < 3
    }

    assert strangers == {}


def test_no_two_sentences_of_a_commitment_would_fit_as_well_with_their_indicators_exchanged() -> None:
    pairs = [
        (one, other)
        for code in PLAN.commitments
        for one, other in combinations([row for row in targets_of(code) if row in ALONE], 2)
        if indicator_of(one) is not indicator_of(other)
    ]

    assert len(pairs) > 100
    exchanged = {
        (one.text("target_code"), other.text("target_code"))
        for one, other in pairs
        if fit(one, other) + fit(other, one) >= fit(one, one) + fit(other, other)
    }
    assert exchanged == set()


def test_words_that_several_targets_quote_are_listed_with_what_each_is_about() -> None:
    counts = {row.text("quote_zh"): len(said_with(row)) for row in TOGETHER}

    assert differing(counts, {words: len(names.split()) for words, names in NAMED_IN_TURN.items()}) == {}


def test_of_what_a_sentence_names_the_nth_target_is_about_the_nth() -> None:
    strangers = {
        target.text("target_code"): (name, name_of(target))
        for target in TOGETHER
        for place, name in enumerate(NAMED_IN_TURN[target.text("quote_zh")].split())
        if said_with(target).index(target) == place and name not in name_of(target)
    }

    assert strangers == {}


def test_of_a_standard_and_its_rise_the_rise_is_named_first() -> None:
    assert name_of(PLAN.targets["T17-02"]) == name_of(PLAN.targets["T17-03"]) + "提高额"
