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
from wayforward.exercise.models.running import Action, CalendarEntry, Meeting, Workshop
from wayforward.exercise.models.signing import (
    Approval,
    AssuranceStatement,
    DecisionNotice,
    PeerReview,
)
from wayforward.exercise.models.terms import Exercise, GovernanceGroup, Objective, Section

__all__ = [
    "Action",
    "AmbitionTheme",
    "Approval",
    "Assumption",
    "AssuranceStatement",
    "BackgroundEvent",
    "BenefitOwner",
    "CalendarEntry",
    "Constraint",
    "Decision",
    "DecisionNotice",
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
    "Meeting",
    "Milestone",
    "Objective",
    "PeerReview",
    "Procurement",
    "ReportVersion",
    "Risk",
    "Section",
    "SourceDocument",
    "Stage",
    "TestableObjective",
    "WorkPackage",
    "WorkPackageOrder",
    "Workshop",
    "Workstream",
]
