"""What goods cost at sellers where they were not surveyed: an estimate (추정) with its interval."""
