"""What the chapters on penalties, accidents, sensors and data quality say, as (zh, en) pairs.

Belongs here: titles, sentences, captions and heads of columns of these chapters and the annex.
Does not belong here: phrases that every chapter shares (words_report.py).
"""

from __future__ import annotations

CHAPTERS_MORE: dict[str, tuple[str, str]] = {
    # cases
    "cases.title": ("行政处罚", "Penalties"),
    "cases.none": ("本期无行政处罚数据。", "There are no cases of this period."),
    "cases.filed": ("立案", "Cases filed"),
    "cases.decided": ("作出处罚决定", "Cases decided"),
    "cases.fines": ("罚款", "Fines"),
    "cases.unit_fines": ("其中：对单位罚款", "of them on organisations"),
    "cases.person_fines": ("　　　对个人罚款", "of them on persons"),
    "cases.before": ("其中：事前处罚", "of them before an accident"),
    "cases.after": ("　　　事故处罚", "of them after an accident"),
    "cases.double": ("一案双罚", "Double penalties"),
    "cases.confiscated": ("没收金额", "Confiscated"),
    "cases.exempted": ("免罚金额", "Exempted"),
    "cases.offsite": ("非现场执法", "Off-site"),
    "cases.hearing": ("举行听证", "With a hearing"),
    "cases.kinds_text": (
        "其中事前处罚{before}、事故处罚{after}；一案双罚{double}，一案双罚率{rate}。",
        "Of them {before} before and {after} after an accident; {double} double penalties, a rate "
        "of {rate}.",
    ),
    "cases.doubts": (
        "上述罚款中有{n}笔（合计{amount}）数值大得可疑，按原值计入，请核对单位后再引用罚款合计及其同比。",
        "Of these fines {n} ({amount} in all) are doubtfully large. They count as they stand: "
        "check their unit before you quote the sum.",
    ),
    "cases.causes_text": ("案由较多的是{causes}。", "The most common causes are {causes}."),
    "cases.table_main": ("行政处罚主要指标", "Penalties: main figures"),
    "cases.table_cause": ("处罚案由分布", "Penalties by cause"),
    "cases.table_town": ("各镇街行政处罚", "Penalties by town"),
    "cases.table_penalised": ("公示期内的被处罚单位", "Penalised organisations still published"),
    "cases.figure_months": ("各月处罚决定（起）", "Cases decided by month"),
    "cases.alt_months": (
        "按月份的柱状图，与上年同期对照。",
        "Columns by month beside the year before.",
    ),
    "cases.cause": ("案由", "Cause"),
    "cases.count": ("起数", "Cases"),
    "cases.fine": ("罚款", "Fine"),
    "cases.unit_cases": ("起、万元、%", "cases, yuan, %"),
    "cases.unit_penalised": ("万元", "yuan"),
    "cases.party": ("被处罚单位", "Organisation"),
    "cases.decided_on": ("决定日期", "Decided on"),
    "cases.publish_until": ("公示截止", "Published until"),
    "cases.hidden": (
        "注：名称只在公示期内列出（以{day}为准）；另有{n}家公示期已满或公示期不详，不列名。",
        "Note: names only while they are published (on {day}); {n} more are not named.",
    ),
    "cases.hidden_all": (
        "本期被处罚单位{n}家，公示期均已满或不详（以{day}为准），不列名。",
        "{n} organisations were penalised; none is published on {day}, so none is named.",
    ),
    "cases.note": (
        "注：立案按立案日期、其他按处罚决定日期统计；罚款含对单位和对个人的罚款。",
        "Note: filings by the day of filing, the rest by the day of decision; fines are of "
        "organisations and persons.",
    ),
    # accidents
    "accidents.title": ("生产安全事故", "Accidents"),
    "accidents.none": ("本期无事故数据。", "There are no data on accidents."),
    "accidents.zero": (
        "本期未发生纳入统计的生产安全事故{change}。",
        "No counted accident happened in the period{change}.",
    ),
    "accidents.count": ("发生生产安全事故", "Accidents"),
    "accidents.deaths": ("死亡", "Deaths"),
    "accidents.injured": ("受伤", "Injured"),
    "accidents.loss": ("直接经济损失", "Direct loss"),
    "accidents.short_count": ("起数", "Accidents"),
    "accidents.short_deaths": ("死亡人数", "Deaths"),
    "accidents.short_injured": ("受伤人数", "Injured"),
    "accidents.no_serious": ("未发生较大及以上事故。", "There was no serious accident or worse."),
    "accidents.serious": (
        "其中较大及以上事故{n}。",
        "Of them {n} serious or worse.",
    ),
    "accidents.unknown": (
        "{parts}，未知的不计为零，合计数可能偏小。",
        "{parts}; what is unknown does not count as zero, so sums may be low.",
    ),
    "accidents.unknown_deaths": ("死亡人数不详{n}", "deaths unknown {n}"),
    "accidents.unknown_injured": ("受伤人数不详{n}", "injured unknown {n}"),
    "accidents.unknown_loss": ("经济损失不详{n}", "loss unknown {n}"),
    "accidents.struck_off": (
        "另有{n}经核销不纳入统计。",
        "{n} more were struck off and do not count.",
    ),
    "accidents.table_main": ("事故总体情况", "Accidents: main figures"),
    "accidents.table_grade": ("事故等级分布", "Accidents by grade"),
    "accidents.table_type": ("事故类型分布", "Accidents by type"),
    "accidents.table_town": ("各镇街事故", "Accidents by town"),
    "accidents.figure_months": ("各月事故（起）", "Accidents by month"),
    "accidents.alt_months": (
        "按月份的柱状图，与上年同期对照。",
        "Columns by month beside the year before.",
    ),
    "accidents.grade": ("事故等级", "Grade"),
    "accidents.type": ("事故类型", "Type"),
    "accidents.unit_groups": ("起、人、万元、%", "accidents, people, yuan, %"),
    "accidents.grade_note": (
        "注：等级按死亡、重伤人数和直接经济损失推定（取最重）；受伤含重伤和轻伤。",
        "Note: grades are computed from deaths, serious injuries and loss, the worst of the three.",
    ),
    # sensors
    "sensors.title": ("监测预警", "Sensors"),
    "sensors.none": ("本期无监测设备数据。", "There are no devices."),
    "sensors.no_alarms": ("本期无报警记录。", "No alarms in the period."),
    "sensors.no_readings": (
        "本期无实时数据，不计算在线率和报警过程。",
        "No readings in the period, so no online share and no episodes.",
    ),
    "sensors.devices_text": (
        "至期末在装监测设备{n}，{kinds}。",
        "At the end of the period {n} devices were installed: {kinds}.",
    ),
    "sensors.online_text": (
        "本期实时数据自{first}至{last}，应有数据的设备{n}，在线率{rate}。",
        "There are readings from {first} to {last}; {n} devices should have sent them and were "
        "online {rate} of the time.",
    ),
    "sensors.episodes_text": (
        "按实时数据推算，本期发生报警过程：{levels}，其中厂家系统没有报出{unreported}。",
        "By the readings there were episodes of {levels}; the vendors' systems reported all but "
        "{unreported}.",
    ),
    "sensors.no_episodes": (
        "按实时数据推算，本期没有报警过程。",
        "By the readings there were no episodes.",
    ),
    "sensors.alarms_text": (
        "厂家系统报警{n}{change}；已核实的报警中误报{false}，误报率{rate}；未核实{unverified}。",
        "The vendors' systems reported {n}{change}; of those verified {false} were false, a rate "
        "of {rate}; {unverified} were not verified.",
    ),
    "sensors.check_text": (
        "检定过期{expired}，可燃气体报警设定值高于规定{high}。",
        "{expired} are past their calibration, {high} combustible-gas set points are too high.",
    ),
    "sensors.table_devices": ("监测设备及在线情况", "Devices and time online"),
    "sensors.table_alarms": ("厂家系统报警及核实情况", "Alarms and what they proved to be"),
    "sensors.table_episodes": ("按实时数据推算的报警过程", "Episodes by the readings"),
    "sensors.figure_episodes": ("各月报警过程（次）", "Episodes by month"),
    "sensors.alt_episodes": ("按月份和级别的折线图。", "Lines by month and level."),
    "sensors.kind": ("设备类型", "Kind"),
    "sensors.devices": ("设备", "Devices"),
    "sensors.enterprises": ("企业", "Enterprises"),
    "sensors.online": ("在线率(%)", "Online (%)"),
    "sensors.expired": ("检定过期", "Calibration expired"),
    "sensors.frozen": ("数值不变(设备日)", "Frozen (device-days)"),
    "sensors.level": ("级别", "Level"),
    "sensors.alarms": ("报警", "Alarms"),
    "sensors.true": ("真警", "True"),
    "sensors.false": ("误报", "False"),
    "sensors.test": ("测试", "Test"),
    "sensors.unverified": ("未核实", "Unverified"),
    "sensors.false_rate": ("误报率(%)", "False (%)"),
    "sensors.episodes": ("报警过程", "Episodes"),
    "sensors.unreported": ("厂家未报", "Not reported"),
    "sensors.median": ("时长中位数(分钟)", "Median minutes"),
    "sensors.unit_devices": ("个、家、%", "count, %"),
    "sensors.unit_alarms": ("次、%", "count, %"),
    "sensors.unit_episodes": ("次、个、家", "count"),
    "sensors.false_note": (
        "注：误报率＝误报÷（真警＋误报），测试和未核实的不计。",
        "Note: the rate is false among true and false; tests and unverified ones do not count.",
    ),
    # quality
    "quality_report.title": ("数据质量", "Data quality"),
    "quality_report.whole": (
        "本章为全部接收数据的情况，不分镇街和统计期。",
        "This chapter is about all data received, whatever the town and period.",
    ),
    "quality_report.headline": (
        "累计接收文件{files}，读入{read}行＝采用{accepted}＋重复{duplicate}＋旧版本{superseded}＋拒收"
        "{rejected}，{balance}。",
        "{files} received; {read} rows read = {accepted} accepted + {duplicate} duplicate + "
        "{superseded} superseded + {rejected} rejected, {balance}.",
    ),
    "quality_report.balanced": ("逐文件平衡", "balanced file by file"),
    "quality_report.unbalanced": ("有{n}个文件不平衡", "{n} files do not balance"),
    "quality_report.provisional": (
        "只见于业务记录、不在底册的企业{enterprises}、园区{parks}，已单列，不计入底数。",
        "{enterprises} and {parks} appear only in other records; they do not count as registered.",
    ),
    "quality_report.refused_text": (
        "整份未能载入的文件{n}，见下表。",
        "{n} were refused as a whole, see the table.",
    ),
    "quality_report.none_refused": ("没有整份未能载入的文件。", "No file was refused as a whole."),
    "quality_report.table_ledger": ("各类数据接收情况", "Rows received by export"),
    "quality_report.table_refused": ("未能载入的文件", "Refused files"),
    "quality_report.table_reasons": ("拒收行的原因", "Why rows were rejected"),
    "quality_report.table_issues": ("数据问题（保留该行）", "Defects (the row is kept)"),
    "quality_report.export": ("数据", "Export"),
    "quality_report.files": ("文件", "Files"),
    "quality_report.read": ("读入", "Read"),
    "quality_report.accepted": ("采用", "Accepted"),
    "quality_report.duplicate": ("重复", "Duplicate"),
    "quality_report.superseded": ("旧版本", "Superseded"),
    "quality_report.rejected": ("拒收", "Rejected"),
    "quality_report.file": ("文件名", "File"),
    "quality_report.why": ("原因", "Reason"),
    "quality_report.rows": ("行数", "Rows"),
    "quality_report.rule": ("问题", "Defect"),
    "quality_report.count": ("条数", "Count"),
    "quality_report.unit_rows": ("个、行", "files, rows"),
    # annex
    "annex.title": ("附录", "Annex"),
    "annex.metrics": ("指标口径", "Definitions"),
    "annex.visits": (
        "检查家次按检查次数计，检查家数按企业去重；按检查（结束）日期归入统计期，按类型分别统计。",
        "Visits are events, enterprises are distinct; by the day of the visit and by kind.",
    ),
    "annex.rates": (
        "整改率＝统计期内发现且期末已整改的隐患÷统计期内发现的隐患；闭环率的分子为期末已复查销号的；"
        "按期整改率＝期限内整改的÷期限落在统计期内的；逾期指期末未整改且已过整改期限。",
        "Rectified: of the hazards found in the period, those rectified by its end; closed: those "
        "closed by then; in time: of those that fell due, those rectified by the deadline; "
        "overdue: open and past the deadline at the end.",
    ),
    "annex.cases": (
        "一案双罚指同一案件既处罚单位又处罚个人，按当事人推定，不按填报。",
        "A double penalty is a case with an organisation and a person penalised, by its parties.",
    ),
    "annex.accidents": (
        "事故按发生日期统计，核销的不计；数字不详的单独说明，不作零处理。",
        "Accidents count by the day they happened, struck-off ones do not; unknown is not zero.",
    ),
    "annex.sensors": (
        "在线率＝在线时间÷应在线时间；报警过程由实时数据按设定值、回差和间隔推算，与厂家系统报警分别统计。",
        "Online share is time online among time installed; episodes are computed from readings and "
        "counted apart from the vendors' alarms.",
    ),
    "annex.trace": (
        "各表数字由查询文件得出，见随附 report.json；逐条记录可在系统“明细查询”中追溯到文件和行。",
        "report.json names the queries behind each table; the explorer leads to file and row.",
    ),
    "unit.households": ("户次", "tenancies"),
    "unit.cases": ("起", "cases"),
    "unit.people": ("人", "people"),
    "unit.money": ("万元", "yuan"),
    "unit.files": ("个", "files"),
    "unit.devices": ("个", "devices"),
    "unit.times": ("次", "times"),
    "unit.percent": ("%", "%"),
    "unit.count_enterprises": ("家", "enterprises"),
    "unit.count_parks": ("个", "parks"),
    "unit.count_visits": ("家次", "visits"),
    "unit.count_hazards": ("条", "hazards"),
    "unit.count_accidents": ("起", "accidents"),
}
