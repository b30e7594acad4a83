"""Large baskets: 50 to 250 sellers and as many needs, proved where the time allows."""

from altteul.planner.large.instance import LargeInstance
from altteul.planner.large.solution import LargeSolution
from altteul.planner.large.solving import solve

__all__ = ["LargeInstance", "LargeSolution", "solve"]
