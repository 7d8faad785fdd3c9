"""The findings of the exercise: its plan, what it keeps watch over, and what its evidence is worth."""

from wayforward.exercise.findings import effort, evidence, information, plan, registers

__all__ = ["effort", "evidence", "information", "plan", "registers"]
