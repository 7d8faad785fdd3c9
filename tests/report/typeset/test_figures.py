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
