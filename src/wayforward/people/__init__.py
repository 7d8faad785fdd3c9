"""The people of the workbench: who they are, what part they have in an exercise, and what each part may do."""
