"""Accounts: signing in, a second factor, sessions, invitations, and the people of an exercise."""
