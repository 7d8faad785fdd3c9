"""The findings of the appraisal: what each option costs, brings, and rests on."""

from wayforward.appraisal.findings import affordability, money, side_by_side, standing, worth

__all__ = ["affordability", "money", "side_by_side", "standing", "worth"]
