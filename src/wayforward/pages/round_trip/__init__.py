"""A part of the exercise as an Excel workbook or CSV, and back: what was changed in it, seen before it is kept."""
