"""What waits for people in the forms other tools show it in, and their answers as commands of our own."""
