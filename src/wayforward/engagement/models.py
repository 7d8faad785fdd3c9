"""Engagement: who was asked, what they said, and the options that it shaped."""

from wayforward.options.models import Option
from wayforward.records.base import Record
from wayforward.records.fields import Choice, Day, Fraction, LongText, Reference, ShortText, Whole

AUDIENCES = [("public", "Public"), ("staff", "Staff"), ("partners", "Partners")]


class Engagement(Record):
    """A time when people were asked: by what method, how many, and from which population."""

    stem = "engagements"

    name = ShortText("Engagement", required=True)
    audience = Choice("Audience", choices=AUDIENCES, required=True)
    method = ShortText("Method")
    population = ShortText("Population", help_text="Whom the figures speak for.")
    held = Day("Held")
    invited = Whole("Invited", unit="people")
    answered = Whole("Answered", unit="people")
    note = LongText("Note")


class EngagementResult(Record):
    """The share of those asked who gave one answer."""

    stem = "engagement_results"

    engagement = Reference(Engagement, "Engagement", required=True)
    question = ShortText("Question", required=True)
    answer = ShortText("Answer", required=True)
    share = Fraction("Share")
    base = Whole("Number who answered", unit="people")

    @property
    def label(self) -> str:
        return f"{self.question}: {self.answer}"


class Theme(Record):
    """Something that people said, in words that many of them would own."""

    stem = "themes"

    engagement = Reference(Engagement, "Engagement", required=True)
    name = ShortText("Theme", required=True)
    detail = LongText("In full")
    people = Whole("How many said it", unit="people")
    why_not = LongText("Why no option answers it", help_text="Where none does.")


class ThemeAnswer(Record):
    """An option that a theme shaped, and how."""

    stem = "theme_answers"

    theme = Reference(Theme, "Theme", required=True)
    option = Reference(Option, "Option", required=True)
    how = LongText("How the option answers it", required=True)

    @property
    def label(self) -> str:
        return "answer"
