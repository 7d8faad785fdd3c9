"""The records of the exercise itself: its terms, its plan, its background and what follows the decision."""

from wayforward.exercise.models.after import (
    BenefitOwner,
    DecisionRight,
    EvaluationQuestion,
    FirstHundredDays,
    Gate,
)
from wayforward.exercise.models.background import (
    AmbitionTheme,
    BackgroundEvent,
    Driver,
    Lesson,
    Procurement,
    TestableObjective,
)
from wayforward.exercise.models.plan import (
    InformationRequest,
    Milestone,
    Stage,
    WorkPackage,
    WorkPackageOrder,
    Workstream,
)
from wayforward.exercise.models.register import (
    Assumption,
    Constraint,
    Decision,
    DeclaredInterest,
    Dependency,
    Issue,
    ReportVersion,
    Risk,
    SourceDocument,
)
from wayforward.exercise.models.terms import Exercise, GovernanceGroup, Objective, Section

__all__ = [
    "AmbitionTheme",
    "Assumption",
    "BackgroundEvent",
    "BenefitOwner",
    "Constraint",
    "Decision",
    "DecisionRight",
    "DeclaredInterest",
    "Dependency",
    "Driver",
    "EvaluationQuestion",
    "Exercise",
    "FirstHundredDays",
    "Gate",
    "GovernanceGroup",
    "InformationRequest",
    "Issue",
    "Lesson",
    "Milestone",
    "Objective",
    "Procurement",
    "ReportVersion",
    "Risk",
    "Section",
    "SourceDocument",
    "Stage",
    "TestableObjective",
    "WorkPackage",
    "WorkPackageOrder",
    "Workstream",
]
