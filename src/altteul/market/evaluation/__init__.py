"""How good the estimates are, measured on prices that were hidden from them."""
