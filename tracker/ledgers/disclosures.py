"""Information made public, of the office's own accord or on application (政府信息公开)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Choices, Count, Day, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, Is
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Needs, NotBefore, OnlyWith, Unlikely

ITEM, PUBLIC, ASKED, ANSWER = N_("Disclosure"), N_("Of its own accord"), N_("On application"), N_("Answer")

PROACTIVE, APPLIED = Is("kind", "proactive"), Is("kind", "application")

DISCLOSURES = Ledger(
    name="disclosures",
    label=N_("Openness of government information"),
    short=N_("Disclosures"),
    section=N_("Permits and openness"),
    icon="disclosures",
    record=N_("disclosure"),
    number="item_no",
    number_pattern="{region}人社公开〔{year}〕{n}号",
    day="received_on",
    columns=("item_no", "title", "received_on", "kind", "due_on", "answered_on", "result", "applicant", "category", "items"),
    agenda=Agenda(people=("handler",), open=All((APPLIED, Empty("answered_on")))),
    indexes=(("received_on", "kind", "category", "items", "answered_on"), ("answered_on",), ("due_on",)),
    typed=(
        Number(key="item_no", label=N_("Disclosure no."), also=("编号", "申请编号", "登记编号"), group=ITEM, required=True, width=26),
        Day(key="received_on", label=N_("Published or applied for on"), also=("公开日期", "收到申请日期", "申请日期", "发布日期", "收到日期", "公开时间", "日期"), group=ITEM, required=True, carry=True, width=16),
        Choice(key="kind", label=N_("Manner of disclosure"), also=("方式", "公开类型"), group=ITEM, required=True, prefill="proactive", carry=True, codes=codes(
            ("proactive", N_("Proactive"), ("主动",)), ("application", N_("By application"), ("依申请", "申请公开", "信息公开申请")))),
        Text(key="title", label=N_("Information"), also=("标题", "名称", "信息标题", "申请内容", "公开内容"), group=ITEM, required=True, width=36),
        Choice(key="category", label=N_("Category"), also=("类别", "信息类型", "栏目"), group=PUBLIC, carry=True, width=14, only_when=PROACTIVE, codes=codes(
            ("organisation", N_("Organisation and functions"), ("机构信息",)), ("policy", N_("Laws and policies"), ("政策文件", "法规文件")),
            ("procedure", N_("Procedures and flow charts"), ("经办流程图", "办事指南", "职权事项经办流程图")), ("permits", N_("Permit decisions"), ("许可公示",)),
            ("penalties", N_("Penalty decisions"), ("处罚公示", "双公示")), ("budget", N_("Budget and accounts"), ("预决算",)),
            ("personnel", N_("Personnel and recruitment"), ("人事信息",)), ("work", N_("News of the work"), ("动态信息",)), ("other", N_("Other")))),
        Count(key="items", label=N_("Items made public"), also=("条数", "数量", "信息条数"), group=PUBLIC, unit=N_("pieces"), minimum=1, default=1, only_when=PROACTIVE, help=N_("More than one where the record stands for a batch."), width=10),
        Choices(key="carriers", label=N_("Made public through"), also=("公开载体", "发布渠道", "渠道", "载体"), group=PUBLIC, carry=True, width=18, only_when=PROACTIVE, codes=codes(
            ("website", N_("Government website"), ("门户网站", "官网", "信息公开专栏")), ("wechat", N_("WeChat account"), ("微信", "微信公众号")), ("credit", N_("Credit website"), ("信用怀柔", "信用中国")),
            ("gazette", N_("Gazette"), ("公报",)), ("press", N_("Press"), ("报纸", "媒体")), ("board", N_("Notice board"), ("公示栏",)), ("other", N_("Other")))),
        Names(key="applicant", label=N_("Applicant"), also=("申请人姓名", "姓名", "申请人名称"), group=ASKED, suggest=True, width=16, only_when=APPLIED),
        Choice(key="applicant_kind", label=N_("Applicant is"), also=("申请人类型",), group=ASKED, only_when=APPLIED, codes=codes(
            ("citizen", N_("Citizen"), ("自然人", "个人")), ("organisation", N_("Legal person or organisation"), ("法人", "单位", "企业")))),
        Choice(key="channel", label=N_("Applied through"), also=("申请方式", "受理渠道", "申请渠道"), group=ASKED, only_when=APPLIED, codes=codes(
            ("onsite", N_("In person"), ("当面", "当面申请")), ("mail", N_("By post"), ("信函", "邮政寄送")), ("online", N_("Online"), ("网络", "电子邮件", "互联网")), ("fax", N_("By fax")))),
        Text(key="phone", label=N_("Telephone"), also=("电话", "联系方式", "手机号码"), group=ASKED, personal=True, only_when=APPLIED),
        Day(key="amended_on", label=N_("Amended application received on"), also=("补正日期",), group=ASKED, only_when=APPLIED, help=N_("The 20 working days run from this day.")),
        YesNo(key="extended", label=N_("Answer extended"), also=("是否延期", "延期"), group=ANSWER, only_when=APPLIED, help=N_("Adds 20 working days.")),
        Day(key="due_on", label=N_("Answer by"), group=ANSWER, derived=True),
        Day(key="answered_on", label=N_("Answered on"), also=("答复时间", "回复日期"), group=ANSWER, only_when=APPLIED),
        Choice(key="result", label=N_("Answered with"), also=("答复类型", "处理结果", "答复情况"), group=ANSWER, only_when=Filled("answered_on"), codes=codes(
            ("granted", N_("Disclosed"), ("公开", "全部公开")), ("partial", N_("Disclosed in part")), ("refused", N_("Not disclosed")),
            ("not_held", N_("Cannot be provided"), ("不掌握", "信息不存在")), ("not_handled", N_("Not dealt with")), ("other", N_("Dealt with otherwise"), ("其他",)))),
        Text(key="handler", label=N_("Handled by"), also=("经办人", "承办科室"), group=ANSWER, suggest=True, carry=True),
    ),
    rules=(
        OnlyWith("answered_on", APPLIED, warning=True),
        Needs("result", "answered_on", warning=True),
        NotBefore("answered_on", "received_on", warning=True),
        NotBefore("amended_on", "received_on", warning=True),
        Unlikely("applicant", All((APPLIED, Empty("applicant"))), N_("An application needs the applicant's name (Regulations on Open Government Information, Art 29).")),
        Unlikely("result", All((Filled("answered_on"), Empty("result"))), N_("The application is answered, but with what is not said.")),
    ),
    events=("service", "extension", "closing", "note"),
    dated=(("result", "answered_on"),),
    clocks=(
        Clock(
            key="answer",
            label=N_("Answer within 20 working days"),
            starts=(Start(field="amended_on"), Start(field="received_on")),
            days=20,
            working=True,
            extension=("extended", 20),
            approvals="extension",
            never=PROACTIVE,
            stopped_by=("answered_on",),
            basis="《政府信息公开条例》第三十条、第三十三条",
        ),
    ),
)  # fmt: skip
