"""Phrases of the annual report that every chapter uses, as (Chinese, English) side by side.

Belongs here: year on year, amounts, titles, scope, notes of tables.
Does not belong here: what a single chapter says (words_chapters.py), rounding (report/phrases.py).
"""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {
    # amounts
    "report.wan": ("万", "0,000 "),
    "report.yuan": ("元", "yuan"),
    "report.wan_yuan": ("万元", "0,000 yuan"),
    "report.yi_yuan": ("亿元", "00 million yuan"),
    "report.under": ("不足{n}", "under {n}"),
    # year on year
    "report.figure": ("{name}{amount}", "{name} {amount}"),
    "report.same": ("同比持平", "unchanged on the year before"),
    "report.up": (
        "同比增加{amount}，上升{percent}%",
        "up by {amount} ({percent}%) on the year before",
    ),
    "report.down": (
        "同比减少{amount}，下降{percent}%",
        "down by {amount} ({percent}%) on the year before",
    ),
    "report.up_from_zero": ("同比增加{amount}", "up by {amount} on the year before"),
    "report.down_from_zero": ("同比减少{amount}", "down by {amount} on the year before"),
    "report.points_up": (
        "同比提高{n}个百分点",
        "up by {n} percentage points on the year before",
    ),
    "report.points_down": (
        "同比下降{n}个百分点",
        "down by {n} percentage points on the year before",
    ),
    "report.joint_up": ("{names}同比分别上升{rates}", "{names} up by {rates} respectively"),
    "report.joint_down": ("{names}同比分别下降{rates}", "{names} down by {rates} respectively"),
    "report.joint_same": ("{names}同比持平", "{names} unchanged"),
    "report.single_up": ("{names}同比上升{rates}", "{names} up by {rates}"),
    "report.single_down": ("{names}同比下降{rates}", "{names} down by {rates}"),
    "report.comma": ("，", ", "),
    "report.semicolon": ("；", "; "),
    "report.stop": ("{text}。", "{text}."),
    "report.space": ("", " "),
    # names of fonts as a bureau's machines have them, in Chinese
    "report.font_body": ("仿宋_GB2312", "Times New Roman"),
    "report.font_hei": ("黑体", "Arial"),
    "report.font_kai": ("楷体_GB2312", "Times New Roman"),
    "report.font_title": ("方正小标宋简体", "Times New Roman"),
    # title and scope
    "report.of": ("{region}{period}", "{region}, {period}"),
    "report.name": ("安全生产统计分析报告", "Work safety: figures and ranking"),
    "report.year": ("{year}年", "{year}"),
    "report.month": ("{year}年{month}月", "{month} {year}"),
    "report.months": ("{year}年{first}月至{last}月", "{first} to {last} {year}"),
    "report.from_to": ("{first}至{last}", "{first} to {last}"),
    "report.scope_title": ("统计口径说明", "What is counted"),
    "report.scope_period": (
        "统计期为{first}至{last}（两日均含）；同比以{before_first}至{before_last}为基期。"
        "事项按发生、发现或决定的日期归入统计期，不按录入日期。",
        "The period is {first} to {last}, both days included; year-on-year figures compare with "
        "{before_first} to {before_last}. Events count by the day they happened, were found or "
        "decided, not by the day of entry.",
    ),
    "report.scope_cut": (
        "申请的统计期至{asked}，数据只到{last}，故截至数据日。",
        "The period asked for runs to {asked}; data ends on {last}, so does the report.",
    ),
    "report.scope_region": (
        "统计范围为{region}；按镇街统计时，没有镇街的记录不计入任何镇街。",
        "The region is {region}; a row without a town counts in no town.",
    ),
    "report.scope_state": (
        "隐患、园区和企业的状态按期末（{last}）由各项日期推定；数据为{built}发布的版本（编号{run}，"
        "数据日{as_of}），以后补报、更正的记录会改变已统计的数字。",
        "States are those at the end of the period ({last}), by the dates on record. The data was "
        "published on {built} (number {run}, data date {as_of}); later corrections change figures.",
    ),
    "report.scope_rounding": (
        "百分比保留{places}位小数，按{mode}取舍；占比按最大余数法调整，合计为100%。正文中1万及以上的"
        "数以“万”为单位，表中为全数；金额以万元计。",
        "Percentages have {places} decimals, {mode}; shares are adjusted by largest remainder and "
        "sum to 100%. Amounts of money are in yuan.",
    ),
    "report.mode_half_up": ("四舍五入", "rounded half up"),
    "report.mode_down": ("截尾法", "cut off"),
    "report.scope_no_base": (
        "{events}在上年同期没有记录或记录不完整（最早一条为{first}），本报告不作同比。",
        "{events}: the year before has no records or not all of it (the first is of {first}), so "
        "no year-on-year figures are given.",
    ),
    "report.events_inspections": ("检查", "Visits"),
    "report.events_hazards": ("隐患", "Hazards"),
    "report.events_cases": ("行政处罚", "Cases"),
    "report.events_accidents": ("事故", "Accidents"),
    "report.events_alarms": ("报警", "Alarms"),
    "report.summary_title": ("总体情况", "Summary"),
    "report.whole_district": ("全区", "the whole district"),
    "report.table_number": ("表{n}　{caption}", "Table {n}. {caption}"),
    "report.figure_number": ("图{n}　{caption}", "Figure {n}. {caption}"),
    "report.unit": ("单位：{unit}", "Unit: {unit}"),
    "report.numerals": (
        "一,二,三,四,五,六,七,八,九,十,十一,十二,十三,十四,十五,十六,十七,十八,十九",
        "",
    ),
    "report.chapter": ("{number}、{title}", "{number} {title}"),
    "report.section": ("（{number}）{title}", "({number}) {title}"),
    # tables
    "report.note_zero": (
        "注：“—”表示上年同期数据为零，不计算变化率。",
        "Note: a dash means that the year before is zero, so there is no rate of change.",
    ),
    "report.note_no_base": (
        "注：“—”表示上年同期没有可比数据。",
        "Note: a dash means that the year before cannot be compared.",
    ),
    "report.note_none": (
        "注：“—”表示没有可计算比率的记录。",
        "Note: a dash means that there was nothing to rate.",
    ),
    "report.others": ("其他{n}类", "{n} others"),
    "report.total": ("合计", "Total"),
    "report.now": ("本期", "Period"),
    "report.before": ("上年同期", "Year before"),
    "report.difference": ("增减", "Change"),
    "report.change": ("同比(%)", "Change (%)"),
    "report.share": ("占比(%)", "Share (%)"),
    "report.measure": ("指标", "Measure"),
    "report.unit_column": ("单位", "Unit"),
    "report.month_axis": ("{n}月", "{n}"),
    # the page
    "page.statistics": ("统计与报告", "Statistics and reports"),
    "statistics.title": ("统计与报告", "Statistics and reports"),
    "statistics.period": ("统计期", "Period"),
    "statistics.region": ("范围", "Region"),
    "statistics.pdf": ("下载 PDF 报告", "Report as PDF"),
    "statistics.word": ("下载 Word 报告", "Report for Word"),
    "statistics.not_written": (
        "本期报告文件尚未生成。生成命令：",
        "The files of this report are not written yet. The command:",
    ),
    "report.file": ("安全生产统计分析报告_{region}_{period}", "work_safety_{region}_{period}"),
}
