"""What the chapters of the annual report say, as (Chinese, English) side by side.

Belongs here: titles, sentences, captions and heads of columns of single chapters.
Does not belong here: phrases that every chapter shares (words_report.py); the chapters on
penalties, accidents, sensors and data quality (words_chapters_more.py).
"""

from __future__ import annotations

CHAPTERS: dict[str, tuple[str, str]] = {
    # base
    "base.title": ("监管对象底数", "What is supervised"),
    "base.flows": ("总量与进出", "Stock and flows"),
    "base.structure": ("结构分布", "Structure"),
    "base.headline": (
        "期末在册企业{enterprises}，园区{parks}，在租{tenancies}。",
        "At the end of the period {enterprises}, {parks} and {tenancies} were on the registers.",
    ),
    "base.flow": (
        "本期新登记企业{enterprises_in}、关闭{enterprises_out}；新建档园区{parks_in}、退出"
        "{parks_out}；迁入{tenancies_in}，迁出{tenancies_out}。",
        "In the period {enterprises_in} registered and {enterprises_out} closed; {parks_in} were "
        "listed and {parks_out} delisted; {tenancies_in} began and {tenancies_out} ended.",
    ),
    "base.top": (
        "按行业分，企业较多的是{industries}。",
        "The most common industries are {industries}.",
    ),
    "base.risks": ("期末在册企业中，{risks}。", "Of these enterprises: {risks}."),
    "base.risk.has_dust": ("涉爆粉尘{n}", "combustible dust {n}"),
    "base.risk.has_confined_space": ("有限空间作业{n}", "confined spaces {n}"),
    "base.risk.has_ammonia": ("涉氨制冷{n}", "ammonia {n}"),
    "base.risk.uses_hazchem": ("使用危险化学品{n}", "hazardous chemicals {n}"),
    "base.risk.is_key_unit": ("重点监管单位{n}", "key units {n}"),
    "base.table_flow": ("监管对象期初、期末与进出", "Registers at both ends of the period"),
    "base.table_industry": ("企业行业分布", "Enterprises by industry"),
    "base.table_town": ("各镇街底数", "Registers by town"),
    "base.table_scale": ("企业规模分布", "Enterprises by scale"),
    "base.object": ("对象", "Subject"),
    "base.enterprises": ("企业", "Enterprises"),
    "base.parks": ("园区", "Parks"),
    "base.tenancies": ("租赁关系", "Tenancies"),
    "base.start": ("期初", "Start"),
    "base.in": ("新增", "In"),
    "base.out": ("减少", "Out"),
    "base.end": ("期末", "End"),
    "base.industry": ("行业", "Industry"),
    "base.scale": ("规模", "Scale"),
    "base.town": ("镇街", "Town"),
    "base.area": ("建筑面积(平方米)", "Floor area (m²)"),
    "base.unit_flow": ("家、个、户次", "count"),
    "base.undated": (
        "注：另有{n}个没有日期的关闭、退出记录，期初、期末均不计入。",
        "Note: {n} closed without a date count at neither end.",
    ),
    "base.none": (
        "本期末没有企业和园区登记数据。",
        "There are no enterprises and parks on the registers.",
    ),
    "base.flow_note": (
        "期初加新增减去减少等于期末；租赁关系按承租户、园区和楼幢计，一家企业可有多项。",
        "Start plus in less out is the end; one enterprise may hold several tenancies.",
    ),
    # inspections and hazards
    "safety.title": ("检查与隐患治理", "Inspections and hazards"),
    "safety.visits": ("检查情况", "Visits"),
    "safety.hazards": ("隐患排查治理", "Hazards"),
    "safety.visits_text": ("本期开展{kinds}", "Visits in the period: {kinds}"),
    "safety.kinds_apart": (
        "各类检查的主体和性质不同，按规定分别统计，不相加。",
        "Kinds of visits differ in who makes them and why, and are not added up.",
    ),
    "safety.visits_total": ("各类检查合计{n}。", "All kinds together: {n}."),
    "safety.no_visits": ("本期无检查数据。", "No visits in the period."),
    "safety.no_hazards": ("本期无隐患数据。", "No hazards in the period."),
    "safety.table_visits": ("各类检查情况", "Visits by kind"),
    "safety.table_visit_towns": ("各镇街检查情况", "Visits by town and kind"),
    "safety.figure_visits": ("各月检查情况（家次）", "Visits by month"),
    "safety.alt_visits": ("按月份和检查类型的折线图。", "Lines by month and kind."),
    "safety.kind": ("检查类型", "Kind"),
    "safety.enterprises": ("检查企业", "Enterprises"),
    "safety.with_problem": ("发现问题", "With problems"),
    "safety.problem_rate": ("检出率(%)", "Rate (%)"),
    "safety.unit_visits": ("家次、家、%", "visits, enterprises, %"),
    "safety.visit_note": (
        "注：检查企业按企业去重（家），发现问题按检查次数计（家次），检出率＝发现问题家次÷检查家次。",
        "Note: enterprises are distinct; the rate is visits with problems among all visits.",
    ),
    "safety.headline": (
        "发现隐患{found}，其中重大隐患{major}、较大隐患{serious}；至期末已整改{rectified}，整改率"
        "{rate}{points}。",
        "Found: {found}; of them major: {major}, serious: {serious}; rectified by the end of the "
        "period: {rectified}, a rate of {rate}{points}.",
    ),
    "safety.found": ("发现隐患", "Hazards found"),
    "safety.closed_text": (
        "已闭环（复查通过并销号）{closed}，闭环率{closed_rate}。本期到期应整改{due}，按期整改{on_time}，"
        "按期整改率{on_time_rate}{points}。{median}",
        "Closed after a recheck: {closed}, a rate of {closed_rate}. Fell due: {due}; rectified in "
        "time: {on_time}, a rate of {on_time_rate}{points}. {median}",
    ),
    "safety.median": (
        "整改用时中位数{n}天（含未整改的，按生存分析估计）。",
        "The median time to rectify is {n} days (open ones included, Kaplan-Meier).",
    ),
    "safety.stock_text": (
        "至期末，历年累计未整改{open}，其中已逾期{overdue}。",
        "Open at the end of the period, whenever found: {open}; of them overdue: {overdue}.",
    ),
    "safety.overdue_bands": ("逾期{bands}。", "Overdue: {bands}."),
    "safety.band.1-7": ("7天以内{n}", "up to 7 days {n}"),
    "safety.band.8-30": ("8至30天{n}", "8 to 30 days {n}"),
    "safety.band.31-90": ("31至90天{n}", "31 to 90 days {n}"),
    "safety.band.90+": ("90天以上{n}", "over 90 days {n}"),
    "safety.table_hazards": ("隐患治理主要指标", "Hazards: main figures"),
    "safety.table_level": ("隐患等级分布及整改", "Hazards by level"),
    "safety.table_category": ("隐患类别分布及整改", "Hazards by category"),
    "safety.table_town": ("各镇街隐患及整改", "Hazards by town"),
    "safety.table_found_by": ("隐患发现方式分布及整改", "Hazards by way of finding"),
    "safety.figure_hazards": ("各月发现隐患（条）", "Hazards found by month"),
    "safety.alt_hazards": (
        "按月份的柱状图，与上年同期对照。",
        "Columns by month beside the year before.",
    ),
    "safety.figure_category": ("各类隐患（条）", "Hazards by category"),
    "safety.alt_category": ("按类别的条形图，从多到少。", "Bars by category, most first."),
    "safety.level": ("等级", "Level"),
    "safety.category": ("类别", "Category"),
    "safety.found_by": ("发现方式", "Found by"),
    "safety.rectified": ("已整改", "Rectified"),
    "safety.rectified_rate": ("整改率(%)", "Rectified (%)"),
    "safety.closed": ("已闭环", "Closed"),
    "safety.closed_rate": ("闭环率(%)", "Closed (%)"),
    "safety.overdue": ("逾期", "Overdue"),
    "safety.unit_hazards": ("条、%", "count, %"),
    "safety.major": ("其中：重大隐患", "of them major"),
    "safety.serious": ("　　　较大隐患", "of them serious"),
    "safety.simple": ("　　　简易隐患", "of them simple"),
    "safety.due": ("本期到期应整改", "Due in the period"),
    "safety.on_time": ("按期整改", "Rectified in time"),
    "safety.overdue_found": ("本期发现且已逾期", "Found and overdue"),
    "safety.state_note": (
        "注：整改、闭环、逾期均为期末状态；“已整改”不等于“已闭环”。",
        "Note: states are those at the end of the period; rectified is not closed.",
    ),
    # ranking
    "risk.title": ("园区风险排名及依据", "Ranking of parks and its evidence"),
    "risk.list": ("风险较高的园区", "Parks at the head"),
    "risk.evidence": ("排名方法与证据", "Method and evidence"),
    "risk.none": ("本期无风险排名数据。", "There is no ranking."),
    "risk.headline": (
        "截至{day}，{n}个园区按今后{days}天内{label}的可能性排名，居首位的是{first}。",
        "Up to {day}, {n} parks are ranked by the likelihood of {label} within {days} days; "
        "{first} leads.",
    ),
    "risk.region": (
        "其中{region}有{n}个园区参加排名，名次为全区名次。",
        "{n} of them are in {region}; ranks are those in the whole district.",
    ),
    "risk.other_day": (
        "排名按数据日（{day}）计算，不是统计期末（{last}）的排名。",
        "The ranking is of the data date ({day}), not of the end of the period ({last}).",
    ),
    "risk.caveat": (
        "只有检查过的园区才有结果；没有结果不等于安全。得分用于安排检查先后，不能代替现场判断。",
        "Outcomes exist only where somebody looked; the score orders visits and does not replace "
        "judgement on site.",
    ),
    "risk.table_top": ("风险排名前{n}的园区及主要原因", "The first {n} parks and why"),
    "risk.annex": ("附表", "Tables"),
    "risk.table_all": ("全部园区风险排名", "The whole ranking"),
    "risk.rank": ("名次", "Rank"),
    "risk.park": ("园区", "Park"),
    "risk.score": ("得分", "Score"),
    "risk.reasons": ("推高得分的主要原因", "What raises the score"),
    "risk.last_visit": ("最近检查", "Last visit"),
    "risk.open": ("未整改", "Open"),
    "risk.overdue": ("逾期", "Overdue"),
    "risk.serious_12m": ("近12月较大及以上", "Serious, 12 m"),
    "risk.tenants": ("在租", "Tenants"),
    "risk.unit_parks": ("家、条", "count"),
    "risk.method_model": (
        "本期排名采用{winner}：在{splits}期历史回测中，前10%命中率平均{precision}，最好的简单规则"
        "（{rival}）为{rival_precision}。",
        "The ranking uses {winner}: over {splits} back-tests its precision in the top 10% is "
        "{precision} on average; the best plain rule ({rival}) has {rival_precision}.",
    ),
    "risk.method_rule": (
        "本期排名采用简单规则（{winner}）：在{splits}期历史回测中，前10%命中率平均{precision}。",
        "A plain rule ({winner}) ranks: over {splits} back-tests its precision in the top 10% is "
        "{precision} on average.",
    ),
    "risk.no_gain": (
        "模型与最好的简单规则相比，命中率提高量的下限（95%置信）为{n}个百分点，不大于零，不能证明模型"
        "更好，因此不用模型。",
        "The lower bound of a model's gain over the best plain rule is {n} percentage points, not "
        "above zero: no model was proved better, so none is used.",
    ),
    "risk.gain_unknown": (
        "有结果的历史还太短，不能证明模型更好，因此不用模型。",
        "The history is too short to prove that a model is better, so none is used.",
    ),
    "risk.method_unproved": (
        "本期排名采用{winner}；有结果的历史还太短，不能用回测检验。",
        "The ranking uses {winner}; the history is too short for back-tests.",
    ),
    "risk.gain": (
        "与最好的简单规则相比，命中率提高量的下限（95%置信）为{n}个百分点。",
        "The lower bound of the gain over the best plain rule is {n} percentage points.",
    ),
    "risk.labelled": (
        "命中率只按此后被检查过、因而有结果的园区计算；下表列出其比例，以及无结果园区全部算“未出问题”"
        "和全部算“出问题”时命中率的下限和上限。",
        "Precision counts parks that were visited afterwards; the table gives their share, and the "
        "bounds when all others count as good, and as bad.",
    ),
    "risk.table_evidence": (
        "各排序方法历史回测结果（前10%）",
        "Back-tests of every method (top 10%)",
    ),
    "risk.figure_evidence": ("各排序方法前10%命中率（%）", "Precision in the top 10% (%)"),
    "risk.alt_evidence": (
        "各方法命中率的条形图，红色为本期采用的方法。",
        "Bars; red is the method used.",
    ),
    "risk.method": ("方法", "Method"),
    "risk.precision": ("命中率(%)", "Precision (%)"),
    "risk.worst": ("最差一期(%)", "Worst split (%)"),
    "risk.low": ("下限(%)", "Low (%)"),
    "risk.high": ("上限(%)", "High (%)"),
    "risk.labelled_share": ("有结果比例(%)", "Labelled (%)"),
    "risk.splits": ("期数", "Splits"),
}
