"""The names of a sentence, each with its amount and with what is said of it."""
