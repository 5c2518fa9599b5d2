"""The reader by rules: a letter to a transcript whose every number is explained or named as unclear."""
