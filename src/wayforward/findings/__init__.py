"""What follows from records: each finding has a key, a method, its inputs and their evidence."""

from wayforward.findings.compute import Findings
from wayforward.findings.finding import Column, Evidence, Finding, Result
from wayforward.findings.registry import UnknownFinding, finding, registered

__all__ = [
    "Column",
    "Evidence",
    "Finding",
    "Findings",
    "Result",
    "UnknownFinding",
    "finding",
    "registered",
]
