"""Links for directions that need no key (Kakao map, Naver map; SOURCES B9)."""

from __future__ import annotations

from urllib.parse import quote

from altteul.history.seller import Seller
from altteul.sources.seller import LocationBasis

KAKAO_TO = "https://map.kakao.com/link/to/{name},{lat},{lng}"
KAKAO_SEARCH = "https://map.kakao.com/link/search/{words}"
NAVER_SEARCH = "https://map.naver.com/p/search/{words}"


def kakao_map(seller: Seller) -> str:
    """The way to the seller; a search by name where only its 동 or district is known."""
    if seller.location_basis is not LocationBasis.EXACT or seller.lat is None or seller.lng is None:
        return KAKAO_SEARCH.format(words=_words(seller))
    # A comma inside the name would be read as the start of the latitude.
    name = quote(seller.name.replace(",", " "), safe="")
    return KAKAO_TO.format(name=name, lat=round(seller.lat, 6), lng=round(seller.lng, 6))


def naver_map(seller: Seller) -> str:
    """A search for the seller by district and name."""
    return NAVER_SEARCH.format(words=_words(seller))


def _words(seller: Seller) -> str:
    return quote(f"{seller.district or ''} {seller.name}".strip(), safe="")
