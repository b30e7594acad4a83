"""Where x when x what as whole numbers, and its exact solution (docs/topics/planner.md).

Nothing here knows of items, shops or won ranges.
"""
