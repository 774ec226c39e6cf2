"""What the round's page and workbook say, as (Chinese, English) side by side.

Belongs here: sentences of the round list, its reasons, its method.
Does not belong here: layout (views/rounds.py, round_workbook.py), other pages' words.
"""

from __future__ import annotations

ROUNDS: dict[str, tuple[str, str]] = {
    "page.rounds": ("检查计划", "Visit rounds"),
    "rounds.title": ("检查计划", "Visit rounds"),
    "rounds.none": (
        "还没有抽取过检查计划。运行下面的命令抽取一轮。",
        "No round has been drawn yet. The command below draws one.",
    ),
    "rounds.command": ("parkrisk --workspace 工作区 round", "parkrisk --workspace FOLDER round"),
    "rounds.choose": ("轮次", "Round"),
    "rounds.name": (
        "{begins} 至 {ends}（{n} 家次，编号 {round}）",
        "{begins} to {ends} ({n} visits, {round})",
    ),
    "rounds.lead": (
        "编号 {round}；数据截至 {day}；种子 {seed}；参加排名 {cohort} 家，可入选 {eligible} 家。",
        "{round}; data up to {day}; seed {seed}; {cohort} subjects ranked, {eligible} eligible.",
    ),
    "rounds.old": (
        "这一轮按较早的数据抽取；名单是当时的记录，不随数据更新而变。",
        "Drawn from earlier data; the list is the record of then, whatever the data says since.",
    ),
    "rounds.capacity": ("可检查家次", "Capacity"),
    "rounds.left": ("未排入的必查", "Duties that do not fit"),
    "rounds.left_lead": (
        "有 {n} 家应查而未排入本轮，按轻重排列，请另行安排检查力量或调整规则。",
        "{n} visits are owed and do not fit this round, gravest first; they need other capacity.",
    ),
    "rounds.kind": ("类别", "Part"),
    "rounds.text": ("名称、地址或隐患编号", "name, address or hazard code"),
    "rounds.shown": ("显示 {n} 条，共 {all} 条", "{n} of {all} shown"),
    "rounds.choose_hint": ("选中一行可打开园区档案。", "Choose a row to open its park's file."),
    "rounds.no_park": ("{name}不在园区内，没有园区档案。", "{name} is in no park."),
    "rounds.tab.list": ("名单", "List"),
    "rounds.tab.strata": ("分层与概率", "Strata and probabilities"),
    "rounds.tab.left": ("未排入的必查", "Duties left"),
    "rounds.tab.method": ("方法与核验", "Method and verification"),
    "rounds.file": ("检查计划_{round}", "round_{round}"),
    "rounds.workbook": ("下载检查用表(可填写)", "Fill-in workbook"),
    "part.duty": ("必查", "Duty"),
    "part.key": ("重点", "Key"),
    "part.random": ("随机", "Random"),
    "part.left": ("未排入", "Left"),
    "unit.park": ("园区", "Park"),
    "unit.enterprise": ("企业", "Enterprise"),
    # why a line is there
    "why.code": ("{code}", "{code}"),
    "why.no_code": ("(无编号，{found} 发现)", "(no code, found {found})"),
    "why.overdue": (
        "{level}隐患 {code} 逾期 {days} 天未整改",
        "{level} hazard {code}, {days} days overdue",
    ),
    "why.recheck": (
        "{level}隐患 {code} 已整改 {days} 天，尚未复查",
        "{level} hazard {code} rectified {days} days ago, not rechecked",
    ),
    "why.more": ("；另有 {n} 条应查", "; {n} more owed"),
    "why.included": ("人工指定：{reason}", "Included by decision: {reason}"),
    "why.key": ("{unit}风险排名第 {rank} 位", "{unit} ranked {rank}"),
    "why.because": ("{head}：{reasons}", "{head}: {reasons}"),
    "why.random": (
        "随机抽取：{stratum} {size} 家中抽 {drawn} 家",
        "Drawn at random: {drawn} of {size} in {stratum}",
    ),
    "why.random_owed": ("；{duty}(未排入必查)", "; {duty} (did not fit the duties)"),
    "stratum.and": ("、", ", "),
    "stratum.level": ("·", " · "),
    "stratum.more": ("{first}等 {n} 层", "{first} and others, {n} strata"),
    # the workbook
    "round.heading": ("{district}检查计划", "{district}: visit round"),
    "round.heading_days": ("{heading}（{begins} 至 {ends}）", "{heading} ({begins} to {ends})"),
    "round.run": (
        "轮次编号 {round}　数据截至 {day}　园区排名 {park}　企业排名 {enterprise}",
        "Round {round}   data up to {day}   park ranking {park}   enterprise ranking {enterprise}",
    ),
    "round.font": ("宋体", "Calibri"),
    "round.sheet": ("检查计划", "Round"),
    "round.method_sheet": ("抽取说明", "Method"),
    "round.dictionary": ("字典", "Words"),
    "round.date_title": ("检查日期", "Day of the visit"),
    "round.date_error": ("请填 {begins} 至 {ends} 之间的日期。", "A day from {begins} to {ends}."),
    "round.result_error": ("请从下拉列表中选择。", "Choose from the list."),
    "round.count_error": ("请填 0 或正整数。", "A whole number, 0 or more."),
    "round.note": (
        "{run}　黄色单元格供检查人员填写。",
        "{run}   Yellow cells are for the inspectors.",
    ),
    "method.title": ("抽取说明", "How this round was drawn"),
    "method.window": ("检查期间 {begins} 至 {ends}", "Visits from {begins} to {ends}"),
    "method.capacity": (
        "可检查 {capacity} 家次：必查 {duty}、重点 {ranked}、随机 {random}。",
        "{capacity} visits: {duty} duty, {ranked} key, {random} random.",
    ),
    "method.unfilled": (
        "可入选的对象不足，{n} 家次未用。",
        "{n} visits stay unused: everybody eligible is in the round.",
    ),
    "method.cohort": (
        "参加排名 {cohort} 家，可入选 {eligible} 家；不可入选 {excluded} 家{why}。",
        "{cohort} ranked, {eligible} eligible, {excluded} not{why}.",
    ),
    "method.cohort_why": ("（{parts}）", " ({parts})"),
    "exclusion.by_decision": ("人工排除 {n} 家", "{n} by decision"),
    "exclusion.out_of_use": ("已退出、搬离、关闭或空置 {n} 家", "{n} closed, moved or vacant"),
    "exclusion.cooling": ("{days} 天内已检查 {n} 家", "{n} visited within {days} days"),
    "method.duty": (
        "必查：{overdue}隐患逾期未整改，或{recheck}隐患已整改、已到期而未通过复查；入选概率 100%；"
        "最多占 {most}，按等级、逾期先后、天数排列。",
        "Duty: hazards past their deadline ({overdue}) and hazards due for a recheck ({recheck}); "
        "probability 100%; at most {most} of the visits, gravest and longest first.",
    ),
    "method.key": (
        "重点：必查之后余下家次的 {share}，按现行风险排名取前，园区占 {park_share}；入选概率 100%；"
        "名次相同的，久未检查的在前。",
        "Key: {share} of what duties leave, by current rank, {park_share} of it parks; probability "
        "100%; equal ranks: the longest unvisited first.",
    ),
    "method.random": (
        "随机：其余可入选对象按{strata}分层，层内简单随机抽取，每层至少 {floor} 家，"
        "层数超过家次时合并最小的层；每个对象的入选概率为 n/N，无一为 0。",
        "Random: all other eligible subjects in strata by {strata}, simple random within a "
        "stratum, at least {floor} each, smallest strata merged when there are more than visits; "
        "everybody's probability is n/N, nobody's is 0.",
    ),
    "strata.unit": ("对象类型", "unit"),
    "strata.town": ("镇街", "town"),
    "strata.kind": ("园区类型或企业规模", "kind of park or scale of enterprise"),
    "method.seed": (
        "种子 {seed}　输入指纹 {fingerprint}　方法版本 {method}",
        "Seed {seed}   inputs {fingerprint}   method {method}",
    ),
    "method.verify": (
        "核验：运行 parkrisk round verify {round}，由记录的输入重新抽取并逐字节比较。",
        "Verify: parkrisk round verify {round} draws again from the recorded inputs and compares "
        "every byte.",
    ),
    "method.lot": (
        "签号 = SHA-256(种子|类型|对象编号)的前 16 位十六进制，类型为 park 或 enterprise；"
        "每层签号最小的 n 个入选，任何人可用通用工具复算。",
        "Lot = first 16 hex of SHA-256(seed|unit|subject id); the n lowest of a stratum are "
        "drawn, so anybody can check it by hand.",
    ),
    "method.caveat": (
        "重点对象按排名选出，不代表未入选者安全；随机部分可用来估计总体情况。",
        "Key visits follow the ranking; not being listed is no proof of safety. The random part "
        "estimates the whole.",
    ),
    "method.strata": ("分层与入选概率", "Strata and probabilities"),
    "method.left": ("未排入的必查（{n} 家）", "Duties that do not fit ({n})"),
    "method.left_none": ("应查的都已排入。", "Every duty fits."),
    "method.decisions": ("人工决定", "Decisions of people"),
    "method.decision_lost": (
        "规则文件中的决定“{name}”没有对上任何排名对象，未生效。",
        "The decision on '{name}' fits no ranked subject and had no effect.",
    ),
    "method.hazards_beside": (
        "其他等级的隐患有 {n} 条逾期未整改或未复查，按规则不占必查名额，由日常复查处理。",
        "{n} hazards of other levels are overdue or not rechecked; by the rules they take no duty "
        "visit and are left to daily rechecks.",
    ),
    "method.excluded_owed": (
        "不可入选的对象中有 {n} 家仍有应查的隐患，请核实其状态后处理。",
        "{n} subjects that are not eligible still have hazards that oblige a visit; check them.",
    ),
    "method.hazards_unplaced": (
        "另有 {n} 条未销号隐患没有对上参加排名的对象，无法排入，请在明细查询中核对。",
        "{n} more open hazards belong to no ranked subject and cannot be placed; see the records.",
    ),
    "decision.include": ("指定入选", "included"),
    "decision.exclude": ("排除", "excluded"),
}
#: Results an inspector may choose, as the inspections export writes them.
VISIT_RESULTS = ("未发现问题", "发现问题", "拒绝检查", "未开门")
#: Headers of the round's list; merged into the columns of the explorer.
ROUND_COLUMNS: dict[str, tuple[str, str]] = {
    "place": ("序号", "No."),
    "open_hazards": ("未整改隐患", "Open hazards"),
    "ranked_score": ("风险得分", "Risk score"),
    "part": ("类别", "Part"),
    "visited_kind": ("对象类型", "Unit"),
    "name": ("名称", "Name"),
    "in_town": ("所属镇街", "Town"),
    "why": ("理由", "Reason"),
    "inclusion_probability": ("入选概率", "Probability"),
    "visited_on": ("上次检查", "Last visit"),
    "stratum": ("层", "Stratum"),
    "count_stratum": ("层内对象 N", "In the stratum, N"),
    "count_drawn": ("抽取 n", "Drawn, n"),
    "done_on": ("检查日期", "Visited on"),
    "done_by": ("检查人员", "Visited by"),
    "outcome": ("结果", "Result"),
    "found_hazards": ("发现隐患数", "Hazards found"),
    "remark": ("备注", "Remark"),
    "subject_id": ("对象编号", "Subject id"),
    "decision": ("决定", "Decision"),
    "decision_reason": ("决定的理由", "Why decided"),
}
ROUND_HINTS: dict[str, tuple[str, str]] = {
    "inclusion_probability": (
        "抽取之前入选的概率：必查和重点为 100%，随机为层内抽取数除以层内对象数。",
        "Probability of being in the round before the draw: 100% for duty and key, n/N for random.",
    ),
}
