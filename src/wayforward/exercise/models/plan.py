"""The plan: stages, milestones, workstreams, work packages and the information asked for."""

from wayforward.exercise.models.terms import Section
from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Number,
    Reference,
    ShortText,
    Whole,
    YesNo,
)

STATES = [
    ("not started", "Not started"),
    ("in progress", "In progress"),
    ("done", "Done"),
    ("stopped", "Stopped"),
]


class Stage(Record):
    """A stage of the exercise, with its dates."""

    stem = "stages"

    name = ShortText("Stage", required=True)
    starts = Day("Starts", required=True)
    ends = Day("Ends", required=True)
    work = LongText("What is done")


class Milestone(Record):
    """A date by which something must be there."""

    stem = "milestones"

    stage = Reference(Stage, "Stage")
    name = ShortText("Milestone", required=True)
    due = Day("Due", required=True)
    done = Day("Done")


class Workstream(Record):
    """A stream of the work, led by a single point of contact."""

    stem = "workstreams"

    name = ShortText("Workstream", required=True)
    contact = ShortText("Single point of contact", help_text="The role that answers for it.")
    covers = LongText("What it covers")


class WorkPackage(Record):
    """A piece of work with an owner, dates and effort."""

    stem = "work_packages"

    workstream = Reference(Workstream, "Workstream", required=True)
    stage = Reference(Stage, "Stage")
    name = ShortText("Work package", required=True)
    owner = ShortText("Owner", help_text="A role.")
    starts = Day("Starts", required=True)
    ends = Day("Ends", required=True)
    team_effort = Number("Team effort", unit="days", least=0)
    consultant_effort = Number("Consultant effort", unit="days", least=0)
    consultant_cost = Money("Consultant cost")
    state = Choice("State", choices=STATES, required=True)
    finished = Day("Finished", help_text="The last day of work on it, once it is done.")


class WorkPackageOrder(Record):
    """One work package that can't start until another has finished."""

    stem = "work_package_order"

    package = Reference(WorkPackage, "Work package", required=True)
    after = Reference(WorkPackage, "Comes after", required=True)


class InformationRequest(Record):
    """Information asked for, when it is promised, and what is done without it."""

    stem = "information_requests"

    name = ShortText("What is asked for", required=True)
    asked_of = ShortText("Asked of", help_text="A role.")
    owner = ShortText("Chased by", help_text="The role that asks, and asks again.")
    workstream = Reference(Workstream, "Workstream")
    section = Reference(Section, "Needed for section")
    asked = Day("Asked")
    promised = Day("Promised")
    chased = Day("Last chased")
    received = Day("Received")
    never_known = YesNo("Never known", help_text="Yes where nobody could say: the report says so.")
    lead_days = Whole("Lead time", unit="days")
    fallback = LongText("Fallback", help_text="What is done if it does not come.")
