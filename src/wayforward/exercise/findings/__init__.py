"""The findings of the exercise: its plan, what it keeps watch over, and what its evidence is worth."""

from wayforward.exercise.findings import evidence, plan, registers

__all__ = ["evidence", "plan", "registers"]
