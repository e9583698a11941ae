"""How much is read of a file that somebody else wrote. Beyond, a sentence says so."""

RECORDS = 10_000  # of one kind
LINES = 50_000  # of a table, the empty ones too
COLUMNS = 300
SHEETS = 50
HEADER = 30  # lines among which the names of the columns are looked for
NAMED = 12  # columns, sheets or codes in one sentence
# Of a workbook, once it is unpacked.
UNPACKED = 150 << 20  # bytes
STRINGS = 40 << 20  # bytes; these are kept in memory
PARTS = 2_000
