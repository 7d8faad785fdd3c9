"""How much a case may hold: beyond this it is taken for a mistake or an attack, and refused."""

FILES = 5_000
FILE_BYTES = 20_000_000
ALL_BYTES = 60_000_000
ROWS = 200_000  # in all tables together
COLUMNS = 200
LINES = 1_048_576  # of a CSV, blank ones too: what a spreadsheet has
LINE_CHARACTERS = 2_000_000  # of a CSV, before it is cut into cells
CELL_CHARACTERS = 30_000
FAULTS = 5_000

WORKBOOK_BYTES = 20_000_000
WORKBOOK_PARTS = 2_000
WORKBOOK_UNPACKED = 150_000_000
WORKBOOK_RATIO = 100
WORKBOOK_RATIO_FROM = 5_000_000  # a small part may be packed as tightly as it likes
