"""Cases handed to the police, a court or another office, and cases handed over within the office (案件移送和执法交接)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.fields import Choice, Count, Day, Link, Money, Number, Text, codes
from tracker.schema.filters import All, Empty, Filled
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore, Unlikely

SENDING, SUBJECT, RESULT = N_("Sending"), N_("Case handed over"), N_("Receipt and result")

REFERRALS = Ledger(
    name="referrals",
    label=N_("Cases referred and handed over"),
    short=N_("Referrals"),
    section=N_("Labour security supervision"),
    icon="referrals",
    record=N_("referral"),
    number="referral_no",
    number_pattern="{region}人社移〔{year}〕{n}号",
    day="sent_on",
    columns=("referral_no", "party", "sent_on", "receive_by", "received_on", "result", "closed_on", "kind", "recipient", "receiver"),
    agenda=Agenda(
        people=("handler",),
        open=Empty("closed_on"),
        waiting=(
            Waiting(key="receipt", label=N_("Have the receipt confirmed"), when=All((Empty("received_on"), Empty("closed_on"))), since="sent_on", by="receive_by"),
        ),
    ),
    indexes=(("sent_on", "kind", "recipient", "receive_by", "received_on"),),
    typed=(
        Number(key="referral_no", label=N_("Referral letter no."), also=("编号", "文号", "移送编号", "移送函文号"), group=SENDING, required=True, width=24),
        Day(key="sent_on", label=N_("Sent on"), also=("移送时间", "日期", "发函日期"), group=SENDING, required=True, carry=True),
        Choice(key="kind", label=N_("Kind of referral"), also=("类型", "移送类别"), group=SENDING, required=True, prefill="referral", carry=True, codes=codes(
            ("referral", N_("Referral of a case"), ("移送", "案件移送")), ("handover", N_("Handover of enforcement"), ("交接", "执法交接", "内部移交")), ("assistance", N_("Request for assistance"), ("协查", "协助函")))),
        Choice(key="recipient", label=N_("Handed to"), also=("接收单位类型", "移送对象", "移送机关"), group=SENDING, required=True, carry=True, codes=codes(
            ("police", N_("Police"), ("公安", "公安局")), ("court", N_("Court"), ("法院",)), ("procuratorate", N_("Procuratorate"), ("检察院",)),
            ("office", N_("Another office"), ("其他部门", "住建", "市场监管", "综合执法")), ("area", N_("Another area's supervision"), ("异地监察机构", "外地")),
            ("arbitration", N_("Arbitration commission"), ("仲裁委",)), ("internal", N_("Unit within the office"), ("内设机构", "内部科室")))),
        Text(key="receiver", label=N_("Name of the receiver"), also=("接收单位", "接收部门", "移送单位", "移送部门"), group=SENDING, suggest=True, carry=True, width=22),
        Text(key="handler", label=N_("Handled by"), also=("经办人", "移送人"), group=SENDING, suggest=True, carry=True),
        Text(key="party", label=N_("Party of the case"), also=("当事人", "单位名称", "涉案单位", "用人单位"), group=SUBJECT, suggest=True, names="employers", width=30),
        Text(key="matter", label=N_("Matter handed over"), also=("事项", "移送事由", "案由", "移送内容"), group=SUBJECT, required=True, suggest=True, width=28),
        Count(key="workers", label=N_("Workers concerned"), also=("人数", "涉及劳动者人数"), group=SUBJECT, unit=N_("persons")),
        Money(key="amount", label=N_("Amount concerned"), also=("金额", "涉案金额"), group=SUBJECT),
        Link(key="arrears_case", label=N_("Arrears case"), group=SUBJECT, names="wage_arrears", paired=("party", "employer"), width=24),
        Link(key="penalty", label=N_("Decision concerned"), group=SUBJECT, names="penalties", paired=("party", "party"), width=24),
        Text(key="materials", label=N_("Papers handed over"), also=("材料", "材料清单"), group=SUBJECT, width=20),
        Day(key="receive_by", label=N_("To be received by"), also=("回复期限",), group=RESULT, help=N_("As the rules of the handover ask; it is typed.")),
        Day(key="received_on", label=N_("Receipt confirmed on"), also=("接收时间", "签收日期"), group=RESULT),
        Choice(key="result", label=N_("Result of the referral"), also=("结果", "处理结果"), group=RESULT, codes=codes(
            ("accepted", N_("Taken over"), ("接收", "已接收", "受理")), ("filed", N_("Case opened"), ("已立案", "刑事立案")), ("not_filed", N_("No case opened"), ("不立案",)), ("returned", N_("Sent back"), ("退回补充", "退查")))),
        Day(key="closed_on", label=N_("Result known on"), also=("办结日期", "结果时间", "回复日期"), group=RESULT),
    ),
    rules=(
        NotBefore("receive_by", "sent_on", warning=True),
        NotBefore("received_on", "sent_on", warning=True),
        NotBefore("closed_on", "sent_on", warning=True),
        Unlikely("received_on", All((Filled("result"), Empty("received_on"))), N_("A result is given, but not the day of receipt.")),
    ),
)  # fmt: skip
