"""PRIM beside EMA Workbench's on one set of cases."""

import warnings

import numpy as np
import pytest

from wayforward.methods import prim


@pytest.mark.extras
def test_against_ema_workbench() -> None:
    """The first 50 peels are the same, by coverage and density; then two slices leave the same share.

    From there each may go its own way. The peer is set to the objective of Friedman and Fisher: its own
    takes off what gains most a case.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pandas = pytest.importorskip("pandas", reason="needs: pandas")
        pytest.importorskip("ema_workbench", reason="needs: ema_workbench")
        from ema_workbench.analysis import prim as peer
    random = np.random.default_rng(1)
    table = random.random((10_000, 5)) * [24, 1, 1e6, 10, 1]
    fails = random.random(10_000) < 0.05 + 0.85 * ((table[:, 0] > 9) & (table[:, 1] < 0.4))
    inputs = dict(zip("abcde", table.T, strict=True))
    ours = [s for s in prim.trajectory(prim.cases(inputs, fails)) if s.made_by != "paste"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = peer.Prim(
            pandas.DataFrame(inputs),
            fails.astype(int),
            threshold=0.5,
            obj_function=peer.PRIMObjectiveFunctions.ORIGINAL,
        )
        theirs = made.find_box().peeling_trajectory
    assert [s.cases for s in ours] == theirs["n"][: len(ours)].tolist()
    assert [s.coverage for s in ours[:50]] == pytest.approx(theirs["coverage"][:50].tolist(), abs=1e-12)
    assert [s.density for s in ours[:50]] == pytest.approx(theirs["density"][:50].tolist(), abs=1e-12)
    # Neither finds the denser box by more than a little.
    last = len(ours) - 1
    assert ours[last].density == pytest.approx(theirs["density"][last], abs=0.02)
