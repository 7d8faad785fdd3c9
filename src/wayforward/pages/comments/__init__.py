"""Comments and challenges on a section, a figure or any record: raised, answered, closed."""
