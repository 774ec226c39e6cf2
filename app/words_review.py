"""What the review queue's page and workbook say, as (Chinese, English) side by side.

Belongs here: sentences, column headers and codes of the review queue.
Does not belong here: layout (views/review.py, review_workbook.py), other pages' words.
"""

from __future__ import annotations

REVIEW: dict[str, tuple[str, str]] = {
    "page.review": ("待办核实", "Review queue"),
    "review.title": ("待办核实", "Review queue"),
    "review.lead": (
        "系统拿不准、需要人来定的事。每个决定都记下日期和理由，下次数据更新后生效，可随时撤销。",
        "What the system cannot settle alone. Every decision is kept with its day and reason, "
        "takes effect with the next refresh, and can be taken back.",
    ),
    "review.waiting": (
        "{n} 个决定已记录，将在下次数据更新后生效。",
        "{n} decisions are recorded and take effect with the next refresh.",
    ),
    "review.absent": (
        "当前发布的数据还没有核实清单，请先运行一次数据更新。",
        "The published data has no review queue yet; run a refresh first.",
    ),
    "review.tab.subjects": ("主体核实", "Who is who"),
    "review.tab.codes": ("未知代码", "Unknown words"),
    "review.tab.corrections": ("退回与存疑行", "Rows to correct"),
    "review.tab.files": ("应到文件", "Expected files"),
    "review.tab.decided": ("已作决定", "Decisions"),
    "review.subjects_lead": (
        "名称相近(相似度92及以上)且同镇街或同园区的主体、仅凭全区唯一同名建立的关联、"
        "信用代码登记在别的名称下的行。系统从不自动合并。",
        "Subjects with names alike (92 and more) in one town or park, links made by a name unique "
        "in the district, codes registered under another name. Nothing is ever merged by itself.",
    ),
    "review.codes_lead": (
        "代码表不认识的词。认定后，含这个词的文件会按所选代码重新载入，原文保留。",
        "Words the code lists do not know. Once decided, the files that hold them are loaded again "
        "with the chosen code; the original text stays.",
    ),
    "review.corrections_lead": (
        "各镇街需要更正的行。纠错清单由下面的命令生成，每个镇街一个工作簿，"
        "填好后放回 exports 文件夹即可载入。页面和下载只显示遮盖后的内容。",
        "Rows each town can put right. The command below writes one workbook a town; filled in, it "
        "goes back into the exports folder. Page and download show masked values only.",
    ),
    "review.corrections_command": (
        'parkrisk --workspace "{folder}" corrections --out 目录',
        'parkrisk --workspace "{folder}" corrections --out FOLDER',
    ),
    "review.files_lead": (
        "按规则或按近六个月的习惯应当到达的文件；今天是 {today}。",
        "Files due by a rule or by the habit of the last six months; today is {today}.",
    ),
    "review.decided_lead": (
        "全部决定，最新的在前。选中一行可以撤销仍然有效的决定。",
        "Every decision, the newest first. Choose one that still counts to take it back.",
    ),
    "review.none": ("没有等待核实的事项。", "Nothing waits for a decision."),
    "review.no_corrections": ("没有需要更正的行。", "No row needs a correction."),
    "review.no_files": (
        "还看不出哪些文件应当按月到达，也没有写明的规则。",
        "No habit is visible yet and no rule names a file.",
    ),
    "review.no_decisions": ("还没有作过决定。", "No decision has been made yet."),
    "review.choose_hint": ("选中一行进行核实。", "Choose a row to decide on it."),
    "review.filter_kind": ("事项", "Item"),
    "review.filter_state": ("状态", "State"),
    "review.filter_town": ("镇街", "Town"),
    "review.left": ("保留一方", "Stays"),
    "review.right": ("待核实一方", "In question"),
    "review.party": (
        "{town}　代码 {code}　企业排名 {rank}",
        "{town}  code {code}  rank {rank}",
    ),
    "review.party_park": (
        "{town}　编号 {code}　园区排名 {rank}",
        "{town}  code {code}  rank {rank}",
    ),
    "review.why": ("依据：{why}", "Why: {why}"),
    "review.moves_confirm": (
        "确认后：{rows} 归入保留一方，两者合为一个主体，并从决定之日起算。",
        "If confirmed: {rows} move to the one that stays, from the day of the decision.",
    ),
    "review.moves_refuse": (
        "拒绝后：{rows} 移出，另成一个主体，从决定之日起算；确认则维持现有关联。",
        "If refused: {rows} leave and stand as a subject of their own, from the day of the "
        "decision; confirming keeps the link.",
    ),
    "review.no_moves": ("没有明细行", "no rows"),
    "review.rows_of": ("{export} {n} 行", "{n} rows of {export}"),
    "review.similarity": ("名称相似度 {value}", "names alike {value}"),
    "review.met_in": ("同在{place}", "both in {place}"),
    "review.answer": ("决定", "Decision"),
    "review.code": ("对应代码", "Stands for"),
    "review.reason": ("理由", "Reason"),
    "review.reason_hint": (
        "例如：营业执照核对一致",
        "e.g. checked against the licence",
    ),
    "review.by": ("核实人", "Decided by"),
    "review.save": ("保存决定", "Save"),
    "review.undo": ("撤销这个决定", "Take it back"),
    "review.saved": ("已记录，下次数据更新后生效。", "Recorded; it counts with the next refresh."),
    "review.need_by": ("请填写核实人。", "Say who decides."),
    "review.need_code": ("请选择对应代码。", "Choose what the word stands for."),
    "review.confirm": ("确认", "Confirm"),
    "review.refuse": ("拒绝", "Refuse"),
    "review.defer": ("暂缓", "Later"),
    "review.word": (
        "{export}·{column} 中的“{word}”：{rows} 行、{files} 个文件",
        "'{word}' in {column} of {export}: {rows} rows, {files} files",
    ),
    "review.file": ("待办核实_{day}", "review_queue_{day}"),
    "review.workbook": ("下载核实工作簿(Excel)", "Review workbook (Excel)"),
    "review.workbook_hint": (
        "填好决定和理由后，用命令 parkrisk review import 交回。",
        "Fill in decisions and reasons, then hand it in with parkrisk review import.",
    ),
    "review.sheet_subjects": ("主体核实", "Who is who"),
    "review.sheet_codes": ("未知代码", "Unknown words"),
    "review.sheet_words": ("字典", "Lists"),
    "review.book_note": (
        "在黄色列填写：决定(确认、拒绝、暂缓)、理由；未知代码还要选对应代码。空着的行不处理。",
        "Fill in the yellow columns: decision (Confirm, Refuse, Later) and reason; for words also "
        "what they stand for. Rows left empty are skipped.",
    ),
    "review.key": ("编号(请勿改动)", "Key (do not change)"),
    "review.count_late": ("逾期未到 {n} 个", "{n} late"),
    "review.count_due": ("本月待到 {n} 个", "{n} due this month"),
    "review.list_file": ("纠错清单_{town}_{day}", "corrections_{town}_{day}"),
    "review.list_title": ("纠错清单(遮盖)：{town}", "Rows to correct (masked): {town}"),
    "review.no_town": ("未归属", "No town"),
}
REVIEW_COLUMNS: dict[str, tuple[str, str]] = {
    "item_kind": ("事项", "Item"),
    "left_name": ("保留一方", "Stays"),
    "left_town": ("保留一方镇街", "Town (stays)"),
    "left_code": ("保留一方代码", "Code (stays)"),
    "left_rank": ("保留一方排名", "Rank (stays)"),
    "right_name": ("待核实一方", "In question"),
    "right_town": ("待核实一方镇街", "Town (in question)"),
    "right_code": ("待核实一方代码", "Code (in question)"),
    "right_rank": ("待核实一方排名", "Rank (in question)"),
    "met_in": ("同在", "Both in"),
    "similarity": ("相似度", "Alike"),
    "grounds": ("依据", "Why"),
    "effect": ("会改变什么", "What would change"),
    "answer_state": ("核实状态", "Decision"),
    "word": ("原词", "Word"),
    "code_said": ("认定为", "Stands for"),
    "count_files": ("文件数", "Files"),
    "answer_reason": ("理由", "Reason"),
    "source_system": ("来源系统", "Source system"),
    "due_on": ("应到日期", "Due on"),
    "month_said": ("数据月份", "Month"),
    "arrived_on": ("首次收到", "First seen"),
    "arrival": ("到达情况", "Arrival"),
    "made_on": ("决定日期", "Decided on"),
    "action": ("决定", "Decision"),
    "about": ("事由", "About"),
    "made_by": ("核实人", "Decided by"),
    "is_applied": ("是否生效", "In effect"),
    "asked_by": ("依据", "By"),
    "disposition_said": ("处置", "Disposition"),
    "export_said": ("报表", "Export"),
}
REVIEW_CODES: dict[str, tuple[str, str]] = {
    "similar": ("名称相近", "Names alike"),
    "district_link": ("全区唯一同名", "Unique name"),
    "code_conflict": ("代码与名称矛盾", "Code and name conflict"),
    "unknown_code": ("代码表外的值", "Value outside the code list"),
    "not_registered": ("至少一方不在底册", "at least one is in no register"),
    "codes_differ": ("代码不同", "their codes differ"),
    "differs_in_number": ("只差序号，可能是两家", "only a number differs: perhaps two"),
    "only_one_of_name": ("全区只有一家同名在册", "the only registered one of that name"),
    "code_registered_elsewhere": (
        "信用代码登记在保留一方名下",
        "the code is registered for the one that stays",
    ),
    "deferred": ("暂缓", "Later"),
    "confirmed": ("已确认", "Confirmed"),
    "refused": ("已拒绝", "Refused"),
    "undone": ("已撤销", "Taken back"),
    "waiting": ("待核实", "Open"),
    "confirm": ("确认", "Confirm"),
    "refuse": ("拒绝", "Refuse"),
    "defer": ("暂缓", "Later"),
    "undo": ("撤销", "Take back"),
    "arrived": ("已到", "Here"),
    "late": ("逾期未到", "Late"),
    "due": ("未到期", "Not due yet"),
    "by_rule": ("规则", "Rule"),
    "by_habit": ("习惯", "Habit"),
    "doubtful": ("存疑", "Doubtful"),
}
