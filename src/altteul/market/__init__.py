"""The market: places, offers, the spread among sellers, the normal price."""

from altteul.market.market import Market
from altteul.market.reach import DEFAULT_RADIUS_M

__all__ = ["DEFAULT_RADIUS_M", "Market"]
