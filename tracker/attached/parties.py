"""The parties of a case one by one, with what the documents sent to them need."""

from tracker.attached.head import BY_RECORD, HEAD
from tracker.i18n import N_
from tracker.schema.fields import Choice, CreditCode, Day, IdNumber, Money, Name, Text, codes
from tracker.schema.ledger import Ledger

PARTIES = Ledger(
    name="parties",
    label=N_("Parties of a case"),
    short=N_("Parties"),
    section=N_("Of a record"),
    icon="user",
    record=N_("party"),
    number="name",
    attached=True,
    columns=("role", "name", "kind", "id_number", "credit_code", "phone", "address"),
    indexes=(*BY_RECORD, ("name", "of", "record")),
    typed=(
        *HEAD,
        Choice(key="role", label=N_("Role"), required=True, default="applicant", codes=codes(
            ("applicant", N_("Applicant"), ("申请方",)), ("respondent", N_("Respondent"), ("被申请方",)),
            ("third", N_("Third party")), ("petitioner", N_("Petitioner")), ("employer", N_("Employer"), ("单位",)),
            ("complainant", N_("Complainant"), ("投诉举报人",)), ("other", N_("Other")))),
        Choice(key="kind", label=N_("Person or firm"), default="person", codes=codes(
            ("person", N_("Individual"), ("人员", "自然人")), ("firm", N_("Firm or body"), ("企业", "法人")))),
        Name(key="name", label=N_("Name of the party"), required=True, width=20),
        Choice(key="sex", label=N_("Sex"), codes=codes(("male", N_("Male")), ("female", N_("Female"))), width=6),
        Day(key="born_on", label=N_("Born on")),
        IdNumber(key="id_number", label=N_("Identity number")),
        CreditCode(key="credit_code", label=N_("Unified social credit code")),
        Text(key="phone", label=N_("Telephone"), personal=True, width=16),
        Text(key="address", label=N_("Address"), width=30),
        Text(key="representative", label=N_("Legal representative"), width=16),
        Text(key="agent", label=N_("Agent"), width=16),
        Text(key="agent_phone", label=N_("Agent's telephone"), personal=True, width=16),
        Money(key="claim_amount", label=N_("Amount claimed")),
    ),
)  # fmt: skip
