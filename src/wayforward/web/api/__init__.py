"""The interface for programs: tokens, and a description of every address that answers in JSON."""
