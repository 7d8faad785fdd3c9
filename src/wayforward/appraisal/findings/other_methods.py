"""Whether the order of the options depends on the method that weighs them."""

import math
from collections.abc import Callable, Sequence

from wayforward.appraisal.findings.basis import OPTION
from wayforward.appraisal.findings.criteria import rests_on
from wayforward.appraisal.findings.weighed import table_of
from wayforward.appraisal.findings.weights import weights_rest_on
from wayforward.appraisal.weighing import NEEDS, WEIGHED_READS, Weighing
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods.additive import Table, additive
from wayforward.methods.electre import electre
from wayforward.methods.promethee import promethee
from wayforward.methods.ranking import Ranked
from wayforward.methods.topsis import topsis
from wayforward.methods.vikor import vikor
from wayforward.methods.weighted_product import weighted_product

Ranks = dict[str, int | None]
METHODS: dict[str, Callable[[Table], Sequence[Ranked]]] = {
    "Additive value": lambda scored: additive(scored).ranked,
    "Weighted product": lambda scored: weighted_product(scored).ranked,
    "TOPSIS": lambda scored: topsis(scored).ranked,
    "VIKOR": lambda scored: vikor(scored).ranked,
    "PROMETHEE II": lambda scored: promethee(scored).ranked,
    "ELECTRE I": lambda scored: electre(scored).ranked,
}
ADDED, KERNEL = "Additive value", "ELECTRE I"
MEAN = "Each method takes the values 0 to 100 and the mean of the groups' weights."


def mean_weights(weighing: Weighing) -> dict[str, float]:
    """The mean of the weights of the groups that have weighed, by criterion; empty where none has."""
    done = [one.weights for one in weighing.groups if not one.lacking]
    codes = [one.criterion.code for one in weighing.anchored]
    return {code: math.fsum(by[code] for by in done) / len(done) for code in codes} if done else {}


@finding(
    "appraisal.other_methods",
    title="Whether the order depends on the method",
    question="Would another way of weighing put the options in another order?",
    method="ranking",
    reads=WEIGHED_READS,
    needs=(*NEEDS, "appraisal.order"),
)
def other_methods(case: Reading) -> Result:
    """Ranks by six methods; ranks are withheld, and only agreement told, while no option is ranked."""
    weighing = Weighing.of(case)
    may_rank = case.need("appraisal.order").value == "ranked"
    found, refused = _compared(weighing)
    rows: list[Row] = [
        {"method": name, "agrees": _agrees(name, found), "option": code, "rank": rank}
        for name, ranks in found.items()
        for code, rank in (ranks.items() if may_rank else [("", None)])
    ]
    ranked = (OPTION, Column("rank", "Rank", "rank"))
    shown = rows if may_rank else [{"method": row["method"], "agrees": row["agrees"]} for row in rows]
    return Result(
        headline=_headline(found, may_rank),
        columns=(
            Column("method", "Method"),
            Column("agrees", "Agrees with additive value", "yes or no"),
            *(ranked if may_rank else ()),
        ),
        rows=tuple(shown),
        value_column="rank" if may_rank else "agrees",
        used=rests_on(weighing) + weights_rest_on(weighing),
        warnings=(*((MEAN,) if found else ()), *refused, *weighing.left_out()),
        waiting=(*weighing.unanchored, *weighing.unscored, *weighing.unweighed),
    )


def _compared(weighing: Weighing) -> tuple[dict[str, Ranks], tuple[str, ...]]:
    """Ranks in order of options by method, and sentences on the methods that can't be used here."""
    weights = mean_weights(weighing)
    if not weights or weighing.unscored or len(weighing.ranked) < 2:
        return {}, ()
    scored = table_of(weighing, weights)
    found: dict[str, Ranks] = {}
    refused = []
    for name, method in METHODS.items():
        try:
            by_code = {one.code: one.rank for one in method(scored)} if scored else {}
        except ValueError as why:
            refused.append(f"{name} can't be used here: {why}.")
        else:
            found[name] = {option.code: by_code[option.code] for option in weighing.ranked}
    return found, tuple(refused)


def _agrees(name: str, found: dict[str, Ranks]) -> bool:
    """Whether the order is that of additive value; of ELECTRE I, which only chooses, whether the first is chosen."""
    if name != KERNEL:
        return found[name] == found[ADDED]
    return all(found[name][code] == 1 for code, rank in found[ADDED].items() if rank == 1)


def _headline(found: dict[str, Ranks], may_rank: bool) -> str:
    if not found:
        return "Whether the order depends on the method is not known yet"
    others = [name for name in found if name != ADDED]
    apart = [name for name in others if not _agrees(name, found)]
    lead = "" if may_rank else "No option is ranked; "
    if not apart:
        said = f"all {len(others)} other methods agree with additive value"
    else:
        said = f"{show.listed(apart)} {'disagrees' if len(apart) == 1 else 'disagree'} with additive value"
    return lead + said if lead or apart else said[:1].upper() + said[1:]
