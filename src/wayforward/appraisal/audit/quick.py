"""A sheet that takes formulas as they are, which is what most of the time of writing a workbook would go into."""

from typing import Any

from xlsxwriter.worksheet import Worksheet


class QuickSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """XlsxWriter looks in each formula for thirty functions younger than those used here; there are none to find."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False, **_: Any) -> str:
        return formula.removeprefix("=")
