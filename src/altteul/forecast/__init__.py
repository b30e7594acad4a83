"""When to buy: forecasts of the next 28 days, their backtest, the verdict and its record."""
