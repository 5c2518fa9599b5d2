"""Tests of mails taken apart into documents."""
