"""The outlier rule: prices that are a slip of unit or of a zero, kept and marked but not used.

Loose produce really differs by a factor of 2 to 4 within a city (SOURCES B1.7), so being far from
the middle is not enough. A price is marked when it is (a) more than three times dearer or cheaper
than estimated from all other prices, its own seller's other items included, and (b) beyond four
scales of the model, and (c) a known slip brings it back to within 1.6 times the estimate, or it
is more than five times off and nothing explains it.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from altteul.market.estimate.cross_fitting import hidden_estimates
from altteul.market.estimate.effects import Variances
from altteul.market.estimate.hiding import Hidden
from altteul.market.estimate.level import Values
from altteul.market.estimate.model import fit_model

FAR = 3.0
SCALES = 4.0
HOPELESS = 5.0
NEAR = 1.6
FEWEST_PRICES = 60
MOST_PRICES = 20_000
"""With more, the models that leave a price out are not fitted; the model itself judges."""

ZEROS = ((10.0, "0이 하나 더 붙은 듯"), (0.1, "0이 하나 빠진 듯"))
WEIGHT_SLIPS = (
    *ZEROS,
    (6.0, "600g 값을 100g 값으로 적은 듯"),
    (1 / 6, "100g 값을 600g 값으로 적은 듯"),
    (1000.0, "kg 값을 g 값으로 적은 듯"),
    (1 / 1000, "g 값을 kg 값으로 적은 듯"),
)
COUNT_SLIPS = (
    *ZEROS,
    (4.0, "여러 개 든 봉지 값을 한 개 값으로 적은 듯"),
    (30.0, "한 판 값을 한 개 값으로 적은 듯"),
    (1 / 4, "한 개 값을 여러 개 값으로 적은 듯"),
    (1 / 30, "한 개 값을 한 판 값으로 적은 듯"),
)
"""How many times too dear a slip makes a price per weight or per piece, and what to call it."""
UNEXPLAINED = "다섯 배 넘게 벗어났고 까닭을 모름"

MARKED_SCHEMA = pl.Schema(
    {
        "seller": pl.String(),
        "item": pl.String(),
        "won_per_unit": pl.Float64(),
        "base_unit": pl.String(),
        "expected": pl.Float64(),
        "why": pl.String(),
    }
)


def marked(goods: pl.DataFrame) -> pl.DataFrame:
    """The marked prices with what they were expected to be and why, columns of MARKED_SCHEMA."""
    middle, why = reasons(goods)
    rows = [
        (
            row["seller"],
            row["item"],
            round(float(np.exp(row["log_price"])), 2),
            row["base_unit"],
            round(float(np.exp(middle[place])), 2),
            why[place],
        )
        for place, row in enumerate(goods.iter_rows(named=True))
        if why[place]
    ]
    return pl.DataFrame(rows, schema=MARKED_SCHEMA, orient="row")


def reasons(
    goods: pl.DataFrame, variances: Variances | None = None
) -> tuple[Values, list[str | None]]:
    """ln of the expected price of each good, and why it is marked (None: it is used)."""
    if goods.height < FEWEST_PRICES:
        return np.full(goods.height, np.nan), [None] * goods.height
    known = variances or fit_model(goods).variances
    if goods.height <= MOST_PRICES:
        middle, scale = hidden_estimates(goods, Hidden.SINGLE, known)
    else:
        middle, scale = fit_model(goods, known).estimate(goods)
    error = goods["log_price"].to_numpy() - middle
    weighed = goods["base_unit"].is_in(("g", "mL"))
    judged = zip(error.tolist(), scale.tolist(), weighed, strict=True)
    return middle, [_why(*one) for one in judged]


def _why(error: float, scale: float, weighed: bool) -> str | None:
    """The slip that explains an error of ln price; None for a price that is used."""
    if not abs(error) > max(np.log(FAR), SCALES * scale):
        return None
    slips = WEIGHT_SLIPS if weighed else COUNT_SLIPS
    left, why = min((abs(error - float(np.log(times))), why) for times, why in slips)
    if left <= np.log(NEAR):
        return why
    return UNEXPLAINED if abs(error) > np.log(HOPELESS) else None
