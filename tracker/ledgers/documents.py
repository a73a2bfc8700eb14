"""Normative documents and rules of the office: issued, reviewed, repealed, expired (规范性文件)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Day, Link, Number, Text, codes
from tracker.schema.filters import All, Empty, Filled, Is, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore, Unlikely

ISSUE, VALIDITY, CLEARING = N_("Making"), N_("Validity"), N_("Clearing")

ENDED = OneOf("status", ("repealed", "expired"))

DOCUMENTS = Ledger(
    name="documents",
    label=N_("Normative documents"),
    short=N_("Documents"),
    section=N_("Litigation and review"),
    icon="documents",
    record=N_("normative document"),
    number="document_no",
    number_pattern="{region}人社规〔{year}〕{n}号",
    day="issued_on",
    columns=("document_no", "title", "issued_on", "kind", "status", "valid_until", "ended_on", "department", "reviewed_on"),
    indexes=(("issued_on", "kind"), ("reviewed_on", "status"), ("ended_on",)),
    typed=(
        Number(key="document_no", label=N_("Document no."), also=("文件编号", "发文字号", "发文文号", "文件文号", "编号"), group=ISSUE, required=True, width=24),
        Day(key="issued_on", label=N_("Issued on"), also=("发文日期", "印发时间", "制发日期", "成文日期", "日期"), group=ISSUE, required=True),
        Text(key="title", label=N_("Title of the document"), also=("标题", "文件标题", "名称"), group=ISSUE, required=True, width=40),
        Choice(key="kind", label=N_("Kind of document"), also=("类别", "文件类型"), group=ISSUE, prefill="normative", carry=True, codes=codes(
            ("normative", N_("Administrative normative document"), ("规范性文件",)), ("internal", N_("Internal rule"), ("制度文件", "制度")),
            ("policy", N_("Policy document"), ("政策文件",)), ("other", N_("Other")))),
        Choice(key="action", label=N_("Made as"), also=("类型", "制定类型"), group=ISSUE, prefill="new", codes=codes(
            ("new", N_("Newly made"), ("制定", "新出台")), ("revised", N_("Revision"), ("修改",)))),
        Text(key="department", label=N_("Drafting section"), also=("起草单位", "制定科室", "责任科室"), group=ISSUE, suggest=True, carry=True, width=18),
        Link(key="review", label=N_("Legal review of it"), also=("审查编号",), group=ISSUE, names="legal_reviews", width=22),
        Day(key="published_on", label=N_("Made public on"), also=("公开日期", "公布时间", "发布日期"), group=ISSUE),
        Day(key="filed_on", label=N_("Sent for the record on"), also=("备案日期", "报备日期"), group=ISSUE, help=N_("Within 15 days of being made public.")),
        Day(key="effective_on", label=N_("In force from"), also=("生效日期", "实施日期", "施行时间"), group=VALIDITY),
        Day(key="valid_until", label=N_("In force until"), also=("有效期", "有效期限"), group=VALIDITY),
        Choice(key="status", label=N_("Status"), also=("效力", "文件状态", "有效性", "清理结果", "清理意见"), group=VALIDITY, default="in_force", codes=codes(
            ("in_force", N_("In force"), ("有效", "继续有效", "保留")), ("revise", N_("To be revised"), ("修改", "需修改")),
            ("repealed", N_("Repealed"), ("已废止", "宣布废止")), ("expired", N_("Expired"), ("已失效", "宣布失效")))),
        Day(key="reviewed_on", label=N_("Cleared on"), also=("清理时间",), group=CLEARING),
        Day(key="ended_on", label=N_("Ended on"), also=("废止日期", "失效日期"), group=CLEARING, only_when=ENDED),
        Text(key="ended_by", label=N_("Ended by"), also=("废止文件",), group=CLEARING, only_when=ENDED, suggest=True, carry=True, width=24),
    ),
    rules=(
        NotBefore("published_on", "issued_on", warning=True),
        NotBefore("filed_on", "issued_on", warning=True),
        NotBefore("effective_on", "issued_on", warning=True),
        NotBefore("valid_until", "effective_on", warning=True),
        NotBefore("reviewed_on", "issued_on", warning=True),
        NotBefore("ended_on", "issued_on", warning=True),
        Unlikely("review", All((Is("kind", "normative"), Is("action", "new"), Empty("review"))), N_("No review of legality is named; without one a normative document must not be submitted (State Council Office 2018 No. 37).")),
        Unlikely("ended_on", All((ENDED, Empty("ended_on"))), N_("It is no longer in force, but since when is not said.")),
        Unlikely("status", All((Filled("ended_on"), Is("status", "in_force"))), N_("A day of ending is given, but the status is still in force.")),
    ),
)  # fmt: skip
