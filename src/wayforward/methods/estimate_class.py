"""A range no narrower than the class of the estimate allows.

An estimate by analogy, built up or quoted has a class; the class sets how far low and high must at
least lie from the likely figure. Source: AACE International 18R-97, cost estimate classification:
the narrow end of the accuracy range of classes 5, 3 and 1.
"""


def too_narrow(low: float | None, high: float | None, class_low: float, class_high: float) -> bool | None:
    """Say whether low and high are tighter than their class allows; None if one is unknown.

    class_low is the most that low may be (such as 0.8), class_high the least that high may be.
    """
    if low is None or high is None:
        return None
    return low > class_low or high < class_high
