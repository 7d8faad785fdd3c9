"""Cost and benefit lines: what each option costs and brings over the years, how it was priced and how it may vary."""

from wayforward.appraisal.models.bias import OptimismBias
from wayforward.finance.models import POST_KINDS, IncomeGroup
from wayforward.options.models import PHASES, LonglistChoice, Option, OptionRisk
from wayforward.records.base import Record
from wayforward.records.fields import (
    Choice,
    Fraction,
    LongText,
    Money,
    Number,
    Pairs,
    Profile,
    RecordRef,
    Reference,
    ShortText,
    Whole,
    YearField,
    YesNo,
)
from wayforward.scope.models import ModernisationOutcome, Service

CLASSES = [
    ("analogy", "By analogy"),
    ("built up", "Built up"),
    ("quoted", "Quoted by a supplier"),
]
PRICES = [("real", "Real"), ("cash", "Cash of each year")]
DISTRIBUTIONS = [
    ("fixed", "Fixed"),
    ("uniform", "Uniform"),
    ("triangular", "Triangular"),
    ("pert", "PERT"),
    ("normal", "Normal"),
    ("lognormal", "Lognormal"),
    ("discrete", "Discrete"),
]
CORRECTIONS = [
    ("optimism bias", "Optimism bias of a project"),
    ("confidence grade", "Confidence grade of its evidence"),
    ("none", "None, for the reason given"),
]
COST_KINDS = [("capital", "Capital"), ("revenue", "Revenue")]
NATURES = [
    ("resource", "Resource"),
    ("transfer", "Transfer"),
    ("value added tax", "Value added tax"),
    ("depreciation", "Depreciation"),
    ("capital charge", "Capital charge"),
    ("sunk", "Sunk"),
]
BENEFIT_KINDS = [
    ("cash-releasing", "Cash-releasing"),
    ("non-cash-releasing", "Non-cash-releasing"),
    ("societal", "Societal"),
    ("unmonetised", "Unmonetised"),
]
VALUES = [("fiscal", "Fiscal"), ("economic", "Economic"), ("social", "Social")]


class Line(Record):
    """What a cost line and a benefit line have in common."""

    option = Reference(Option, "Option", required=True)
    name = ShortText("Line", required=True)
    amounts = Profile(
        "Yearly amounts", help_text="In the prices of the exercise's price base, unless stated below."
    )
    prices = Choice("Prices", choices=PRICES, help_text="Blank: real.")
    price_year = YearField("Price base", help_text="Of real amounts. Blank: the exercise's.")
    low = Number("Low", least=0, help_text="Multiplier of the likely profile.")
    high = Number("High", least=0, help_text="Multiplier of the likely profile.")
    distribution = Choice("Distribution", choices=DISTRIBUTIONS, help_text="Blank: PERT from low to high.")
    outcomes = Pairs("Outcomes", help_text="Of a discrete distribution: multiplier and probability of each.")
    varies_with = ShortText(
        "Varies with",
        help_text="Lines that name the same driver move together. Blank: lines of the same name do.",
    )
    correction = Choice(
        "Correction for bias", choices=CORRECTIONS, help_text="One a line. Blank: none stated."
    )
    correction_reason = LongText("Why none")
    range_risk = Reference(OptionRisk, "Risk in its range", help_text="A risk that low to high allows for.")
    phase = Choice("Phase it moves with", choices=PHASES, help_text="Blank: it stays when phases are late.")
    organisation = ShortText(
        "Organisation",
        help_text="Who pays, or who gains. Blank: the exercise's own; of a societal gain, nobody in particular.",
    )
    estimate_class = Choice("Estimate class", choices=CLASSES)
    quotes = ShortText("Quoted finding", help_text="A finding's key in place of amounts.")
    choice = Reference(LonglistChoice, "Choice", help_text="Of the longlist, that it belongs to.")

    class Meta(Record.Meta):
        abstract = True


class CostLine(Line):
    """A cost of an option over the years, whole: business as usual has its own lines."""

    stem = "cost_lines"

    cost_kind = Choice("Kind", choices=COST_KINDS, required=True)
    cost_phase = Choice("Phase of cost", choices=PHASES, required=True)
    cash = YesNo("Paid in cash", required=True, help_text="No where existing people's time is used.")
    nature = Choice(
        "Nature",
        choices=NATURES,
        help_text="Blank: resource. Only resources count in what an option is worth.",
    )
    bias = Reference(OptimismBias, "Project for optimism bias")
    residual = Money(
        "Residual value", help_text="Of an asset at the end of the years appraised. Blank: nothing is left."
    )
    exit_for = Reference("appraisal.BenefitLine", "Posts whose release it pays for")


class BenefitLine(Line):
    """A benefit of an option over the years."""

    stem = "benefit_lines"

    benefit_kind = Choice("Kind", choices=BENEFIT_KINDS, required=True)
    service = Reference(Service, "Service")
    outcome = Reference(ModernisationOutcome, "Outcome")
    beneficiary = ShortText("Beneficiary", help_text="Who is better off.")
    in_plan = YesNo("Already in the financial plan", required=True)
    effect = LongText("Effect in words", help_text="For what has no price.")
    value = Choice("Value", choices=VALUES, help_text="Blank: social if societal, or else fiscal.")
    units = Number("Units a year", least=0, help_text="With the value of one, in place of amounts.")
    unit_value = Money("Value of one unit")
    starts = YearField("Full years from", help_text="First year of units, before any lag.")
    reach = Fraction("Reach", help_text="Share of the units that it reaches. Blank: all of them.")
    take_up = Fraction("Take-up", help_text="Share of those reached who take it up. Blank: all of them.")
    deadweight = Fraction(
        "Deadweight", help_text="Share that would have come about anyway. Blank: none of it."
    )
    attribution = Fraction(
        "Attribution", help_text="Share of the rest that is due to the option. Blank: all of it."
    )
    lag_months = Whole("Lag", unit="months", most=240, help_text="Blank: at once.")
    ramp_months = Whole(
        "Ramp",
        unit="months",
        most=240,
        help_text="From nothing to full effect, evenly. Blank: in full at once.",
    )
    drop_off = Fraction(
        "Drop-off", help_text="Lost each year after the first at full effect. Blank: nothing is lost."
    )
    life_or_health = YesNo(
        "Life or health", help_text="Yes: at the health rates, where the edition has them."
    )
    income_group = Reference(IncomeGroup, "Income of those who gain")
    hours = YesNo("Of people's time", help_text="Yes where it prices hours freed.")
    practice = RecordRef("Practice", help_text="From which it comes, such as practice:PRA-01.")
    with_police_cost = YesNo("Includes the cost to police", help_text="As published unit costs of crime do.")
    posts = Number("Posts released", unit="full-time equivalents", least=0, help_text="At full effect.")
    post_kind = Choice("Posts of", choices=POST_KINDS)
    differs = LongText("How it differs", help_text="From a line that looks like it.")
