"""How much of a letter is read. What is beyond a limit is named as a fault, never dropped without a word."""

LETTER_BYTES = 10_000_000
MIME_DEPTH = 12
PARTS = 60
HEADER_CHARACTERS = 2_000
TEXT_CHARACTERS = 200_000
HTML_CHARACTERS = 500_000
SHEETS = 10
ROWS = 2_000
COLUMNS = 60
PDF_PAGES = 20
SECONDS_APART = 30
REFERENCES = 20
