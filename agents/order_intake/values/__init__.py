"""What a written value means, in five languages: one reading, several, or none; never a guess."""
