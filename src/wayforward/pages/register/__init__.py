"""Changing records on screen: the form, its answers checked, several at once, and what to do when two changed one."""
