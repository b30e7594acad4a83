"""From a set of visits to an answer: the order of its trips, and what is bought where."""

from __future__ import annotations

from altteul.planner.exact.completion import Chosen, Completion
from altteul.planner.exact.dual import Reals
from altteul.planner.exact.model import NOT_SOLD, Answer, price, tour_won
from altteul.planner.exact.multipliers import Multipliers
from altteul.planner.exact.question import Question
from altteul.planner.exact.ways import best_order


class Answering:
    """Answers to a question from sets of visits; trips are ordered once."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._orders: dict[tuple[int, ...], tuple[int, ...] | None] = {}
        self._won: dict[tuple[int, ...], int] = {}

    def answer(
        self, members: tuple[int, ...], limit: float, *, own: Multipliers | None = None
    ) -> Answer | None:
        """The best answer of a set within a limit of won; None where there is none. `own` are the
        multipliers of this one set, where they are known."""
        trips = self.trips_of(members)
        if trips is None:
            return None
        if not self.question.tied:
            return self._separate(trips)
        completion = Completion(self.question.model, list(trips), self.question.bundle)
        chosen = completion.best(limit - self.way(trips), self._start(completion, members, own))
        return self._settled(trips, chosen)

    def quick(self, members: tuple[int, ...], own: Multipliers | None = None) -> Answer | None:
        """A good answer of a set, not proved."""
        trips = self.trips_of(members)
        if trips is None:
            return None
        if not self.question.tied:
            return self._separate(trips)
        completion = Completion(self.question.model, list(trips), self.question.bundle)
        chosen = completion.quick(self._start(completion, members, own))
        return self._settled(trips, chosen)

    def _settled(self, trips: tuple[tuple[int, ...], ...], chosen: Chosen | None) -> Answer | None:
        if chosen is None:
            return None
        return price(self.question.model, trips, self.question.bundle.orders, chosen.bought)

    def _start(
        self, completion: Completion, members: tuple[int, ...], own: Multipliers | None
    ) -> Reals:
        own = own or self.question.own_weights(1, len(members))
        position = {visit: number for number, visit in enumerate(members)}
        return completion.weights(own, position, len(members))

    def trips_of(self, members: tuple[int, ...]) -> tuple[tuple[int, ...], ...] | None:
        """The best trips to the visits of a set; None where they are too late or miss a place."""
        model = self.question.model
        visits = [v for v in members if v < model.visits]
        if not set(model.must) <= {int(model.place[v]) for v in visits}:
            return None
        trips = []
        for day in sorted({int(model.day[v]) for v in visits}):
            trip = self._ordered(tuple(sorted(v for v in visits if model.day[v] == day)))
            if trip is None:
                return None
            trips.append(trip)
        return tuple(trips)

    def way(self, trips: tuple[tuple[int, ...], ...]) -> int:
        """Won of trips that `trips_of` told."""
        return sum(self._won[trip] for trip in trips)

    def _ordered(self, visits: tuple[int, ...]) -> tuple[int, ...] | None:
        """The best order of the visits of a day; None where every order is too late."""
        if visits not in self._orders:
            trip = best_order(self.question.model, visits)
            self._orders[visits] = trip
            if trip:
                self._won[trip] = tour_won(self.question.model, trip)
        return self._orders[visits]

    def _separate(self, trips: tuple[tuple[int, ...], ...]) -> Answer:
        """Each need where it is cheapest; ties go to the original, then to the first stop."""
        model = self.question.model
        columns = [*(visit for trip in trips for visit in trip), *self.question.bundle.orders]
        bought: list[tuple[int, int] | None] = []
        for need in range(model.needs):
            cells = [
                (int(model.cost[need, option, column]), option, place)
                for place, column in enumerate(columns)
                for option in range(model.cost.shape[1])
            ]
            won, option, place = min(cells, default=(NOT_SOLD, 0, 0))
            sold = won <= model.uncovered[need] and won < NOT_SOLD
            bought.append((columns[place], option) if sold else None)
        used = {at[0] for at in bought if at}
        orders = tuple(column for column in self.question.bundle.orders if column in used)
        return price(model, trips, orders, tuple(bought))
