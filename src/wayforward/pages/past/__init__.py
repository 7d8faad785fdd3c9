"""What was: the history of a record, what changed between two days, the exercise as at any day, and undoing."""
