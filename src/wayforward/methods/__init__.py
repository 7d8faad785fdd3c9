"""The mathematics, one method to a file: no Django, no files, no clock, no globals."""
