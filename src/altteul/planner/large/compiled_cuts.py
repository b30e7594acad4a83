"""The compiled parts of trip_cuts.py as Python calls them; None where they cannot be compiled."""

from __future__ import annotations

import ctypes

import numpy as np
from scipy.sparse import csr_array

from altteul.planner.large.compiling import library, pointer
from altteul.planner.large.instance import Real, Truth
from altteul.planner.large.touring import Index

Union = tuple[int, int, float]
"""Which part stays, which goes into it, and the border of the two together."""
WHOLE = ctypes.c_int64


def compiled_unions(weight: Real) -> list[Union] | None:
    """As trip_cuts.closest_unions."""
    code = library()
    if code is None:
        return None
    count, weight = len(weight), np.array(weight, dtype=np.float64, order="C")
    size, border = weight.sum(axis=1), np.zeros(count)
    unions = np.zeros((count, 2), dtype=np.int64)
    made = code.freely.closest_unions(
        WHOLE(count), pointer(weight), pointer(size), pointer(unions), pointer(border)
    )
    if made < 0:
        raise MemoryError
    pairs = unions[:made].tolist()
    return [(keep, gone, size) for (keep, gone), size in zip(pairs, border.tolist(), strict=False)]


def compiled_loose_parts(
    graph: csr_array, order: Index, wanted: Real
) -> list[tuple[Truth, int]] | None:
    """As trip_cuts.loose_parts."""
    code = library()
    if code is None:
        return None
    count = graph.shape[0]
    begins, ends, capacity, sellers, least = (
        np.ascontiguousarray(one, dtype=np.int64)
        for one in (graph.indptr, graph.indices, graph.data, order, wanted)
    )
    back = _ways_back(begins, ends)
    away = np.zeros((len(sellers), count), dtype=np.bool_)
    found = np.zeros(len(sellers), dtype=np.int64)
    cuts = code.freely.loose_parts(
        WHOLE(count), pointer(begins), pointer(ends), pointer(back),
        pointer(capacity), WHOLE(len(sellers)), pointer(sellers), pointer(least), pointer(away),
        pointer(found),
    )  # fmt: skip
    if cuts < 0:
        raise MemoryError
    return list(zip(away[:cuts], found[:cuts].tolist(), strict=True))


def _ways_back(begins: Index, ends: Index) -> Index:
    """For each arc of a symmetric graph, the arc the other way."""
    starts = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    there, back = np.lexsort((ends, starts)), np.lexsort((starts, ends))
    ways = np.zeros(len(ends), dtype=np.int64)
    ways[there] = back
    return ways
