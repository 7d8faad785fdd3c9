"""The findings of the baseline: how mature services and functions are, and what stands on ageing systems."""

from wayforward.baseline.findings import maturity, support

__all__ = ["maturity", "support"]
