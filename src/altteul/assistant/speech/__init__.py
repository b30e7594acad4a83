"""A sentence as typed or dictated, put into the text that the rules read."""
