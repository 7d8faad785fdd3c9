"""The appraisal as a workbook with live formulas, for whoever audits its figures."""

from wayforward.appraisal.audit.write import TooLarge, audit_workbook

__all__ = ["TooLarge", "audit_workbook"]
