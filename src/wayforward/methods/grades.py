"""The grade of a figure is the worst grade among its inputs.

worst(g1, g2, ...) = the highest number on the ladder from 1 (strongest) to 6; an input with no
grade is an assumption, weaker than any grade. Source: weakest-link rule of graded-evidence
appraisal; this software's convention for figures computed from several records.
"""

from collections.abc import Iterable


def worst(grades: Iterable[int | None]) -> int | None:
    """Return the worst grade, or None (assumption) if an input has none or there is no input.

    Raises ValueError where a grade is not 1 to 6.
    """
    given = list(grades)
    for grade in given:
        if grade is not None and grade not in range(1, 7):
            raise ValueError(f"grade {grade} is off the ladder: grades run from 1 to 6")
    graded = [grade for grade in given if grade is not None]
    return max(graded) if graded and len(graded) == len(given) else None
