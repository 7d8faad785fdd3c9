"""The findings of scope: what is core, support or ICT, how services are rated, and where the cut falls."""

from wayforward.scope.findings import category, cutoff, ratings

__all__ = ["category", "cutoff", "ratings"]
