"""Order entry from free text: a letter is read, grounded, resolved and checked until it is a draft or a question."""
