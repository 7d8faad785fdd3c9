"""The appraisal as a workbook with live formulas, for whoever audits its figures."""

from wayforward.appraisal.audit.write import audit_workbook

__all__ = ["audit_workbook"]
