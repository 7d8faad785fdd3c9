"""What each sheet of the workbook holds: its columns in order, which of them are typed in, and what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass

README, PARAMETERS, PRICES, FACTORS = "Read me", "Parameters", "Price levels", "Factors"
PHASES, BODIES, SHARES, AREAS, BIAS = "Phases", "Bodies", "Bias shares", "Bias areas", "Bias"
LINES, PRICED, STAYS, GOES_ON, EFFECTS = "Lines", "Priced", "Stays", "Goes on", "Effects"
DELAYED, PAID, COUNTED, LOW, HIGH, PRESENT = "Delayed", "Paid", "Counted", "Low", "High", "Present value"
RISKS, OPTIONS, PAYBACK, PLAN = "Risks", "Options", "Payback", "Plan"
AFFORDABILITY, ORGANISATIONS, CHECK = "Affordability", "Organisations", "Check"


@dataclass(frozen=True)
class Column:
    """A column of a sheet: what somebody entered (typed), what the workbook itself says (told), or else formulas."""

    key: str
    title: str
    look: str = "text"
    typed: bool = False
    width: int = 0
    told: bool = False


@dataclass(frozen=True)
class Block:
    """Columns of a sheet, one a financial year, from the year of that place on."""

    key: str
    look: str
    typed: bool = False
    before: str = ""
    first: int = 0


@dataclass(frozen=True)
class Plan:
    """A sheet: what it is for, its columns, and those of its years."""

    sheet: str
    meaning: str
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...] = ()
    frozen: int = 1

    @property
    def quoted(self) -> str:
        """The sheet's name as a formula writes it."""
        return f"'{self.sheet}'" if " " in self.sheet else self.sheet

    def over(self, years: Sequence[str]) -> tuple[Column, ...]:
        """All its columns where these years are appraised."""
        yearly = [
            Column(f"{block.key}{place}", f"{block.before}{year}", block.look, block.typed)
            for block in self.blocks
            for place, year in enumerate(years)
            if place >= block.first
        ]
        return (*self.columns, *yearly)


def _typed(key: str, title: str, look: str = "text", width: int = 0) -> Column:
    return Column(key, title, look, typed=True, width=width)


def _told(key: str, title: str, look: str = "text", width: int = 0) -> Column:
    return Column(key, title, look, width=width, told=True)


WHO = (
    Column("code", "Line", width=12),
    Column("option", "Option", width=20),
    Column("name", "Name", width=40),
)


def _of_lines(sheet: str, meaning: str, *more: Column, look: str = "money") -> Plan:
    """A sheet with a row for each line that has a price, in the order of Lines."""
    return Plan(sheet, meaning, (*WHO, *more), (Block("y", look),), frozen=3)


PLANS = (
    Plan(
        README,
        "What this workbook is, and how to check it.",
        (_told("about", "About", width=28), _told("words", "What it says", "words", 110)),
    ),
    Plan(
        PARAMETERS,
        "What no line gives: years, discount rates, corrections, bounds for optimism bias, the deflator.",
        (
            _typed("group", "Group", width=30),
            _typed("item", "Item", width=52),
            _typed("start", "From", "year"),
            _typed("end", "To", "year"),
            _typed("value", "Value", "exact", 24),
            _typed("unit", "Unit", width=30),
            _typed("source", "Source", "words", 80),
        ),
        frozen=2,
    ),
    Plan(
        PRICES,
        "The price level of each financial year, 1 in the price base: the deflator before it, inflation after.",
        (
            _typed("year", "Financial year", width=14),
            _typed("first", "First calendar year", "year"),
            _typed("rise", "Rise on the year before", "percent"),
            Column("index", "Deflator of the financial year", "factor"),
            Column("level", "Price level", "factor"),
        ),
    ),
    Plan(
        FACTORS,
        "Year numbers, discount rates and factors, D(t) = D(t-1) / (1 + r), and price levels, by year.",
        (_told("factor", "Factor", width=44),),
        (Block("y", "factor"),),
    ),
    Plan(
        PHASES,
        "The phases of each option, and how late each is.",
        (
            _typed("no", "Option no.", "year"),
            Column("option", "Option", width=20),
            _typed("phase", "Phase"),
            _typed("delay", "Delay, months", "whole"),
        ),
    ),
    Plan(
        BODIES,
        "Who pays and who gains; whose cash counts in Affordability.",
        (
            _typed("no", "Body no.", "year"),
            _typed("name", "Organisation", width=50),
            Column("ours", "Ours (1 yes, 0 no)", "year"),
        ),
    ),
    Plan(
        SHARES,
        "Types of work within each project, by share of capital cost, with their bounds.",
        (
            _typed("project", "Project no.", "year"),
            _typed("type", "Type of work", width=34),
            _typed("share", "Share of capital cost", "percent"),
            Column("capital_upper", "Capital, upper, weighted", "percent"),
            Column("capital_lower", "Capital, lower, weighted", "percent"),
            Column("operating_upper", "Operating, upper, weighted", "percent"),
            Column("operating_lower", "Operating, lower, weighted", "percent"),
        ),
    ),
    Plan(
        AREAS,
        "Risk areas of each project: what each adds to the upper bound, and how far it is mitigated.",
        (
            _typed("project", "Project no.", "year"),
            _typed("name", "Risk area", width=50),
            _typed("contribution", "Contribution", "percent"),
            _typed("mitigation", "Mitigated", "percent"),
            _typed("evidenced", "With evidence"),
            _typed("priced", "Priced in the register"),
            Column("off", "Takes off", "percent"),
            Column("proven", "Takes off, with evidence", "percent"),
        ),
    ),
    Plan(
        BIAS,
        "The uplift left of each project: upper x (1 - what is mitigated), held at the lower bound.",
        (
            _typed("no", "Project no.", "year"),
            _typed("code", "Code"),
            _typed("name", "Project", width=50),
            _typed("below", "Reason given for below the lower bound"),
            Column("off", "Mitigated", "percent"),
            Column("proven", "Mitigated, with evidence", "percent"),
            Column("usable", "Shares and contributions add up (1 yes, 0 no)", "year"),
            Column("capital", "Uplift of capital cost", "percent"),
            Column("operating", "Uplift of operating cost", "percent"),
        ),
    ),
    Plan(
        LINES,
        "Every cost and benefit line as it was entered, its delay, its one correction, and where it counts.",
        (
            _typed("code", "Line", width=12),
            _typed("no", "Option no.", "year"),
            Column("option", "Option", width=20),
            _typed("name", "Name", width=40),
            _typed("side", "Cost or benefit"),
            _typed("kind", "Kind"),
            _typed("cost_phase", "Phase of cost"),
            _typed("nature", "Nature"),
            _typed("body", "Body no.", "year"),
            Column("organisation", "Organisation", width=24),
            Column("whose", "Body no. that it counts for", "year"),
            _typed("cash", "Paid in cash"),
            _typed("in_plan", "Already in the plan"),
            _typed("estimate", "Estimate class"),
            _typed("prices", "Prices"),
            _typed("price_year", "Price base, if its own", "year"),
            _typed("low", "Low", "exact"),
            _typed("high", "High", "exact"),
            _typed("phase", "Phase it moves with"),
            Column("delay", "Delay, months", "whole"),
            _typed("correction", "Correction for bias"),
            _typed("grade", "Grade of its evidence", "year"),
            _typed("project", "Project no. for optimism bias", "year"),
            Column("times", "Correction factor", "factor"),
            _typed("residual", "Residual value", "money"),
            _typed("life", "Life or health"),
            Column("schedule", "Discounting (1 standard, 2 health)", "year"),
            Column("counts", "Counts in NPSV (1 yes, 0 no)", "year"),
            Column("own_cash", "Counts in our cash (1 yes, 0 no)", "year"),
            _typed("units", "Units a year", "exact"),
            _typed("unit_value", "Value of one unit", "money"),
            _typed("starts", "Full years from", "year"),
            _typed("reach", "Reach", "percent"),
            _typed("take_up", "Take-up", "percent"),
            _typed("deadweight", "Deadweight", "percent"),
            _typed("attribution", "Attribution", "percent"),
            _typed("lag", "Lag, months", "whole"),
            _typed("ramp", "Ramp, months", "whole"),
            _typed("drop_off", "Drop-off", "percent"),
        ),
        (Block("y", "money", typed=True),),
        frozen=4,
    ),
    _of_lines(
        PRICED,
        "Each line at full effect in the price base: amounts, or units times value, over the price level.",
        Column("level", "Level of its own price base", "factor"),
    ),
    _of_lines(
        STAYS,
        "Share of a year's full effect that comes in the same year, or as many whole years on as the lag has.",
        Column("begins", "Years before it begins", "year"),
        Column("lag_years", "Whole years of lag", "year"),
        Column("lag_months", "Months of lag besides", "year"),
        look="factor",
    ),
    _of_lines(
        GOES_ON,
        "Share of a year's full effect that comes a year after that, because of the months of lag.",
        look="factor",
    ),
    _of_lines(
        EFFECTS,
        "From gross to net: reach x take-up x (1 - deadweight) x attribution, with ramp, drop-off and lag.",
        Column("kept", "Share kept", "factor"),
    ),
    _of_lines(DELAYED, "Each line moved by the months that its phase is late."),
    _of_lines(PAID, "Each line times its one correction, in real prices: what is paid or gained."),
    _of_lines(
        COUNTED,
        "What counts: what is paid, less what an asset is still worth at the end.",
        Column("cancels", "Cancels (1: stands unchanged in business as usual)", "year"),
    ),
    _of_lines(LOW, "Each line at its low end; one that cancels at its likely amounts."),
    _of_lines(HIGH, "Each line at its high end; one that cancels at its likely amounts."),
    _of_lines(
        PRESENT,
        "Each line in present value: likely, low and high, and likely by year.",
        Column("likely", "Present value, likely", "money"),
        Column("low", "Present value, low", "money"),
        Column("high", "Present value, high", "money"),
    ),
    Plan(
        RISKS,
        "Risks of the register: probability x impact x discount factor of its year.",
        (
            _typed("code", "Risk", width=12),
            _typed("no", "Option no.", "year"),
            Column("option", "Option", width=20),
            _typed("name", "Name", width=40),
            _typed("probability", "Probability", "percent"),
            _typed("impact", "Impact", "money"),
            _typed("year", "First calendar year", "year"),
            _typed("counted_in", "Counted in"),
            Column("counts", "Counts (1 yes, 0 no)", "year"),
            Column("discount", "Discount factor", "factor"),
            Column("expected", "Expected cost, real", "money"),
            Column("full", "Cost in full, real", "money"),
            Column("likely", "Present value, likely", "money"),
            Column("cancels", "Cancels (1: stands unchanged in business as usual)", "year"),
            Column("low", "Present value, low", "money"),
            Column("high", "Present value, high", "money"),
        ),
        frozen=4,
    ),
    Plan(
        OPTIONS,
        "What each option is worth against business as usual.",
        (
            _typed("no", "No.", "year"),
            _typed("code", "Code"),
            _typed("name", "Option", width=24),
            _typed("kind", "Kind"),
            _typed("waits", "Waits for", "words", 40),
            Column("known", "Can be worked out (1 yes, 0 no)", "year"),
            Column("gain", "Own benefits, present value", "money"),
            Column("gain_low", "Own benefits, low", "money"),
            Column("gain_high", "Own benefits, high", "money"),
            Column("spent", "Own costs with risks, present value", "money"),
            Column("spent_low", "Own costs, low", "money"),
            Column("spent_high", "Own costs, high", "money"),
            Column("benefits", "Benefits, present value", "money"),
            Column("benefits_low", "Benefits, low", "money"),
            Column("benefits_high", "Benefits, high", "money"),
            Column("costs", "Net cost, present value", "money"),
            Column("costs_low", "Net cost, low", "money"),
            Column("costs_high", "Net cost, high", "money"),
            Column("npsv", "NPSV, likely", "money"),
            Column("npsv_low", "NPSV, low", "money"),
            Column("npsv_high", "NPSV, high", "money"),
            Column("bcr", "Benefit-cost ratio, likely", "factor"),
            Column("bcr_low", "Benefit-cost ratio, low", "factor"),
            Column("bcr_high", "Benefit-cost ratio, high", "factor"),
            Column("annual_cost", "Whole-life cost, a year", "money"),
            Column("annual", "NPSV, likely, a year", "money"),
            Column("annual_low", "NPSV, low, a year", "money"),
            Column("annual_high", "NPSV, high, a year", "money"),
            Column("gap", "Largest gap in the plan, cash", "money"),
            Column("cash_change", "Change in cash over all years", "money"),
        ),
        frozen=3,
    ),
    Plan(
        PAYBACK,
        "Net flows against business as usual, their running total, and when it comes back to nought.",
        (
            _typed("no", "Option no.", "year"),
            Column("option", "Option", width=20),
            _told("measure", "Amounts"),
            Column("years", "Payback, years", "factor"),
        ),
        (
            Block("y", "money"),
            Block("r", "money", before="Running total "),
            Block("c", "factor", before="Paid back in ", first=1),
        ),
        frozen=3,
    ),
    Plan(
        PLAN,
        "The lines of the financial plan that Affordability rests on, in cash.",
        (
            _typed("code", "Plan line"),
            _typed("kind", "Kind"),
            _typed("name", "Heading", width=40),
            _typed("year", "First calendar year", "year"),
            _typed("amount", "Amount", "money"),
            Column("role", "Counts as"),
            Column("known", "Known (1 yes, 0 no)", "year"),
        ),
    ),
    Plan(
        AFFORDABILITY,
        "Our own change in cash at the prices of each year, and what the plan then leaves.",
        (
            _typed("no", "Option no.", "year"),
            Column("option", "Option", width=20),
            _typed("year", "Financial year", width=14),
            Column("first", "First calendar year", "year"),
            Column("own", "Cash of the option, real", "money"),
            Column("usual", "Cash of business as usual, real", "money"),
            Column("level", "Price level", "factor"),
            Column("change", "Change with the option, cash", "money"),
            Column("funding", "Funding", "money"),
            Column("budget", "Spending as planned", "money"),
            Column("headroom", "Left over", "money"),
        ),
        frozen=3,
    ),
    Plan(
        ORGANISATIONS,
        "Present value by option and organisation against business as usual, risks being the organisation's own.",
        (
            _typed("no", "Option no.", "year"),
            Column("option", "Option", width=20),
            _typed("body", "Body no.", "year"),
            Column("organisation", "Organisation", width=40),
            Column("costs", "Net cost, present value", "money"),
            Column("benefits", "Benefits, present value", "money"),
            Column("net", "Net position", "money"),
        ),
        frozen=4,
    ),
    Plan(
        CHECK,
        "Each figure of the product beside this workbook's own; the difference must be 0.00.",
        (
            _told("key", "Finding", width=26),
            _told("figure", "Figure", width=44),
            _told("of", "Of", width=44),
            _told("given", "As the product gives it", "figure"),
            Column("found", "As this workbook finds it", "figure"),
            Column("apart", "Difference", "number"),
            _told("within", "Agrees within", "exact"),
            Column("agrees", "Agrees"),
        ),
        frozen=3,
    ),
)
