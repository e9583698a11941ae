"""How much is read of a record of data·inclusion; see `territories/spreadsheets/bounds.py`."""

TEXT = 10_000  # data·inclusion v1
IDENTIFIER = 200
SOURCE = 100
LIST = 200  # values in one
ZONES = 2_000
