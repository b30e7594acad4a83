"""Shopping lists: typed, in a file, and how they are told from sentences."""
