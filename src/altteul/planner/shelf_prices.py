"""What is believed of prices that show only at the shelf, and what keeping to limits is worth.

Who stands before the price tag knows. Going along a tour, a need is bought at a stop when its price
there is at most what going on is expected to cost: the limit. After the last stop a need that is
still open is bought at the surveyed seller where it costs least with a trip of its own. Backwards
from there (optimal stopping; Bellman 1957, for search among known distributions Weitzman 1979):

    W_K = what it costs elsewhere        W_k = E min(X_{k+1}, W_{k+1})

with X_k the price at stop k. A surveyed price is certain; an estimate is log-normal with the
estimate's expected price and 80 % range, independent of the others (docs/topics/estimates.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from altteul.market.estimate.conformal import NORMAL_80
from altteul.planner.cells import RISK_WEIGHT
from altteul.planner.exact.bundles import may_bind
from altteul.planner.exact.model import NOT_SOLD, Answer, Index, Won
from altteul.planner.going_without import alone_of
from altteul.planner.outing import Outing
from altteul.planner.risking import estimated

Reals = NDArray[np.float64]

LOOKING = 0.5
"""How much of what keeping to the limits is expected to save counts in a plan: not everybody looks
at every price tag (our rule)."""


NOWHERE = 1e9
"""Won for a need that no surveyed seller in reach has."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Prices as they are believed.

    expected   (needs, visits): won for the need in the cheapest way; inf where it is not sold
    deviation  (needs, visits): standard deviation of its logarithm; 0 where it was surveyed
    elsewhere  (needs,): won at the surveyed seller where it costs least with a trip of its own,
               NOWHERE without one: then one takes what the last stop asks
    instead    (needs,): the visit that is made for it then, −1 for none
    uncovered  (needs,): won for coming home without it
    risk       what a won of doubt weighs
    """

    expected: Reals
    deviation: Reals
    elsewhere: Reals
    instead: Index
    uncovered: Reals
    risk: float


@dataclass(frozen=True, slots=True)
class Followed:
    """What keeping to the limits comes to along tours of `stops` visits.

    limits    (tours, stops, needs): the most won at which a need is bought at the stop
    expected  (tours,): won for all needs, without the trip
    variance  (tours,): of the same
    """

    limits: Reals
    expected: Reals
    variance: Reals


def belief_of(outing: Outing) -> Belief | None:
    """What is believed of an outing's prices.

    None where nothing is estimated, where something is delivered, and where a limit may tie the
    needs together: then what is bought at one stop changes what one can buy at the next.
    """
    if not estimated(outing).any() or outing.model.orders or may_bind(outing.model, ()):
        return None
    return believed(outing)


def believed(outing: Outing, here: int | None = None) -> Belief:
    """The same of any outing; what is delivered and limits on all needs together play no part.

    To the seller of the visit `here`, where one is now, one does not come back on purpose.
    """
    guessed, model = estimated(outing), outing.model
    sold = model.cost[:, :, : model.visits].min(axis=1) < NOT_SOLD
    expected = np.where(sold, 0.0, np.inf)
    deviation = np.zeros(sold.shape)
    spread = _deviations(outing, guessed)
    number, day = outing.cheapest_cells(model.cost.argmin(axis=1))
    expected[sold] = np.maximum(1.0, outing.cells.expected[number, day][sold])
    deviation[sold] = spread[number][sold]
    away = np.where(deviation > 0, np.inf, expected) + alone_of(model)[None, :]
    if here is not None:
        away[:, model.place == model.place[here]] = np.inf
    least = away.min(axis=1, initial=np.inf)
    surveyed = np.isfinite(least)
    return Belief(
        expected=expected,
        deviation=deviation,
        elsewhere=np.where(surveyed, least, NOWHERE),
        instead=np.where(surveyed, away.argmin(axis=1), -1),
        uncovered=model.uncovered.astype(np.float64),
        risk=RISK_WEIGHT[outing.request.risk],
    )


def _deviations(outing: Outing, guessed: NDArray[np.bool_]) -> Reals:
    """The deviation of ln price of each option, from its 80 % range; 0 where it was surveyed."""
    found = np.zeros(len(guessed))
    for number in np.flatnonzero(guessed).tolist():
        lines = outing.demand.options[outing.cells.keys[number]].lines
        low = sum(line.price.low * line.paid for line in lines)
        high = sum(line.price.high * line.paid for line in lines)
        found[number] = np.log(max(high, 1) / max(low, 1)) / 2 / NORMAL_80
    return found


def follow(belief: Belief, tours: Index) -> Followed:
    """Keep to the limits along tours, shape (tours, stops) of visits."""
    count, stops = tours.shape
    ahead = np.repeat(belief.elsewhere[:, None], count, axis=1)
    squares = ahead**2
    limits = np.empty((count, stops, len(ahead)))
    for stop in range(stops - 1, -1, -1):
        visits = tours[:, stop]
        limits[:, stop] = ahead.T
        price, spread = belief.expected[:, visits], belief.deviation[:, visits]
        squares = _squares(price, spread, ahead, squares)
        ahead = at_most(price, spread, ahead)
    missed = ahead >= NOWHERE / 2
    variance = np.where(missed, 0.0, np.maximum(squares - ahead**2, 0.0))
    ahead = np.where(missed, belief.uncovered[:, None], ahead)
    return Followed(limits, ahead.sum(axis=0), variance.sum(axis=0))


def ahead_of(belief: Belief, tours: Index) -> Reals:
    """What each need is expected to cost along tours, shape (needs, tours): the limit at the shelf
    before them. `tours` (tours, stops) may have no stops; NOWHERE for a need that is had nowhere.
    """
    ahead = np.repeat(belief.elsewhere[:, None], len(tours), axis=1)
    for visits in tours.T[::-1]:
        ahead = at_most(belief.expected[:, visits], belief.deviation[:, visits], ahead)
    return ahead


def limits_worth(belief: Belief | None, answer: Answer) -> int:
    """Won that keeping to the limits is expected to save on an answer, as far as it counts."""
    tour = [visit for trip in answer.trips for visit in trip]
    if belief is None or not tour:
        return 0
    followed = follow(belief, np.array([tour], dtype=np.intp))
    return int(counted(belief, np.array([answer.goods + answer.uncovered]), followed)[0])


def counted(belief: Belief, written: Reals | Won, followed: Followed) -> Won:
    """The same for goods that cost `written` won as they stand, shape (tours,).

    The doubt of who keeps to the limits weighs half, as the tangent of risking.py does.
    """
    doubt = belief.risk * NORMAL_80 * np.sqrt(followed.variance) / 2
    saved = np.maximum(written - followed.expected - doubt, 0.0)
    worth: Won = np.rint(LOOKING * saved).astype(np.int64)
    return worth


def at_most(expected: Reals, deviation: Reals, limit: Reals) -> Reals:
    """E min(X, limit) of log-normal prices with the expectation and deviation; shapes alike."""
    from scipy.special import ndtr

    sure = deviation <= 0
    spread = np.where(sure, 1.0, deviation)
    price = np.where(np.isfinite(expected), expected, 1.0)
    place = (np.log(np.maximum(limit, 1.0) / price) + spread**2 / 2) / spread
    mixed = price * ndtr(place - spread) + limit * ndtr(-place)
    least: Reals = np.where(sure | ~np.isfinite(expected), np.minimum(expected, limit), mixed)
    return least


def likely_below(expected: Reals, deviation: Reals, limit: Reals) -> Reals:
    """The probability that prices are at most a limit; shapes alike."""
    from scipy.special import ndtr

    sure = (deviation <= 0) | ~np.isfinite(expected)
    spread = np.where(sure, 1.0, deviation)
    price = np.where(np.isfinite(expected), expected, 1.0)
    place = (np.log(np.maximum(limit, 1.0) / price) + spread**2 / 2) / spread
    likely: Reals = np.where(sure, expected <= limit, ndtr(place))
    return likely


def _squares(expected: Reals, deviation: Reals, limit: Reals, after: Reals) -> Reals:
    """E of the squared won that are paid: X² up to the limit, else `after`."""
    from scipy.special import ndtr

    sure = (deviation <= 0) | ~np.isfinite(expected)
    spread = np.where(sure, 1.0, deviation)
    price = np.where(np.isfinite(expected), expected, 1.0)
    place = (np.log(np.maximum(limit, 1.0) / price) + spread**2 / 2) / spread
    below = price**2 * np.exp(spread**2) * ndtr(place - 2 * spread)
    unsure = below + after * ndtr(-place)
    certain = np.where(expected <= limit, np.square(price), after)
    squares: Reals = np.where(sure, certain, unsure)
    return squares
