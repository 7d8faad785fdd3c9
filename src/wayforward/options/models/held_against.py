"""What an option is held against: success factors, procurement, people, terms and assessments of impact."""

from wayforward.options.models.choices import DeliveryVehicle, SuccessFactor
from wayforward.options.models.designs import Option
from wayforward.records.base import Record
from wayforward.records.fields import Choice, Day, LongText, Money, Number, Reference, ShortText, YesNo
from wayforward.scope.models import PARTIES

PROCUREMENT_FITS = [
    ("continues", "Continues it as advertised"),
    ("narrows", "Narrows it"),
    ("calls off a framework", "Calls off a named framework"),
    ("starts afresh", "Starts afresh"),
    ("needs none", "Needs none"),
]
RISKS = [("High", "High"), ("Medium", "Medium"), ("Low", "Low")]
ASSESSMENTS = [("equality", "Equality"), ("data protection", "Data protection")]
STATES = [
    ("not started", "Not started"),
    ("under way", "Under way"),
    ("done", "Done"),
    ("not needed", "Not needed"),
]
VAT = [
    ("recovered", "Recovered in full"),
    ("partly recovered", "Recovered in part"),
    ("not recovered", "Not recovered"),
]


class FactorVerdict(Record):
    """Whether an option passes a critical success factor, and why."""

    stem = "factor_verdicts"
    changed_by = "rate"

    option = Reference(Option, "Option", required=True)
    factor = Reference(SuccessFactor, "Factor", required=True)
    passes = YesNo("Passes")
    reason = LongText("Reason")

    @property
    def label(self) -> str:
        return self.factor.name


class ProcurementFit(Record):
    """What an option would do with a procurement in hand."""

    stem = "procurement_fits"
    changed_by = "rate"

    option = Reference(Option, "Option", required=True)
    procurement = Reference("exercise.Procurement", "Procurement", required=True)
    fit = Choice("Fit", choices=PROCUREMENT_FITS)
    months_to_award = Number("Time to award", unit="months", least=0)
    note = LongText("Note")
    framework = ShortText("Framework", help_text="The one called off, by name.")
    award_cost = Money("Cost of getting to award")
    change_risk = Choice("Risk that the change is material", choices=RISKS, help_text="Where it narrows.")
    challenge_risk = Choice("Risk of challenge", choices=RISKS)
    legal_advice = LongText("Legal advice given")
    advised = Day("Advice given on")

    @property
    def label(self) -> str:
        return self.fit


class BidderContact(Record):
    """A contact with bidders about a procurement, and when all of them were told the same."""

    stem = "bidder_contacts"

    procurement = Reference("exercise.Procurement", "Procurement", required=True)
    happened = Day("When", required=True)
    bidder = ShortText("With whom", required=True)
    about = LongText("About", required=True)
    told_all = YesNo("All were told the same")
    told_on = Day("Told on")

    @property
    def label(self) -> str:
        return self.bidder


class OptionPeople(Record):
    """How many people an employer has before and after an option, and what moving or releasing them costs."""

    stem = "option_people"

    option = Reference(Option, "Option", required=True)
    vehicle = Reference(DeliveryVehicle, "Vehicle")
    employer = Choice("Employer", choices=PARTIES, required=True)
    before = Number("Before", unit="full-time equivalents", least=0)
    after = Number("After", unit="full-time equivalents", least=0)
    transfers = Number("Transferred to it", unit="full-time equivalents", least=0)
    pension_cost = Money("Pension cost")
    redundancy_cost = Money("Redundancy cost")
    note = LongText("Note")

    @property
    def label(self) -> str:
        return self.employer


class OptionTerms(Record):
    """What an option would be agreed on: value added tax, term, who owns data and designs, who was consulted."""

    stem = "option_terms"

    option = Reference(Option, "Option", required=True)
    vehicle = Reference(DeliveryVehicle, "Vehicle")
    vat = Choice("Value added tax", choices=VAT)
    term_years = Number("Term", unit="years", least=0)
    data_owner = ShortText("Owner of the data")
    property_owner = ShortText("Owner of designs and software")
    unions_consulted = YesNo("Unions and staff associations consulted")
    consulted_on = Day("Consulted on")
    note = LongText("Note")

    @property
    def label(self) -> str:
        return f"terms of {self.option.short_name}"


class ImpactAssessment(Record):
    """An assessment of an option's impact on equality or on data protection: its state and its owner."""

    stem = "impact_assessments"

    option = Reference(Option, "Option", required=True)
    assessment = Choice("Of impact on", choices=ASSESSMENTS, required=True)
    state = Choice("State", choices=STATES)
    owner = ShortText("Owner", help_text="A role.")
    due = Day("Due")
    outcome = LongText("What it found")

    @property
    def label(self) -> str:
        return f"{self.assessment} assessment"
