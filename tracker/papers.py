"""The documents that a bureau makes of its cases (文书), in the order in which a case needs them."""

from __future__ import annotations

from tracker.i18n import N_
from tracker.schema.filters import AnyOf, Empty, Filled, Is, OneOf
from tracker.schema.paper import Paper

AWARDED = OneOf("closing_method", ("final_award", "award"))
ARBITRATION, MEDIATION, PETITION, SUPERVISION = (
    ("disputes",),
    ("mediations",),
    ("petitions",),
    ("wage_arrears", "inspections"),
)
HEARD = "hearing.happened_on|heard_on"

PAPERS: tuple[Paper, ...] = (
    Paper(key="acceptance", label=N_("Notice of acceptance"), ledgers=ARBITRATION, when=Filled("accepted_on"),
          needs=("office.commission", "accepted_on", "applicant.name")),
    Paper(key="refusal", label=N_("Notice of non-acceptance"), ledgers=ARBITRATION, when=Filled("refused_on"),
          needs=("office.commission", "refused_on", "applicant.name")),
    Paper(key="response", label=N_("Notice to respond"), ledgers=ARBITRATION, when=Filled("accepted_on"),
          needs=("office.commission", "accepted_on", "respondent.address", "respondent.representative")),
    Paper(key="evidence", label=N_("Notice to produce evidence"), ledgers=ARBITRATION, when=Filled("accepted_on"),
          needs=("office.commission", "accepted_on",)),
    Paper(key="tribunal", label=N_("Notice of the tribunal's composition"), ledgers=ARBITRATION, when=Filled("arbitrator"),
          needs=("office.commission", "arbitrator", "clerk")),
    Paper(key="hearing", label=N_("Notice of hearing"), ledgers=ARBITRATION, when=Filled("accepted_on"),
          needs=("office.commission", HEARD, "hearing.place", "arbitrator")),
    Paper(key="extension", label=N_("Notice of extension"), ledgers=ARBITRATION, when=Is("extended", 1),
          needs=("office.commission", "accepted_on", "due_on")),
    Paper(key="suspension", label=N_("Notice of suspension"), ledgers=("disputes",), after="suspension",
          needs=("office.commission", "suspension.happened_on", "suspension.reason|suspension.remarks")),
    Paper(key="mediation_record", label=N_("Record of mediation"), ledgers=("disputes", "mediations"),
          needs=("applicant.name", "respondent.name")),
    Paper(key="mediation_statement", label=N_("Mediation statement"), ledgers=ARBITRATION, when=Is("closing_method", "mediation"),
          needs=("office.commission", "closed_on", "applicant.id_number", "applicant.address", "respondent.address", "respondent.representative", "settled_amount", "arbitrator")),
    Paper(key="award", label=N_("Award, head and end"), ledgers=ARBITRATION, when=AWARDED,
          needs=("office.commission", "closed_on", "applicant.id_number", "applicant.address", "respondent.address", "respondent.representative", "arbitrator")),
    Paper(key="withdrawal", label=N_("Decision on withdrawal"), ledgers=ARBITRATION, when=OneOf("closing_method", ("withdrawal", "deemed_withdrawal")),
          needs=("office.commission", "closed_on", "arbitrator")),
    Paper(key="mediation_acceptance", label=N_("Notice that mediation begins"), ledgers=MEDIATION, when=Filled("accepted_on"),
          needs=("accepted_on", "organisation")),
    Paper(key="mediation_agreement", label=N_("Mediation agreement"), ledgers=MEDIATION, when=OneOf("outcome", ("agreed", "settled")),
          needs=("closed_on", "applicant.id_number", "respondent.representative", "settled_amount", "mediator")),
    Paper(key="petition_acceptance", label=N_("Notice that a petition is taken up"), ledgers=PETITION, when=Is("decision", "accepted"),
          needs=("petitioner.name", "decided_on")),
    Paper(key="petition_refusal", label=N_("Notice that a petition is not taken up"), ledgers=PETITION, when=Is("decision", "not_accepted"),
          needs=("petitioner.name", "decided_on")),
    Paper(key="petition_transfer", label=N_("Notice that a petition is passed on"), ledgers=PETITION, when=Is("decision", "transferred"),
          needs=("petitioner.name", "decided_on")),
    Paper(key="petition_reply", label=N_("Reply to a petition"), ledgers=PETITION, when=AnyOf((Filled("closed_on"), Is("decision", "accepted"))),
          needs=("petitioner.name", "handler")),
    Paper(key="petition_extension", label=N_("Notice that a petition takes longer"), ledgers=PETITION, when=Is("extended", 1),
          needs=("petitioner.name", "due_on")),
    Paper(key="inquiry", label=N_("Notice of inquiry"), ledgers=SUPERVISION, when=Empty("closed_on"),
          needs=("employer.name",)),
    Paper(key="rectification", label=N_("Order to rectify within a time"), ledgers=SUPERVISION, when=Empty("closed_on"),
          needs=("employer.name", "employer.address")),
    Paper(key="penalty_notice", label=N_("Notice before a penalty"), ledgers=("penalties",), when=Empty("decided_on"),
          needs=("party", "facts", "basis", "amount")),
    Paper(key="penalty_decision", label=N_("Decision on a penalty"), ledgers=("penalties",), when=Filled("decided_on"),
          needs=("party", "credit_code", "facts", "basis", "amount", "decided_on")),
    Paper(key="receipt", label=N_("Service receipt"), ledgers=("disputes", "petitions", "wage_arrears", "inspections", "penalties")),
)  # fmt: skip

BY_KEY = {paper.key: paper for paper in PAPERS}
