"""Several sentences of one talk."""
