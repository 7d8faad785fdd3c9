"""Pictures: ids of their own, roles of Vega left out, a width that fits the page."""

import pytest

from wayforward.report.typeset.figures import picture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
    '<defs><clipPath id="clip0"/></defs><g clip-path="url(#clip0)" role="graphics-symbol" '
    'aria-label="mark"><rect fill="url(https://example.org/x)"/></g></svg>'
)


def test_ids_are_made_its_own_and_inner_roles_left_out() -> None:
    drawn = picture(SVG.format(200, 100), "fig-1").svg
    assert 'id="fig-1-clip0"' in drawn
    assert "url(#fig-1-clip0)" in drawn
    assert "role=" not in drawn
    assert "aria-" not in drawn


@pytest.mark.parametrize(
    # A page takes 160 mm by 195 mm: a square is 160 wide, a picture twice as tall as wide 97.5.
    ("width", "height", "millimetres"),
    [(200, 100, 160), (100, 100, 160), (100, 200, 97.5)],
)
def test_it_fits_the_page(width: int, height: int, millimetres: float) -> None:
    assert picture(SVG.format(width, height), "f").width_mm == millimetres


def test_a_picture_without_a_view_box_gets_one_from_its_sides() -> None:
    drawn = picture('<svg xmlns="http://www.w3.org/2000/svg" width="50" height="20"/>', "f")
    assert 'viewBox="0 0 50 20"' in drawn.svg


@pytest.mark.parametrize(
    # A picture 160 units wide is set at 160 mm: a unit is 1 mm, 2.835 points.
    ("size", "least"),
    [("", 0.75), ("10", 0.75), ("3", 0.823), ("2", 1.0)],
)
def test_it_may_be_set_three_quarters_as_large_while_its_words_stay_at_seven_points(
    size: str, least: float
) -> None:
    words = f'<text font-size="{size}px">a</text>' if size else ""
    drawn = picture(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 80">{words}</svg>', "f")
    assert drawn.least_scale == pytest.approx(least, abs=0.001)
    assert (drawn.width_mm, drawn.height_mm) == (160, 80)
