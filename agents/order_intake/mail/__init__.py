"""Mails and files taken apart: not what a letter means, only what stands in it and what could not be read."""
