"""How often each option would come at each rank, when neither weights nor scores nor money are settled."""

from wayforward.appraisal.findings.basis import OPTION, stands_on
from wayforward.appraisal.findings.criteria import CRITERION, rests_on
from wayforward.appraisal.findings.weights import weights_rest_on
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.weighing import (
    ANY,
    NEEDS,
    SIMULATED_READS,
    Simulated,
    Weighing,
    lacks,
    simulated,
    told_apart,
)
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import ranking

HOW = (
    "Scores with a range are drawn from a triangle of low, score and high; one without a range stands as scored. "
    "A group that gave ranges is drawn within them; of one that did not, only its order of criteria is kept."
)
NOT_RANKED = (
    "No option is ranked: too much rests on weak evidence or is not known. The shares are what the figures "
    "give as they stand."
)


@finding(
    "appraisal.acceptability",
    title="How often each option would come at each rank",
    question="How does the order of options hang on whose weights are taken, and on what is uncertain?",
    method="smaa",
    unit="fraction",
    reads=SIMULATED_READS,
    needs=(*NEEDS, "appraisal.order"),
)
def acceptability(case: Reading) -> Result:
    """SMAA-2: rank acceptabilities under any weights and under each group's, with standard errors."""
    weighing, found = Weighing.of(case), simulated(case)
    may_rank = case.need("appraisal.order").value == "ranked"
    rows = [] if found is None else _rows(weighing, found)
    return Result(
        headline=_headline(found, may_rank),
        columns=(
            Column("weights", "Weights"),
            OPTION,
            Column("rank", "Rank", "rank"),
            Column("share", "Share of draws", "fraction"),
            Column("error", "Standard error", "fraction"),
            Column("group", "Group", refers="stakeholder_group", detail=True),
        ),
        rows=tuple(rows),
        value_column="share",
        used=rests_on(weighing) + weights_rest_on(weighing),
        parameters={"draws": found.found[0][1].draws if found else None, "scores": "triangular"},
        warnings=_warnings(case, weighing, found, may_rank),
        waiting=(*lacks(case, weighing), *weighing.unweighed),
    )


def _rows(weighing: Weighing, found: Simulated) -> list[Row]:
    names = told_apart({one.group.code: one.group.name for one in weighing.groups})
    return [
        {
            "weights": names.get(code, ANY),
            "group": code if code in names else "",
            "option": option.code,
            "rank": rank + 1,
            "share": float(one.ranks[row, rank]),
            "error": float(one.errors[row, rank]),
        }
        for code, one in found.found
        for row, option in enumerate(found.options)
        for rank in range(len(found.options))
    ]


def _headline(found: Simulated | None, may_rank: bool) -> str:
    if found is None:
        return "How often each option would come at each rank is not known yet"
    if not may_rank:
        return "No option is ranked: as the figures stand, the share of draws at each rank is shown without an order"
    names = {option.code: option.short_name for option in found.options}
    first = dict(zip(names, found.found[0][1].ranks[:, 0].tolist(), strict=True))
    top = [one for one in ranking.rank(first) if one.rank == 1]
    told = show.listed([names[one.code] for one in top])
    verb = "each come" if len(top) > 1 else "comes"
    return f"{told} {verb} first in {show.percent(top[0].score)} of draws under any weights"


def _warnings(case: Reading, weighing: Weighing, found: Simulated | None, may_rank: bool) -> tuple[str, ...]:
    if found is None:
        return weighing.left_out()
    told = [HOW, *weighing.left_out()]
    if not may_rank:
        told.insert(0, NOT_RANKED)
    if found.held:
        told.append(
            f"{show.percent(found.held / found.of)} of the draws of money lie beyond its anchors and are held there."
        )
    return (*told, *stands_on(case, Appraised.of(case)))


@finding(
    "appraisal.central_weights",
    title="What someone would have to think for each option to come first",
    question="Which weights would put an option first, and how sure would it then be?",
    method="smaa",
    unit="fraction",
    reads=SIMULATED_READS,
    needs=(*NEEDS, "appraisal.order"),
)
def central_weights(case: Reading) -> Result:
    """The mean of the weights with which an option comes first, and its confidence factor under them."""
    weighing, found = Weighing.of(case), simulated(case)
    may_rank = case.need("appraisal.order").value == "ranked"
    rows = []
    if found is not None:
        any_weights = dict(found.found)[ANY]
        for option, weights, sure in zip(
            found.options, any_weights.central, any_weights.confidence, strict=True
        ):
            for place, criterion in enumerate(found.criteria):
                rows.append(
                    {
                        "option": option.code,
                        "criterion": criterion.code,
                        "weight": "" if weights is None else float(weights[place]),
                        "confidence": "" if sure is None else sure,
                        "error": "" if sure is None else (sure * (1 - sure) / any_weights.draws) ** 0.5,
                    }
                )
    return Result(
        headline=_central_headline(found),
        columns=(
            OPTION,
            CRITERION,
            Column("weight", "Central weight", "fraction"),
            Column("confidence", "Confidence factor", "fraction"),
            Column("error", "Standard error", "fraction"),
        ),
        rows=tuple(rows),
        value_column="weight",
        used=rests_on(weighing),
        parameters={"draws": found.found[0][1].draws if found else None, "scores": "triangular"},
        warnings=_warnings(case, weighing, found, may_rank),
        waiting=lacks(case, weighing),
    )


def _central_headline(found: Simulated | None) -> str:
    if found is None:
        return "Which weights would put an option first is not known yet"
    never = sum(one is None for one in dict(found.found)[ANY].central)
    options = show.count(len(found.options), "option")
    if not never:
        return f"As the figures stand, some weights would put each of {options} at the top"
    return f"As the figures stand, no weights would put {never} of {options} at the top"
