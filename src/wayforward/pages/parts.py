"""The parts in which a stage with much to say says it: a heading, and the findings under it in the order to read."""

from collections.abc import Iterable

Part = tuple[str, tuple[str, ...]]

PARTS: dict[str, tuple[Part, ...]] = {
    "exercise": (
        (
            "When it will be ready",
            ("plan", "days_left", "dates", "forecast", "slips", "ended", "critical_path"),
        ),
        ("Who does what, with what", ("capacity", "effort", "spent", "dues")),
        (
            "What to look at now",
            ("first_steps", "actions", "information", "chasing", "reviews", "to_do", "risks"),
        ),
        ("What it is for, and how far it is", ("readiness", "ambition")),
    ),
    "options": (
        ("What could be done", ("longlist", "filter", "consistency", "combinations", "vehicles", "control")),
        ("The options", ("list", "phases", "time_critical", "break_points")),
        ("Whether they may go ahead", ("factors", "success", "assessments", "five_cases")),
        ("Whom they move", ("people", "people_sums", "terms")),
        ("How they would be bought", ("procurement", "procurement_fit", "contacts", "market")),
        ("At what risk", ("risks", "exposure")),
    ),
    "appraisal": (
        (
            "What each option is worth",
            (
                *("order", "npsv", "costs", "benefits", "steps", "cost_by_year", "lines", "side_by_side"),
                *("bcr", "payback", "annual", "values", "organisations", "distribution", "unmonetised"),
            ),
        ),
        ("Whether it can be afforded", ("affordability", "gap")),
        (
            "How sure that is",
            ("uncertainty", "cash_fan", "tornado", "switching", "drivers"),
        ),
        (
            "More than money",
            (
                *("weighed", "acceptability", "trade_off", "weights"),
                *("criteria", "central_weights", "other_methods"),
            ),
        ),
        ("When it would fail", ("good_enough", "failure", "regret", "scenarios", "flexibility")),
        ("What to find out, and what has moved", ("find_out", "progress")),
        (
            "What the figures rest on",
            (
                *("evidence_shares", "estimate_classes", "corrections", "optimism_bias", "benefit_steps"),
                *("choices", "price_bases", "editions", "edition_tables", "rates"),
            ),
        ),
    ),
}


def in_parts(stage: str, keys: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The keys of a stage under their headings, in the order to read; those of no part last, under none.

    A stage that has no parts is one part without a heading.
    """
    left = list(keys)
    found: list[tuple[str, list[str]]] = []
    for heading, names in PARTS.get(stage, ()):
        some = [key for key in (f"{stage}.{name}" for name in names) if key in left]
        left = [key for key in left if key not in some]
        found.append((heading, some))
    return [(heading, some) for heading, some in [*found, ("", left)] if some]
