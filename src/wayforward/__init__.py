"""From terms of reference to a signed options report, with every figure traced to its evidence."""

__version__ = "0.1.0"
