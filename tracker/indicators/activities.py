"""Figures of study, training and publicity: sessions (场次), attendances (人次) and examinations."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, OneOf, both
from tracker.schema.indicator import Breakdown, Distinct, Indicator, Ratio, Sum, Total

SESSIONS, ATTENDANCES, VISITS, PERSONS = (
    N_("sessions"),
    N_("attendances"),
    N_("enterprise visits"),
    N_("persons"),
)
SITES, MONTHS, THEMES, COPIES, PERCENT = N_("sites"), N_("months"), N_("themes"), N_("copies"), "%"

HELD = All((InPeriod("held_on"),))
OWN_STUDY = both(
    HELD,
    Is("organiser", "own"),
    OneOf("kind", ("study_meeting", "lecture", "monthly_talk", "seminar", "training", "talk")),
)
CITY_TRAINING = both(HELD, Is("organiser", "city"), OneOf("kind", ("training", "lecture", "seminar")))
EXAMS = OneOf("kind", ("exam", "qualification_exam", "promotion_exam"))
OUTREACH = OneOf("kind", ("outreach", "project_outreach"))


def sessions(*parts: Condition) -> Sum:
    """Sessions held in the period that also meet these."""
    return Sum("sessions", both(HELD, *parts))


def kind(code: str, *parts: Condition) -> Sum:
    """Sessions of one kind."""
    return sessions(Is("kind", code), *parts)


def reached(field: str, *kinds: str) -> Sum:
    """Sum of a field over activities of these kinds."""
    return Sum(field, both(HELD, OneOf("kind", kinds)))


ACTIVITIES: tuple[Indicator, ...] = (
    Indicator(key="activities.sessions", label=N_("Sessions held"), unit=SESSIONS, measure=sessions(),
        definition=N_("Sessions of all activities of the period.")),
    Indicator(key="activities.people", label=N_("Attendances"), unit=ATTENDANCES, measure=Sum("people", HELD),
        definition=N_("Attendances at all activities of the period, viewers apart.")),
    Indicator(key="activities.study_meetings", label=N_("Study before meetings held"), unit=SESSIONS, measure=kind("study_meeting"),
        definition=N_("Study of the law before meetings of the office's leaders in the period.")),
    Indicator(key="activities.lectures", label=N_("Law lectures"), unit=SESSIONS, measure=kind("lecture"),
        definition=N_("Law lectures of the period, given or attended.")),
    Indicator(key="activities.monthly_talks", label=N_("Months with a lecture in the hall"), unit=MONTHS, measure=Distinct("held_on", both(HELD, Is("kind", "monthly_talk")), month=True),
        definition=N_("Different months of the period in which the knowledge lecture hall was held.")),
    Indicator(key="activities.seminars", label=N_("Seminars for leaders"), unit=SESSIONS, measure=kind("seminar"),
        definition=N_("Seminars on administration by law that leaders attended in the period.")),
    Indicator(key="activities.trainings", label=N_("Trainings of officers"), unit=SESSIONS, measure=kind("training", Is("organiser", "own")),
        definition=N_("Trainings of officers that the office itself organised in the period.")),
    Indicator(key="activities.training_people", label=N_("Attendances at trainings"), unit=ATTENDANCES, measure=Sum("people", both(HELD, Is("kind", "training"), Is("organiser", "own"))),
        definition=N_("Attendances at trainings that the office itself organised in the period.")),
    Indicator(key="activities.city_trainings", label=N_("Trainings by superior offices"), unit=SESSIONS, measure=Sum("sessions", CITY_TRAINING),
        definition=N_("Trainings, lectures and seminars of superior offices attended in the period.")),
    Indicator(key="activities.city_training_people", label=N_("Sent to trainings by superior offices"), unit=PERSONS, measure=Sum("people", CITY_TRAINING),
        definition=N_("People sent to trainings, lectures and seminars of superior offices in the period.")),
    Indicator(key="activities.self_study_people", label=N_("Attendances at the office's own study"), unit=ATTENDANCES, measure=Sum("people", OWN_STUDY),
        definition=N_("Attendances at study, lectures, training and talks that the office itself organised in the period, examinations apart.")),
    Indicator(key="activities.talks", label=N_("Case talks"), unit=SESSIONS, measure=kind("talk"),
        definition=N_("Case talks and lessons given by officers in the period.")),
    Indicator(key="activities.talk_people", label=N_("Officers who gave a talk"), unit=PERSONS, measure=reached("people", "talk"),
        definition=N_("Officers who gave a case talk in the period.")),
    Indicator(key="activities.exams", label=N_("Examinations held"), unit=SESSIONS, measure=sessions(EXAMS),
        definition=N_("Examinations of the period, those before promotion and for qualification among them.")),
    Indicator(key="activities.exam_people", label=N_("Sat an examination"), unit=PERSONS, measure=Sum("sat", both(HELD, EXAMS)),
        definition=N_("People who sat the examinations of the period.")),
    Indicator(key="activities.promotion_exams", label=N_("Examinations before promotion held"), unit=SESSIONS, measure=kind("promotion_exam"),
        definition=N_("Examinations before promotion held in the period.")),
    Indicator(key="activities.promotion_passed", label=N_("Completed the examination"), unit=PERSONS, measure=reached("passed", "promotion_exam", "exam"),
        definition=N_("People who passed the law examinations and those before promotion of the period.")),
    Indicator(key="activities.qualification_sat", label=N_("Sat the qualification examination"), unit=PERSONS, measure=reached("sat", "qualification_exam"),
        definition=N_("People who sat the qualification examinations of the period.")),
    Indicator(key="activities.qualification_passed", label=N_("Passed the qualification examination"), unit=PERSONS, measure=reached("passed", "qualification_exam"),
        definition=N_("People who passed the qualification examinations of the period.")),
    Indicator(key="activities.qualification_rate", label=N_("Pass rate of the qualification examination"), unit=PERCENT, measure=Ratio(reached("passed", "qualification_exam"), reached("sat", "qualification_exam")),
        definition=N_("People who passed, over people who sat the qualification examinations of the period.")),
    Indicator(key="activities.meetings", label=N_("Meetings on the rule of law held"), unit=SESSIONS, measure=kind("meeting"),
        definition=N_("Meetings and training conferences on the rule of law in the period.")),
    Indicator(key="activities.compliance", label=N_("Compliance trainings"), unit=SESSIONS, measure=kind("compliance"),
        definition=N_("Compliance trainings for employers held in the period.")),
    Indicator(key="activities.compliance_enterprises", label=N_("Enterprises at compliance trainings"), unit=VISITS, measure=reached("enterprises", "compliance"),
        definition=N_("Enterprises reached by the compliance trainings of the period, each time anew.")),
    Indicator(key="activities.project_outreach", label=N_("Publicity at sites"), unit=SESSIONS, measure=kind("project_outreach"),
        definition=N_("Sessions of publicity at construction sites in the period.")),
    Indicator(key="activities.project_sites", label=N_("Sites reached by publicity"), unit=SITES, measure=reached("sites", "project_outreach"),
        definition=N_("Construction sites reached by publicity in the period.")),
    Indicator(key="activities.outreach", label=N_("Publicity held"), unit=SESSIONS, measure=kind("outreach"),
        definition=N_("Sessions of publicity of the law held in the period, those at construction sites apart.")),
    Indicator(key="activities.outreach_people", label=N_("People reached by publicity"), unit=ATTENDANCES, measure=Sum("people", both(HELD, OUTREACH)),
        definition=N_("People reached by publicity of the law in the period.")),
    Indicator(key="activities.livestreams", label=N_("Livestreams held"), unit=SESSIONS, measure=kind("livestream"),
        definition=N_("Livestreams of the period.")),
    Indicator(key="activities.viewers", label=N_("Viewers of livestreams"), unit=ATTENDANCES, measure=reached("viewers", "livestream"),
        definition=N_("Viewers of the livestreams of the period.")),
    Indicator(key="activities.courses", label=N_("Online courses"), unit=N_("courses"), measure=kind("course"),
        definition=N_("Online courses published in the period.")),
    Indicator(key="activities.course_topics", label=N_("Themes of online courses"), unit=THEMES, measure=reached("topics", "course"),
        definition=N_("Themes of the online courses published in the period.")),
    Indicator(key="activities.offline_sessions", label=N_("Trainings on the spot"), unit=SESSIONS, measure=sessions(Is("mode", "offline"), OneOf("kind", ("training", "compliance", "outreach", "lecture"))),
        definition=N_("Trainings, compliance trainings, lectures and publicity held on the spot in the period.")),
    Indicator(key="activities.audience", label=N_("People and viewers reached"), unit=ATTENDANCES, measure=Total((Sum("people", HELD), Sum("viewers", HELD))),
        definition=N_("Attendances and viewers of all activities of the period.")),
    Indicator(key="activities.civil_code", label=N_("Sessions on the Civil Code"), unit=SESSIONS, measure=sessions(Is("law", "civil_code")),
        definition=N_("Sessions of the period on the Civil Code.")),
    Indicator(key="activities.constitution", label=N_("Sessions on the Constitution"), unit=SESSIONS, measure=sessions(Is("law", "constitution")),
        definition=N_("Sessions of the period on the Constitution.")),
    Indicator(key="activities.materials", label=N_("Materials handed out at activities"), unit=COPIES, measure=Sum("materials", HELD),
        definition=N_("Materials handed out at the activities of the period.")),
    Indicator(key="activities.by_kind", label=N_("Sessions by kind"), unit=SESSIONS, measure=Breakdown(sessions(), "kind"),
        definition=N_("Sessions of the period, by kind of activity.")),
    Indicator(key="activities.people_by_kind", label=N_("Attendances by kind"), unit=ATTENDANCES, measure=Breakdown(Sum("people", HELD), "kind"),
        definition=N_("Attendances of the period, by kind of activity.")),
)  # fmt: skip
