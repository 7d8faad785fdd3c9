"""Writing the report: its sections, their versions, comments, challenges and peer review."""
