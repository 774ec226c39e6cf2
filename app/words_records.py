"""Sentences and labels of the records and data quality pages, as (Chinese, English).

Belongs here: names of sets of rows, sentences about files and rows.
Does not belong here: words for things that come from the data; other pages (words_pages.py).
"""

from __future__ import annotations

RECORDS: dict[str, tuple[str, str]] = {
    # records
    "records.title": ("明细查询", "Records"),
    "records.lead": (
        "每个数字背后的记录，注明来源文件和行号。",
        "The rows behind each number, with source file and row.",
    ),
    "records.set": ("记录", "Records"),
    "records.text": ("企业、园区、编号或内容", "Enterprise, park, code or text"),
    "records.count_tenancies": ("合 {n} 户次", "{n} tenancies"),
    "records.sum_fines_fen": ("罚款合计 {n} 万元", "fines of {n} yuan"),
    "records.sum_deaths": ("死亡合计 {n} 人", "{n} deaths"),
    "records.of_park": ("只看园区：{name}", "Only {name}"),
    "records.of_month": ("只看月份：{month}", "Only {month}"),
    "records.file": ("{name}_{day}", "{name}_{day}"),
    "set.parks_current": ("在册园区", "Parks in force"),
    "set.parks": ("全部园区", "All parks"),
    "set.enterprises_current": ("在册企业", "Enterprises in force"),
    "set.enterprises": ("全部企业", "All enterprises"),
    "set.leases_current": ("在租关系", "Current tenancies"),
    "set.leases": ("全部租赁关系", "All tenancies"),
    "set.inspections_12m": ("近12个月检查", "Visits, 12 months"),
    "set.inspections_bad": ("近12个月不良检查", "Bad visits, 12 months"),
    "set.inspections_bad_all": ("全部不良检查", "All bad visits"),
    "set.inspections": ("全部检查", "All visits"),
    "set.hazards_12m": ("近12个月隐患", "Hazards, 12 months"),
    "set.hazards_serious": ("近12个月较大及以上隐患", "Serious hazards, 12 months"),
    "set.hazards_open": ("未整改隐患", "Open hazards"),
    "set.hazards_overdue": ("逾期未整改隐患", "Overdue hazards"),
    "set.hazards": ("全部隐患", "All hazards"),
    "set.cases_12m": ("近12个月行政处罚", "Penalty cases, 12 months"),
    "set.cases_double": ("近12个月一案双罚", "Double penalties, 12 months"),
    "set.cases": ("全部案件", "All cases"),
    "set.accidents_12m": ("近12个月事故", "Accidents, 12 months"),
    "set.accidents": ("全部事故", "All accidents"),
    # quality
    "quality.title": ("数据质量", "Data quality"),
    "quality.lead": (
        "每个文件怎样被识别，每一行去了哪里。",
        "How each file was recognised and where each row went.",
    ),
    "quality.balance": (
        "读入 {rows_read} 行 = 采用 {rows_accepted} + 重复 {rows_duplicate}"
        " + 旧版本 {rows_superseded} + 拒收 {rows_rejected}",
        "{rows_read} rows read = {rows_accepted} accepted + {rows_duplicate} duplicate"
        " + {rows_superseded} superseded + {rows_rejected} rejected",
    ),
    "quality.balanced": ("行数平衡", "Balanced"),
    "quality.unbalanced": ("行数不平衡，相差 {n} 行", "Off by {n} rows"),
    "quality.tab.files": ("文件", "Files"),
    "quality.tab.refused": ("未载入的文件", "Refused files"),
    "quality.tab.rejected": ("拒收的行", "Rejected rows"),
    "quality.tab.issues": ("数据问题", "Defects"),
    "quality.tab.links": ("对象认定", "Subjects"),
    "quality.none_refused": ("没有被拒绝的文件。", "No file was refused."),
    "quality.none_rejected": ("没有被拒收的行。", "No row was rejected."),
    "quality.none_issues": ("没有发现数据问题。", "No defect was found."),
    "quality.files_hint": (
        "点选一行，查看该文件的拒收行和数据问题。",
        "Choose a row for that file's rejected rows and defects.",
    ),
    "quality.of_file": ("只看文件：{name}", "Only {name}"),
    "quality.file_facts": (
        "{names}　编码 {encoding}　首次见到 {seen}(UTC)",
        "{names}  encoding {encoding}  first seen {seen} (UTC)",
    ),
    "quality.file_rejected": ("该文件拒收的行", "Its rejected rows"),
    "quality.file_issues": ("该文件的数据问题", "Its defects"),
    "quality.issues_lead": (
        "这些行已经采用，只是有问题的单元格被置空，或数据之间互相矛盾。",
        "These rows are in use; only the faulty cell was emptied, or rows contradict each other.",
    ),
    "quality.rejected_lead": (
        "无法确定是谁、何事或何时的行不进入统计；改正后重新导出即可。",
        "Rows where who, what or when cannot be told stay out; correct and export again.",
    ),
    "quality.links_lead": (
        "不同文件里的名称和代码怎样认定为同一对象。"
        "底册中没有的园区 {parks} 个、企业 {enterprises} 家，单独计数。",
        "How names and codes of different files were linked. {parks} parks and"
        " {enterprises} enterprises are in no register and are counted apart.",
    ),
    "quality.filter_rule": ("规则", "Rule"),
    "quality.filter_reason": ("原因", "Reason"),
    "quality.filter_way": ("认定方式", "Linked by"),
}
