"""What plans save, measured on surveyed prices: `altteul evaluate savings`."""
