"""Altteul (알뜰): where, when and what to buy so that groceries cost least."""

__version__ = "0.1.0"
