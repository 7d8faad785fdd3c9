"""What is measured, beside what it is measured against. Run by `make bench`; never part of the suite."""
