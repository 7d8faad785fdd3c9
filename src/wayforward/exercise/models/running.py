"""Running the exercise: who is there when, meetings with their actions, and workshops."""

from wayforward.exercise.models.plan import Workstream
from wayforward.exercise.models.terms import GovernanceGroup, Section
from wayforward.records.base import Record
from wayforward.records.fields import Day, LongText, Number, RecordRef, Reference, ShortText, Whole


class CalendarEntry(Record):
    """How many days a week a role gives to the exercise, from one day to another; nought where it is away."""

    stem = "calendar_entries"

    role = ShortText("Who", required=True, help_text="A role, as it owns work packages.")
    starts = Day("From", required=True)
    ends = Day("To", required=True)
    days_a_week = Number("Days a week", required=True, unit="days", least=0, most=7, decimal_places=1)
    note = ShortText("Note", help_text="Such as leave, or a court appearance; no names.")


class Meeting(Record):
    """A meeting that was held or is to be, with its minutes."""

    stem = "meetings"

    name = ShortText("Meeting", required=True)
    group = Reference(GovernanceGroup, "Group")
    held = Day("Held on", required=True)
    present = LongText("Present", help_text="As roles.")
    minutes = LongText("Minutes")


class Action(Record):
    """Something that somebody is to do by a day."""

    stem = "actions"

    name = ShortText("Action", required=True)
    meeting = Reference(Meeting, "Agreed at")
    about = RecordRef("About")
    owner = ShortText("Owner", required=True, help_text="A role.")
    raised = Day("Raised")
    due = Day("Due")
    done = Day("Done")


class Workshop(Record):
    """A workshop of the exercise: who led it, who came, and what came of it."""

    stem = "workshops"

    name = ShortText("Workshop", required=True)
    workstream = Reference(Workstream, "Workstream")
    section = Reference(Section, "For section")
    held = Day("Held on")
    led_by = ShortText("Led by", help_text="A role.")
    invited = ShortText("Invited", help_text="As roles.")
    attended = Whole("Attended", unit="people")
    outcome = LongText("What came of it")
