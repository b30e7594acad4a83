"""Korean as it is said: numbers in words, and the particle that fits a word."""
