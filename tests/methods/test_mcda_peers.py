"""The ways of ordering against scikit-criteria and pymcdm, on random tables with criteria of both directions."""

import numpy as np
import pytest

from wayforward.methods.additive import Table, additive, table
from wayforward.methods.critic import critic
from wayforward.methods.electre import electre
from wayforward.methods.promethee import promethee
from wayforward.methods.sum_scaled import sum_scaled
from wayforward.methods.topsis import topsis
from wayforward.methods.vikor import vikor
from wayforward.methods.weighted_product import weighted_product

pytestmark = pytest.mark.extras
NEEDS = "needs: scikit-criteria and pymcdm"
SEEDS = range(8)


def _random(seed: int, turned: int = 2) -> Table:
    """Six options, five criteria; the last ones (turned) are better when less."""
    generator = np.random.default_rng(seed)
    names = ("a", "b", "c", "d", "e")
    rows = {f"o{i}": row for i, row in enumerate(generator.uniform(1, 100, (6, 5)).tolist())}
    weights = dict(zip(names, generator.dirichlet(np.ones(5)).tolist(), strict=True))
    return table(rows, weights, lower=names[5 - turned :])


def _signs(given: Table) -> np.ndarray:
    return np.where(given.lower, -1, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_pymcdm(seed: int) -> None:
    methods = pytest.importorskip("pymcdm.methods", reason=NEEDS)
    weighting = pytest.importorskip("pymcdm.weights", reason=NEEDS)
    scaling = pytest.importorskip("pymcdm.normalizations", reason=NEEDS)
    one = _random(seed)
    table_and_signs = (one.levels, one.weights, _signs(one))
    near = methods.TOPSIS(scaling.vector_normalization)(*table_and_signs[:2], np.ones(5))
    assert topsis(_random(seed, turned=0)).closeness == pytest.approx(near, abs=1e-12)
    assert vikor(one).score == pytest.approx(methods.VIKOR()(*table_and_signs), abs=1e-12)
    assert promethee(one).net == pytest.approx(methods.PROMETHEE_II("usual")(*table_and_signs), abs=1e-12)
    assert sum_scaled(one).scores == pytest.approx(
        methods.WSM(scaling.sum_normalization)(*table_and_signs), abs=1e-12
    )
    # Its products are of shares, ours of levels: their ratios are the same.
    product = methods.WPM(scaling.sum_normalization)(*table_and_signs)
    assert weighted_product(one).ratios == pytest.approx(product[:, None] / product[None, :], rel=1e-12)
    rising = _random(seed, turned=0)
    assert critic(rising).weights == pytest.approx(weighting.critic_weights(rising.levels), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_criteria(seed: int) -> None:
    simple = pytest.importorskip("skcriteria.agg.simple", reason=NEEDS)
    distance = pytest.importorskip("skcriteria.agg.topsis", reason=NEEDS)
    ranking = pytest.importorskip("skcriteria.agg.vikor", reason=NEEDS)
    outranking = pytest.importorskip("skcriteria.agg.electre", reason=NEEDS)
    weighting = pytest.importorskip("skcriteria.preprocessing.weighters", reason=NEEDS)
    one = _random(seed)
    scaled = one.levels / np.sqrt((one.levels**2).sum(axis=0))
    *_, near = distance.topsis(scaled, _signs(one), one.weights)
    assert topsis(one).closeness == pytest.approx(near, abs=1e-12)
    _, seen = ranking.VIKOR()._evaluate_data(one.levels, _signs(one), one.weights)
    assert vikor(one).score == pytest.approx(seen["q_k"], abs=1e-12)
    assert set(vikor(one).compromise) == {one.options[i] for i in seen["compromise_set"]}
    shares = one.levels / one.levels.sum(axis=0)
    _, outranks, concordance, discordance = outranking.electre1(shares, _signs(one), one.weights)
    found = electre(one)
    assert found.concordance == pytest.approx(concordance, abs=1e-12, nan_ok=True)
    assert found.discordance == pytest.approx(discordance, abs=1e-12, nan_ok=True)
    assert found.outranks.tolist() == outranks.tolist()
    assert critic(one).weights == pytest.approx(weighting.critic_weights(one.levels, _signs(one)), abs=1e-12)
    rising = _random(seed, turned=0)
    places, totals = simple.wsm(rising.levels, rising.weights)
    ours = additive(rising)
    assert [row.total for row in ours.totals] == pytest.approx(totals, rel=1e-12)
    assert {row.code: row.rank for row in ours.ranked} == dict(zip(rising.options, places, strict=True))
