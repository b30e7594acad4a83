"""Forecast a year of monthly sales with the foundation model: no training, no GPU (추정)."""

from altteul.foundation import predict

sales = [82, 85, 97, 104, 118, 139, 161, 166, 131, 108, 91, 87]  # made-up sales of ice cups
sales += [88, 93, 103, 113, 124, 150, 170, 178, 143, 114, 99, 92]
forecast = predict(sales, horizon=12, freq="monthly", thorough=True)
low, high = forecast.interval(0.8)
for month in range(12):
    print(month + 1, *(round(part[0, month]) for part in (low, forecast.median, high)))
