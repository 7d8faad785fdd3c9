"""The terms of reference: what is asked, by whom, by when, with what, and in which sections."""

from django.db import models

from wayforward.records.base import MARKINGS, Record, Versioned
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Number,
    ShortText,
    Whole,
    YearField,
    YesNo,
)


class Exercise(Versioned):
    """The exercise: one row that says what was asked, by whom, by when and with what."""

    stem = "exercise"
    changed_by = "terms"

    title = ShortText("Title", required=True)
    organisation = ShortText("Organisation", required=True)
    purpose = LongText("Purpose", required=True)
    sponsor = ShortText("Sponsor", required=True, help_text="The role that asked and will decide.")
    director = ShortText("Director", help_text="The role that runs the exercise.")
    adviser = ShortText("Adviser", help_text="The outside adviser, where there is one.")
    decision_asked = LongText("Decision asked for", help_text="What the report asks the sponsor.")
    starts = Day("Starts", required=True)
    report_due = Day("Report due", required=True)
    signoff_due = Day("Sign-off due", required=True)
    status_date = Day("Status date", help_text="The day the figures stand at; blank: today.")
    knowledge_date = Day("Knowledge date", help_text="Nothing measured later may be used.")
    budget = Money("Budget for the exercise", help_text="In pounds, without expenses.")
    consultant_days = Number("Consultant days", unit="days", least=0)
    team_days = Number(
        "Team days for baselining", unit="days", least=0, help_text="Sets the cut-off of services."
    )
    edition = ShortText("Edition", required=True, max_length=60, help_text="Of the parameters.")
    seed = Whole("Seed", required=True, most=2_147_483_647)
    price_year = YearField("Price base", required=True, help_text="The year of all real prices.")
    first_year = YearField("First year appraised", required=True)
    years = Whole("Years appraised", required=True, least=1, most=100, unit="years")
    handling = Choice("Handling marking", required=True, choices=MARKINGS)
    notice = LongText("Notice", help_text="Shown on every page, such as that this is a reconstruction.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code"], name="exercise_code_once"),)

    @property
    def reference(self) -> str:
        return "exercise"


class Objective(Record):
    """Something the terms of reference ask the exercise to do."""

    stem = "objectives"
    changed_by = "terms"

    name = ShortText("Objective", required=True)
    text = LongText("In full")
    answered_in = ShortText("Answered in", help_text="Codes of the sections that answer it.")


class Section(Record):
    """A section that the report must have, with the narrative that people write for it."""

    stem = "sections"
    changed_by = "write"
    narrative = "body"

    number = Whole("Number", required=True, least=1, most=99)
    title = ShortText("Title", required=True)
    question = LongText("Question it answers")
    owner = ShortText("Owner", help_text="The role that writes it.")
    body = LongText("Narrative", help_text="Markdown; figures are quoted by key, never typed.")


class GovernanceGroup(Record):
    """A group that steers, reviews or does the work, now or after the decision."""

    stem = "governance_groups"

    name = ShortText("Group", required=True)
    role = LongText("What it does")
    members = LongText("Members", help_text="As roles.")
    meets = ShortText("Meets")
    after_decision = YesNo("After the decision", required=True)
