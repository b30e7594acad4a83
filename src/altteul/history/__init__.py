"""The history: the price table, the sellers, the ledger of imports."""

from altteul.history.directory import Sellers
from altteul.history.history import History
from altteul.history.ledger import ImportOutcome, ImportRecord
from altteul.history.seller import Seller

__all__ = ["History", "ImportOutcome", "ImportRecord", "Seller", "Sellers"]
