"""Monte Carlo: against closed forms and plain loops; what must not change a draw; what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayforward.methods import discounting, montecarlo
from wayforward.methods.distributions import distribution, mean, quantile, variance

SAME = pytest.approx
INPUTS = {
    "build": distribution("pert", 0.9, 1, 1.6),
    "run": distribution("triangular", 0.8, 1, 1.1),
    "saving": distribution("normal", 0.7, 1, 1.3),
    "licence": distribution("uniform", 0.5, high=2),
}
NAMES = list(INPUTS)
BUILD_CRC = 0xBDA0F2DB  # as the gzip program writes it: printf build | gzip

pounds = st.integers(-(10**9), 10**9).map(float)
tables = st.integers(1, 4).flatmap(
    lambda options: st.integers(1, 5).flatmap(
        lambda lines: st.tuples(
            st.lists(st.lists(pounds, min_size=lines, max_size=lines), min_size=options, max_size=options),
            st.lists(st.sampled_from([None, *NAMES]), min_size=lines, max_size=lines),
        )
    )
)
Table = tuple[list[list[float]], list[str | None]]


def net(values: object, names: object, draws: int = 50) -> np.ndarray:
    return montecarlo.net_values(values, names, INPUTS, draws, seed=5)  # type: ignore[arg-type]


def test_stream_by_its_recipe() -> None:
    """The recipe by hand: PCG64 from the seed, the CRC-32 of 'build' and the chunk."""
    by_hand = np.random.Generator(np.random.PCG64(np.random.SeedSequence([9, BUILD_CRC, 2])))
    assert (montecarlo.uniforms(9, ["run", "build"], 2, 100)[:, 1] == by_hand.random(100)).all()


def test_more_draws_begin_like_fewer() -> None:
    many = montecarlo.multipliers(INPUTS, 25_000, seed=1)
    few = montecarlo.multipliers(INPUTS, 10_000, seed=1)
    odd = montecarlo.multipliers(INPUTS, 12_345, seed=1)
    assert (many[:10_000] == few).all()
    assert (many[:12_345] == odd).all()
    assert len(np.unique(many[:, 3])) == 25_000  # no chunk repeats another


def test_inputs_do_not_disturb_each_other() -> None:
    """Added, removed or in another order, correlated among themselves or not: the rest draw the same."""
    base = montecarlo.multipliers(INPUTS, 50, seed=1)
    turned = dict(reversed(INPUTS.items()))
    assert (montecarlo.multipliers(turned, 50, seed=1) == base[:, ::-1]).all()
    more = {"another": distribution("uniform", 0, high=1), **INPUTS}
    assert (montecarlo.multipliers(more, 50, seed=1)[:, 1:] == base).all()
    pairs = {("build", "run"): 0.8}
    tied = montecarlo.multipliers(INPUTS, 50, 1, pairs)
    assert (tied[:, 2:] == base[:, 2:]).all()
    assert (montecarlo.multipliers(turned, 50, 1, pairs) == tied[:, ::-1]).all()


def test_draws_follow_their_distributions() -> None:
    drawn = montecarlo.multipliers(INPUTS, 100_000, seed=2)
    for column, given_ in zip(drawn.T, INPUTS.values(), strict=True):
        assert abs(column.mean() - mean(given_)) < 3 * math.sqrt(variance(given_) / len(column))


def test_correlated_draws() -> None:
    """Asked 0.6 and -0.5 by rank; three standard errors, 3 / sqrt(n - 1)."""
    drawn = montecarlo.multipliers(INPUTS, 50_000, 3, {("run", "build"): 0.6, ("saving", "run"): -0.5})
    found = np.corrcoef(drawn.argsort(axis=0).argsort(axis=0), rowvar=False)
    three = 3 / math.sqrt(50_000 - 1)
    assert found[0, 1] == SAME(0.6, abs=three)
    assert found[1, 2] == SAME(-0.5, abs=three)
    assert found[0, 2] == SAME(0, abs=three)
    assert found[3, :3] == SAME(0, abs=three)


def test_net_value_of_independent_normals_in_closed_form() -> None:
    """Cost 1,000 in year 0, savings of 300 in each of years 1 to 5, all normal and independent.

    Mean = sum of D(t) x likely, variance = sum of (D(t) x likely x sd of the multiplier)^2.
    """
    factors = discounting.factors(discounting.bands({"0+": 0.035}), 6)
    values = np.array([-1000.0, 300, 300, 300, 300, 300]) * factors
    inputs = {f"year {t}": distribution("normal", 0.8, 1, 1.2) for t in range(6)}
    draws = 100_000
    found = montecarlo.net_values([values], list(inputs), inputs, draws, seed=4)[:, 0]
    middle, spread = values.sum(), (values**2).sum() * (0.2 / 1.6448536269514722) ** 2
    assert abs(found.mean() - middle) < 3 * math.sqrt(spread / draws)
    # A normal's sample variance has variance 2 v2 / n.
    assert abs(found.var() - spread) < 3 * spread * math.sqrt(2 / draws)


def test_against_a_plain_loop() -> None:
    """By hand: each draw's multiplier times each line, and a fixed line as it is."""
    values = [[-100.0, -40, 90, 7], [-20.0, 0, 60, 7]]
    movers = ["build", "run", "saving", None]
    drawn = montecarlo.multipliers(INPUTS, 30, seed=5)
    for draw, found in enumerate(net(values, movers, 30)):
        m = [*drawn[draw, :3], 1.0]
        assert found == SAME([sum(v * x for v, x in zip(row, m, strict=True)) for row in values])


def test_own_input_by_option_and_line() -> None:
    drawn = montecarlo.multipliers(INPUTS, 30, seed=5)
    found = net([[10.0, 20], [10.0, 20]], [["build", None], ["run", "saving"]], 30)
    assert found[:, 0] == SAME(10 * drawn[:, 0] + 20)
    assert found[:, 1] == SAME(10 * drawn[:, 1] + 20 * drawn[:, 2])


def test_model_that_is_not_linear() -> None:
    drawn = montecarlo.multipliers(INPUTS, 12_000, seed=5)
    found = montecarlo.run(lambda at: at["build"] * np.maximum(at["run"], 1), INPUTS, 12_000, seed=5)
    assert found.shape == (12_000, 1)
    assert (found[:, 0] == drawn[:, 0] * np.maximum(drawn[:, 1], 1)).all()


def test_linear_model_runs_as_any_model() -> None:
    values, movers = [[1.0, 2, 3], [4.0, 5, 6]], ["run", None, "saving"]
    model = montecarlo.linear(values, movers, INPUTS)
    pairs = {("build", "run"): 0.5}
    told = montecarlo.net_values(values, movers, INPUTS, 100, 8, pairs)
    assert (montecarlo.run(model, INPUTS, 100, 8, pairs) == told).all()
    assert model({name: np.array([2.0]) for name in NAMES}).tolist() == [[10.0, 25.0]]


def test_nothing_uncertain() -> None:
    assert net([[1.0, 2], [3, 4]], [None, None], 3).tolist() == [[3, 7]] * 3
    assert net(np.zeros((2, 0)), [], 3).tolist() == [[0, 0]] * 3


def test_unknown_line_leaves_its_option_unknown_and_no_other() -> None:
    found = net([[1.0, None], [None, 1], [1, 1]], ["build", None])
    assert np.isnan(found[:, :2]).all()
    assert np.isfinite(found[:, 2]).all()


@given(tables, st.integers(-20, 20))
def test_scale(table: Table, power: int) -> None:
    """By a power of two, to the bit."""
    values, movers = table
    assert (net(np.multiply(values, 2.0**power), movers) == 2.0**power * net(values, movers)).all()


@given(tables, st.randoms(use_true_random=False))
def test_order_of_lines_and_options_changes_no_bit(table: Table, chance: st.DataObject) -> None:
    values, movers = table
    lines, options = list(range(len(movers))), list(range(len(values)))
    chance.shuffle(lines)  # type: ignore[attr-defined]
    chance.shuffle(options)  # type: ignore[attr-defined]
    turned = net([[values[o][i] for i in lines] for o in options], [movers[i] for i in lines])
    assert (turned == net(values, movers)[:, options]).all()


@given(tables, st.floats(0, 1))
def test_a_line_split_in_two_that_share_an_input(table: Table, share: float) -> None:
    values, movers = table
    split = [[row[0] * share, row[0] * (1 - share), *row[1:]] for row in values]
    most = np.abs(values).sum()
    assert net(split, [movers[0], *movers]) == SAME(net(values, movers), rel=0, abs=1e-12 * most)


@given(tables)
def test_an_option_of_nothing_changes_no_other(table: Table) -> None:
    values, movers = table
    found = net([*values, [0.0] * len(movers)], movers)
    assert (found[:, :-1] == net(values, movers)).all()
    assert (found[:, -1] == 0).all()


@given(st.integers(0, 2**40), st.integers(1, 200))
@settings(max_examples=25)
def test_draws_lie_between_nought_and_one(seed: int, size: int) -> None:
    found = montecarlo.uniforms(seed, NAMES, 0, size)
    assert found.shape == (size, 4)
    assert ((found > 0) & (found < 1)).all()


def test_unused_input_is_not_missed() -> None:
    fewer = {"saving": INPUTS["saving"]}
    assert (montecarlo.net_values([[5.0]], ["saving"], fewer, 50, 5) == net([[5.0]], ["saving"])).all()


def test_values_come_from_quantiles_of_the_uniforms() -> None:
    u = montecarlo.uniforms(6, ["build"], 1, 100)[:, 0]
    drawn = montecarlo.multipliers(INPUTS, 10_100, seed=6)[10_000:, 0]
    assert (drawn == quantile(INPUTS["build"], u)).all()


def test_names_that_would_draw_alike() -> None:
    """plumless and buckeroo: a pair known to share its CRC-32."""
    inputs = dict.fromkeys(("plumless", "buckeroo"), INPUTS["run"])
    with pytest.raises(ValueError, match="plumless and buckeroo would be drawn alike"):
        montecarlo.multipliers(inputs, 10, 1)


def test_refused() -> None:
    with pytest.raises(ValueError, match="ask for at least 1"):
        montecarlo.multipliers(INPUTS, 0, 1)
    with pytest.raises(ValueError, match="the seed is -1"):
        montecarlo.multipliers(INPUTS, 1, -1)
    with pytest.raises(ValueError, match="option 0: a line moves with rn, which is not an input"):
        net([[1.0]], ["rn"])
    with pytest.raises(ValueError, match="each of 2 options and 1 lines needs"):
        net([[1.0], [2]], [["run"]])
    with pytest.raises(ValueError, match="by option and line"):
        net([1.0], ["run"])
    with pytest.raises(ValueError, match="rnu is not an input"):
        montecarlo.multipliers(INPUTS, 1, 1, {("build", "rnu"): 0.1})
    known = {**INPUTS, "known": distribution("fixed", likely=1)}
    with pytest.raises(ValueError, match="known is fixed, so it can't move"):
        montecarlo.multipliers(known, 1, 1, {("build", "known"): 0.1})
    with pytest.raises(ValueError, match=r"the model gave shape \(\) for 10 draws"):
        montecarlo.run(lambda at: at["run"].sum(), INPUTS, 10, 1)
