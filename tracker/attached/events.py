"""Events of a case (进程): what happened on which day; statutory clocks are derived from them."""

from tracker.attached.head import BY_RECORD, HEAD
from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, Day, Name, Text, codes
from tracker.schema.filters import All, Empty, Is, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Needs, NotBefore, Unlikely

KINDS = codes(
    ("acceptance", N_("Acceptance")),
    ("supplement", N_("Missing material handed in"), ("补正",)),
    ("service", N_("Service of documents")),
    ("hearing", N_("Hearing")),
    ("suspension", N_("Suspension"), ("中止",)),
    ("announcement", N_("Service by public announcement"), ("公告送达", "公告")),
    ("added_party", N_("Party added"), ("追加当事人", "追加第三人")),
    ("changed_claim", N_("Claim added or changed"), ("变更请求", "增加请求")),
    ("counterclaim", N_("Counter-claim joined"), ("反申请",)),
    ("transferred_in", N_("Received by transfer of jurisdiction"), ("移送管辖", "移送")),
    ("extension", N_("Extension approved"), ("延期", "延长")),
    ("investigated", N_("Investigation ended"), ("调查终结",)),
    ("appraisal", N_("Appraisal"), ("鉴定",)),
    ("closing", N_("Closing")),
    ("archiving", N_("Archiving")),
    ("note", N_("Note")),
)

EVENT = N_("Event")
LASTING = OneOf("kind", ("suspension", "announcement", "appraisal"))

EVENTS = Ledger(
    name="events",
    label=N_("Events of a case"),
    short=N_("Events"),
    section=N_("Of a record"),
    icon="clock",
    record=N_("event"),
    number="title",
    day="happened_on",
    attached=True,
    columns=("happened_on", "kind", "title", "until", "days", "approved_by", "place"),
    indexes=(*BY_RECORD, ("kind", "happened_on")),
    typed=(
        *HEAD,
        Choice(key="kind", label=N_("Kind of event"), group=EVENT, required=True, codes=KINDS, width=16),
        Day(key="happened_on", label=N_("Day"), also=("时间", "日期"), group=EVENT, required=True, moment=True, help=N_("Of a suspension or an announcement its first day; of a hearing with its time.")),
        Day(key="until", label=N_("Until"), group=EVENT, only_when=LASTING, help=N_("The last day that is not counted; empty as long as it goes on.")),
        Count(key="days", label=N_("Days added"), group=EVENT, unit=N_("days"), only_when=Is("kind", "extension"), help=N_("Empty: as many as the law allows.")),
        Text(key="approved_by", label=N_("Approved by"), group=EVENT, suggest=True, only_when=OneOf("kind", ("extension", "suspension"))),
        Text(key="reason", label=N_("Reason of the suspension"), also=("原因", "中止事由", "事由"), group=EVENT, suggest=True, width=24, only_when=Is("kind", "suspension")),
        Text(key="place", label=N_("Place"), also=("地点",), group=EVENT, suggest=True, only_when=OneOf("kind", ("hearing", "service", "announcement"))),
        Name(key="title", label=N_("What happened"), also=("内容", "事项"), group=EVENT, required=True, width=24, help=N_("The kind, until something else is written.")),
    ),
    rules=(
        NotBefore("until", "happened_on"),
        Needs("until", "happened_on"),
        Unlikely("approved_by", All((Is("kind", "extension"), Empty("approved_by"))), N_("An extension without anyone who approved it is doubtful; enter who did.")),
        Unlikely("reason", All((Is("kind", "suspension"), Empty("reason"))), N_("A suspension needs one of the reasons of the rules (Art 47), which its notice tells; enter it.")),
    ),
)  # fmt: skip
