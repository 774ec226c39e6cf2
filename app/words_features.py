"""Features of the ranking in words: a reason as an inspector would say it.

Belongs here: one entry for each feature of docs/ports.md section 5.
Does not belong here: how a reason is computed (models_ml) or drawn (views/park.py).
"""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True)
class Feature:
    """A short name and a phrase with ``{n}``; ``kind``: count, share (0-1), flag (1/0), fen.

    Fen are said in 万元, in English in yuan. A flag's ``phrase`` is said for 1 and ``negative``
    for 0. Without a phrase the name is said.
    """

    name: Pair
    phrase: Pair | None = None
    kind: str = "count"
    negative: Pair | None = None


def _count(zh: str, en: str, zh_unit: str) -> Feature:
    return Feature((zh, en), (f"{zh} {{n}} {zh_unit}", f"{en}: {{n}}"))


def _flag(zh: str, en: str, zh_not: str, en_not: str) -> Feature:
    return Feature((zh, en), (zh, en), "flag", (zh_not, en_not))


FEATURES: dict[str, Feature] = {
    "base": Feature(("基准(平均水平)", "Base (average level)")),
    "rest": Feature(("其余因素合计", "All other factors")),
    "score": Feature(("得分", "Score")),
    "visits_3m": _count("近3个月检查", "Visits in 3 months", "家次"),
    "visits_12m": _count("近12个月检查", "Visits in 12 months", "家次"),
    "visits_all": _count("历次检查", "Visits ever", "家次"),
    "bad_visits_12m": _count("近12个月不良检查", "Bad visits in 12 months", "家次"),
    "bad_visits_all": _count("历次不良检查", "Bad visits ever", "家次"),
    "hazards_3m": _count("近3个月隐患", "Hazards in 3 months", "条"),
    "hazards_12m": _count("近12个月隐患", "Hazards in 12 months", "条"),
    "hazards_serious_3m": _count("近3个月较大及以上隐患", "Serious hazards in 3 months", "条"),
    "hazards_serious_12m": _count("近12个月较大及以上隐患", "Serious hazards in 12 months", "条"),
    "hazards_serious_24m": _count("近24个月较大及以上隐患", "Serious hazards in 24 months", "条"),
    "hazards_major_12m": _count("近12个月重大隐患", "Major hazards in 12 months", "条"),
    "hazards_open": _count("未整改隐患", "Open hazards", "条"),
    "hazards_overdue": _count("逾期未整改隐患", "Overdue hazards", "条"),
    "hazards_serious_open": _count("未整改的较大及以上隐患", "Open serious hazards", "条"),
    "hazards_rectified_late_12m": _count("近12个月逾期才整改", "Rectified late in 12 months", "条"),
    "cases_24m": _count("近24个月行政处罚案件", "Penalty cases in 24 months", "起"),
    "fines_24m_fen": Feature(
        ("近24个月罚款", "Fines in 24 months"),
        ("近24个月罚款 {n} 万元", "Fines in 24 months: {n} yuan"),
        "fen",
    ),
    "accidents_24m": _count("近24个月事故", "Accidents in 24 months", "起"),
    "deaths_24m": _count("近24个月事故死亡", "Deaths in 24 months", "人"),
    "days_since_last_visit": _count("距上次检查", "Days since the last visit", "天"),
    "was_last_visit_bad": _flag(
        "上次检查结果不良", "Last visit was bad", "上次检查结果良好", "Last visit was good"
    ),
    "last_score": _count("上次检查得分", "Score of the last visit", "分"),
    "scored_visits_all": _count("历次评分检查", "Scored visits ever", "家次"),
    "mean_score_all": _count("历次平均得分", "Mean score of all visits", "分"),
    "employees": _count("从业人数", "Employees", "人"),
    "count_tenants": _count("在租企业", "Tenants", "家"),
    "tenants_arrived_12m": _count("近12个月迁入企业", "Tenants arrived in 12 months", "家"),
    "tenants_left_12m": _count("近12个月迁出企业", "Tenants left in 12 months", "家"),
    "agreement_signed_share": Feature(
        ("安全协议签订率", "Safety agreements signed"),
        ("安全协议签订率 {n}", "Safety agreements signed: {n}"),
        "share",
    ),
    "sublet_share": Feature(
        ("转租比例", "Sublet share"), ("转租比例 {n}", "Sublet share: {n}"), "share"
    ),
    "hazchem_tenants": _count("使用危化品的企业", "Tenants using chemicals", "家"),
    "gas_level1_episodes_3m": _count("近3个月一级气体报警", "Level 1 gas alarms, 3 months", "次"),
    "gas_level2_episodes_3m": _count("近3个月二级气体报警", "Level 2 gas alarms, 3 months", "次"),
    "device_online_share_3m": Feature(
        ("近3个月设备在线率", "Devices online, 3 months"),
        ("近3个月设备在线率 {n}", "Devices online, 3 months: {n}"),
        "share",
    ),
    "true_alarms_12m": _count("近12个月核实的真警", "True alarms in 12 months", "次"),
    "devices_set_too_high": _count("报警值设高的探测器", "Detectors set too high", "个"),
    "floor_area_m2": _count("建筑面积", "Floor area, m²", "㎡"),
    "building_count": _count("厂房", "Buildings", "幢"),
    "has_sandwich_panel": _flag(
        "存在泡沫夹芯板", "Foam sandwich panels", "没有泡沫夹芯板", "No foam sandwich panels"
    ),
    "is_three_in_one": _flag(
        "存在三合一", "Living and working in one space", "没有三合一", "Nobody lives on site"
    ),
    "has_hazchem_store": _flag(
        "有危化品专用仓库", "Has a chemical store", "没有危化品专用仓库", "No chemical store"
    ),
    "park_age_months": _count("建档", "Months since listed", "个月"),
    "town": Feature(("所属镇街的总体水平", "Level of the town")),
    "park_kind": Feature(("园区类型", "Kind of park")),
    "park_id": Feature(("所在园区的总体水平", "Level of the park")),
    "scale": Feature(("企业规模", "Scale")),
    "has_dust": _flag("涉爆粉尘", "Explosive dust", "不涉爆粉尘", "No explosive dust"),
    "has_confined_space": _flag(
        "有有限空间", "Confined spaces", "没有有限空间", "No confined space"
    ),
    "has_ammonia": _flag("涉氨制冷", "Ammonia cooling", "不涉氨", "No ammonia"),
    "uses_hazchem": _flag("使用危化品", "Uses chemicals", "不使用危化品", "No chemicals"),
    "is_key_unit": _flag("重点企业", "Key unit", "非重点企业", "Not a key unit"),
}
