"""The compiled steps of the local search as Python calls them; `basket.h` says what they see."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt

from altteul.planner.large.compiling import Code, library, pointer
from altteul.planner.large.instance import LargeInstance, Truth, Whole
from altteul.planner.large.price_levels import PriceLevels

Index = npt.NDArray[np.intp]

WHOLE = ctypes.c_int64
POINTER = ctypes.c_void_p
NUMBERS = ("sellers", "needs", "levels", "ranks", "room", "tabled")
TABLES = (
    "distance", "stop", "step", "begins", "need", "level", "quantity", "rank", "ranked",
    "level_at", "quantity_at", "sells",
)  # fmt: skip


class _Basket(ctypes.Structure):
    _fields_ = [*((name, WHOLE) for name in NUMBERS), *((name, POINTER) for name in TABLES)]


class CompiledSteps:
    """Steps over one instance. Calls let other threads run, and keep nothing between them."""

    def __init__(self, code: Code, instance: LargeInstance, levels: PriceLevels) -> None:
        self._code = code
        self._sellers = instance.sellers
        self._tables = _tables(instance, levels)
        self._distance = _address(self._tables["distance"])
        numbers = (
            instance.sellers, instance.needs, levels.levels, levels.ranks, instance.room,
            int(levels.tabled),
        )  # fmt: skip
        self._basket = _Basket(*numbers, *(_address(self._tables[name]) for name in TABLES))

    @classmethod
    def of(cls, instance: LargeInstance, levels: PriceLevels) -> CompiledSteps | None:
        """None where the machine cannot compile."""
        code = library()
        return None if code is None else cls(code, instance, levels)

    def improved(self, order: Index) -> Index:
        """As touring.improved."""
        order = np.array(order, dtype=np.int64)
        self._code.freely.improve(POINTER(self._distance), WHOLE(self._sellers), *_sized(order))
        return order

    def shifted(self, missing: Whole, seller: int, *, joins: bool) -> Whole:
        """`missing` (L × K) when a seller joins or leaves."""
        missing = missing.copy()
        sign = 1 if joins else -1
        self._code.briefly.shift(self._this(), pointer(missing), WHOLE(seller), WHOLE(sign))
        return missing

    def descended(
        self, order: Index, inside: Truth, missing: Whole, *, swaps: bool, steps: int
    ) -> tuple[Index, bool]:
        """At most so many steps down; `inside` and `missing` are changed in place. Returns the new
        order, and whether no single change helps any more."""
        room = np.zeros(self._sellers + 1, dtype=np.int64)
        room[: len(order)] = order
        count = WHOLE(len(order))
        finished = self._code.freely.descend(
            self._this(), pointer(room), ctypes.byref(count), pointer(inside),
            pointer(missing), ctypes.c_int(swaps), WHOLE(steps),
        )  # fmt: skip
        if finished < 0:
            raise MemoryError
        return room[: count.value].copy(), bool(finished)

    def _this(self) -> Any:
        return ctypes.byref(self._basket)


def _tables(instance: LargeInstance, levels: PriceLevels) -> dict[str, npt.NDArray[Any]]:
    offers = levels.offers
    tables: dict[str, npt.NDArray[Any]] = {
        "distance": instance.distance, "stop": instance.stop_cost, "step": levels.step,
        "begins": offers.begins, "need": offers.need, "level": offers.level,
        "quantity": offers.quantity, "rank": levels.rank[offers.seller, offers.need],
        "ranked": levels.ranked, "level_at": levels.level, "quantity_at": instance.useful,
    }  # fmt: skip
    whole = {name: np.ascontiguousarray(one, dtype=np.int64) for name, one in tables.items()}
    return whole | {"sells": levels.sells.astype(np.bool_)}


def _address(table: npt.NDArray[Any]) -> int:
    return int(table.ctypes.data)


def _sized(order: Index) -> tuple[ctypes.c_void_p, ctypes.c_int64]:
    return pointer(order), WHOLE(len(order))
