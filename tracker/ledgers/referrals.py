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
    columns=("referral_no", "sent_on", "kind", "recipient", "receiver", "party", "receive_by", "received_on", "result", "closed_on"),
    agenda=Agenda(
        people=("handler",),
        waiting=(
            Waiting(key="receipt", label=N_("Have the receipt confirmed"), when=All((Empty("received_on"), Empty("closed_on"))), since="sent_on", by="receive_by"),
        ),
    ),
    indexes=(("sent_on", "kind", "recipient", "receive_by", "received_on"),),
    typed=(
        Number(key="referral_no", label=N_("Referral letter no."), group=SENDING, required=True, width=24),
        Day(key="sent_on", label=N_("Sent on"), group=SENDING, required=True, carry=True),
        Choice(key="kind", label=N_("Kind of referral"), group=SENDING, required=True, prefill="referral", carry=True, codes=codes(
            ("referral", N_("Referral of a case"), ("移送", "案件移送")), ("handover", N_("Handover of enforcement"), ("交接", "执法交接", "内部移交")), ("assistance", N_("Request for assistance"), ("协查", "协助函")))),
        Choice(key="recipient", label=N_("Handed to"), group=SENDING, required=True, carry=True, codes=codes(
            ("police", N_("Police"), ("公安", "公安局")), ("court", N_("Court"), ("法院",)), ("procuratorate", N_("Procuratorate"), ("检察院",)),
            ("office", N_("Another office"), ("其他部门", "住建", "市场监管", "综合执法")), ("area", N_("Another area's supervision"), ("异地监察机构", "外地")),
            ("arbitration", N_("Arbitration commission"), ("仲裁委",)), ("internal", N_("Unit within the office"), ("内设机构", "内部科室")))),
        Text(key="receiver", label=N_("Name of the receiver"), group=SENDING, suggest=True, carry=True, width=22),
        Text(key="handler", label=N_("Handled by"), group=SENDING, suggest=True, carry=True),
        Text(key="party", label=N_("Party of the case"), group=SUBJECT, suggest=True, names="employers", width=30),
        Text(key="matter", label=N_("Matter handed over"), group=SUBJECT, required=True, suggest=True, width=28),
        Count(key="workers", label=N_("Workers concerned"), group=SUBJECT, unit=N_("persons")),
        Money(key="amount", label=N_("Amount concerned"), group=SUBJECT),
        Link(key="arrears_case", label=N_("Arrears case"), group=SUBJECT, names="wage_arrears", paired=("party", "employer"), width=24),
        Link(key="penalty", label=N_("Decision concerned"), group=SUBJECT, names="penalties", paired=("party", "party"), width=24),
        Text(key="materials", label=N_("Papers handed over"), group=SUBJECT, width=20),
        Day(key="receive_by", label=N_("To be received by"), group=RESULT, help=N_("As the rules of the handover ask; it is typed.")),
        Day(key="received_on", label=N_("Receipt confirmed on"), group=RESULT),
        Choice(key="result", label=N_("Result of the referral"), group=RESULT, codes=codes(
            ("accepted", N_("Taken over"), ("接收", "已接收", "受理")), ("filed", N_("Case opened"), ("已立案", "刑事立案")), ("not_filed", N_("No case opened"), ("不立案",)), ("returned", N_("Sent back"), ("退回补充", "退查")))),
        Day(key="closed_on", label=N_("Result known on"), group=RESULT),
    ),
    rules=(
        NotBefore("receive_by", "sent_on", warning=True),
        NotBefore("received_on", "sent_on", warning=True),
        NotBefore("closed_on", "sent_on", warning=True),
        Unlikely("received_on", All((Filled("result"), Empty("received_on"))), N_("A result is given, but not the day of receipt.")),
    ),
)  # fmt: skip
