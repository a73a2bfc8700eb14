"""The office's legal work: reviews of legality, proposals answered, case files reviewed, officers and powers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration.office import Record
from tracker.demonstration.people import person
from tracker.demonstration.register import Desk, days_after, in_turn, kept, shares

SUBJECTS: dict[str, tuple[str, ...]] = {
    "contract": (
        "政府购买服务合同",
        "信息系统运维合同",
        "物业服务合同",
        "培训服务采购合同",
        "人才招聘会承办协议",
    ),
    "normative": ("就业创业扶持办法", "大学生实训实施办法", "技能人才奖补办法"),
    "draft_law": (
        "促进就业若干规定（草案）",
        "优化营商环境条例（修订草案）",
        "地方性法规立法规划（征求意见稿）",
        "行政处罚裁量基准（征求意见稿）",
    ),
    "decision": ("政校企对接工作方案",),
    "enforcement": ("行政处罚决定", "行政处理决定"),
    "difficult": ("工伤认定疑难案件", "工龄认定信访纠纷", "行政复议答复事项", "社会保险补缴争议"),
    "other": ("会议纪要", "信访答复意见书", "信息公开答复书", "合作框架协议"),
}
"""What is reviewed, by the object of the review."""


def reviews(
    desk: Desk, object_: str, form: str, number: int, opinions: int = 0, reviewer: str = "adviser"
) -> list[Record]:
    """So many reviews of one object, with so many single opinions in all."""
    draw = desk.draw(f"reviews {object_} {form}")
    given = shares(draw, opinions, number) if opinions else [0] * number
    days = desk.spread(f"reviews {object_} {form}", number, desk.days.after(desk.first, 6))
    made = []
    for n, (day, count) in enumerate(zip(days, given, strict=True)):
        title = in_turn(SUBJECTS[object_], n + 1)[-1]
        made.append(
            kept(
                received_on=desk.days.after(day, -draw.between(1, 5)).isoformat(),
                object=object_,
                title=f"{title}（{n + 1}）",
                department=draw.pick(("办公室", "就业科", "劳动关系科", "仲裁院", "监察大队")),
                reviewer_kind=reviewer,
                reviewer=draw.pick(desk.staff[-3:]),
                reviewed_on=day.isoformat(),
                form=form,
                conclusion=None if form == "oral" else "revise" if count else "lawful",
                opinions=count or None,
            )
        )
    return made


TOPICS = (
    "促进高校毕业生就业",
    "加强技能人才培养",
    "规范灵活就业用工",
    "根治欠薪",
    "构建和谐劳动关系",
    "优化零工市场",
)
Assigned = tuple[str, str, str]
"""Kind, session and role of a proposal."""


def proposals(desk: Desk, numbers: Mapping[Assigned, int]) -> list[Record]:
    """So many of each, all answered within the time and rated satisfied."""
    draw, made = desk.draw("proposals"), []
    for (kind, session, role), number in numbers.items():
        year = desk.first.year
        span = (
            (date(year, 2, 20), date(year, 3, 20))
            if session == "session"
            else (date(year, 7, 3), date(year, 8, 10))
        )
        for n, day in enumerate(desk.spread("proposals", number, *span)):
            answered = desk.days.by(days_after(day, draw.between(30, 80)))
            made.append(
                kept(
                    received_on=day.isoformat(),
                    kind=kind,
                    session=session,
                    role=role,
                    title=f"关于{in_turn(TOPICS, n + 1)[-1]}的{'建议' if kind == 'deputy' else '提案'}（{n + 1}）",
                    proposer=person(draw),
                    partner=None
                    if role == "lead"
                    else draw.pick(("区教育局", "区住建局", "区发改局", "区民政局")),
                    answered_on=answered.isoformat(),
                    met=1,
                    grade=draw.pick(("a", "a", "b")) if role == "lead" else None,
                    satisfaction="satisfied",
                )
            )
    return made


def file_reviews(
    desk: Desk, rounds: Mapping[str, tuple[date, date]], kinds: Sequence[str], files: int
) -> list[Record]:
    """Rounds of review by name, each of so many files of each kind; what is found is put right."""
    draw, made = desk.draw("file reviews"), []
    for name, span in rounds.items():
        for kind in kinds:
            for day in desk.spread("file reviews", files, *span):
                score = draw.between(84, 98)
                record = kept(
                    reviewed_on=day.isoformat(),
                    round=name,
                    reviewers=desk.pair("file reviews"),
                    file_kind=kind,
                )
                record |= {"drawn": 1, "draw_seed": name, "score": score}
                record |= {"grade": "excellent" if score >= 95 else "good" if score >= 88 else "qualified"}
                if score < 92:
                    fixed = desk.days.after(day, draw.between(3, 9)).isoformat()
                    record |= {
                        "problems": draw.between(1, 3),
                        "findings": "文书日期填写不规范、送达回证要素不全",
                    }
                    record |= {"rectify_by": desk.days.after(day, 10).isoformat(), "closed_on": fixed}
                made.append(record)
    return made


def officers(desk: Desk, names: Sequence[str], a_posts: int) -> list[Record]:
    """Officers with a certificate that is valid all the year, the first of them on A posts."""
    draw, year, made = desk.draw("officers"), desk.first.year, []
    for n, name in enumerate(names):
        since = desk.days.since(date(year - draw.between(1, 4), draw.between(1, 11), draw.between(1, 28)))
        a_post = n < a_posts
        record = kept(
            name=name,
            roles="officer",
            unit="劳动保障监察大队"
            if a_post
            else draw.pick(("仲裁院", "行政审批科", "社保中心", "就业中心")),
        )
        record |= {"post": "a" if a_post else "b", "post_from": since.isoformat(), "approved": 1, "linked": 1}
        record |= {"certificate_no": f"{desk.region}执法{n + 1:04d}", "certificate_from": since.isoformat()}
        made.append({**record, "certificate_expires": date(since.year + 5, 12, 31).isoformat()})
    return made


MATTERS = (
    "社会保险参保登记", "养老保险关系转移接续", "失业登记", "就业困难人员认定", "创业担保贷款申请", "职业技能等级认定",
    "职称评审申报", "流动人员人事档案管理", "工伤认定申请", "劳动能力鉴定申请", "失业保险待遇申领", "养老待遇申领",
    "工伤待遇申领", "社会保险补贴申领", "就业见习补贴申领", "稳岗返还申领", "社会保障卡服务", "劳动用工备案",
    "集体合同审查", "劳务派遣经营许可", "人力资源服务许可", "民办职业培训学校审批", "特殊工时审批", "人才引进申请",
    "人才补贴申领", "高校毕业生就业服务", "劳动人事争议仲裁申请",
)  # fmt: skip
STEPS = ("办理", "变更", "注销", "查询", "证明打印", "补办", "咨询")
KINDS = {"许可": "permit", "审批": "permit", "认定": "confirmation", "申领": "payment"}


def services(desk: Desk, number: int, since: date) -> list[Record]:
    """So many items of government service."""
    names = [f"{matter}（{step}）" for step in STEPS for matter in MATTERS][:number]
    assert len(names) == number
    made = []
    for name in names:
        kind = next((kind for word, kind in KINDS.items() if word in name), "service")
        made.append(kept(name=name, kind=kind, service=1, valid_from=since.isoformat(), unit="行政审批科"))
    return made


def powers(names: Mapping[str, str], since: date) -> list[Record]:
    """Powers to penalise by breach, as penalties name them."""
    day = since.isoformat()
    return [
        kept(name=name, kind="penalty", service=0, valid_from=day, unit="劳动保障监察大队")
        for name in names.values()
    ]
