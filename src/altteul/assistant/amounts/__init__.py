"""Numbers and amounts as they are said."""
