"""Whole packs: the cheapest mixture, against brute force and by hand."""

from __future__ import annotations

from itertools import product
from math import ceil
from random import Random

import pytest

from altteul.planner.packs import PackSize, cheapest_packs


def least_won(sizes: list[PackSize], amount: float) -> int:
    counts = [range(ceil(amount / size.amount) + 1) for size in sizes]
    return min(
        sum(n * size.won for n, size in zip(take, sizes, strict=True))
        for take in product(*counts)
        if sum(n * size.amount for n, size in zip(take, sizes, strict=True)) >= amount
    )


def test_equals_brute_force_on_random_sizes() -> None:
    chance = Random(2)
    for _ in range(500):
        sizes = [
            PackSize(chance.choice([50, 100, 150, 200, 300, 500, 936]), chance.randint(1, 40) * 250)
            for _ in range(chance.randint(1, 4))
        ]
        amount = chance.choice([80, 100, 400, 650, 1_000])
        packing = cheapest_packs(sizes, amount)
        assert packing is not None
        assert packing.won == least_won(sizes, amount)
        assert packing.amount >= amount
        assert packing.won == sum(n * s.won for n, s in zip(packing.counts, sizes, strict=True))


def test_packs_are_whole() -> None:
    packing = cheapest_packs([PackSize(100, 1_000)], 250)
    assert packing is not None
    assert (packing.counts, packing.won, packing.amount) == ((3,), 3_000, 300)


def test_sizes_are_mixed_when_that_is_cheaper() -> None:
    thirty_and_ten = [PackSize(30, 6_000), PackSize(10, 2_500)]
    packing = cheapest_packs(thirty_and_ten, 40)
    assert packing is not None
    assert (packing.counts, packing.won) == ((1, 1), 8_500)


def test_a_larger_pack_that_is_cheaper_replaces_the_fitting_one() -> None:
    packing = cheapest_packs([PackSize(1, 3_000), PackSize(3, 2_800)], 1)
    assert packing is not None
    assert packing.counts == (0, 1)


def test_thirds_and_tenths_do_not_need_a_pack_too_many() -> None:
    packing = cheapest_packs([PackSize(0.1, 100)], 0.3)
    assert packing is not None
    assert packing.counts == (3,)


def test_many_small_packs_of_one_rate_are_settled_at_once() -> None:
    packing = cheapest_packs([PackSize(100 * n, 1_000 * n) for n in (1, 2, 3, 5, 7)], 99_950)
    assert packing is not None
    assert packing.won == 1_000_000


def test_no_sizes_cannot_cover_anything() -> None:
    assert cheapest_packs([], 1) is None


@pytest.mark.parametrize(("size", "amount"), [(PackSize(0, 100), 1), (PackSize(1, 100), 0)])
def test_nothing_cannot_be_packed(size: PackSize, amount: float) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        cheapest_packs([size], amount)
