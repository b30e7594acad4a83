"""When, where, for how many, by which way and with how much money."""
