"""Who goes with whom, so that the weights of all pairs together are as large as can be.

Successive shortest paths with potentials (the Hungarian method as Jonker and Volgenant run it), over the pairs that are
candidates and no others: each row costs one search of its neighbourhood. scipy has it for full matrices; it would weigh
more than all of our other libraries together, and a full matrix is what we avoid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from math import inf

Costs = Sequence[Mapping[int, int]]


def find_best_pairs(weights: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """The column of each row that gets one; `weights` holds, for each row, the weight of each candidate column.

    Weights are positive; columns count from 0. No column is given twice. Ties fall the same way every time.
    """
    most = max((weight for row in weights for weight in row.values()), default=0)
    # A row may stay alone: it then has a column of its own, of weight 0, which counts down from -1.
    costs = [
        {**{column: most - weight for column, weight in row.items()}, -1 - number: most}
        for number, row in enumerate(weights)
    ]
    owners: dict[int, int] = {}
    of_rows, of_columns = [0] * len(costs), defaultdict[int, int](int)
    for start in range(len(costs)):
        _give_column(start, costs, owners, of_rows, of_columns)
    return {row: column for column, row in sorted(owners.items(), key=lambda pair: pair[1]) if column >= 0}


def _give_column(
    start: int, costs: Costs, owners: dict[int, int], of_rows: list[int], of_columns: defaultdict[int, int]
) -> None:
    """Give `start` a column by the cheapest path; whoever owns one on the way moves on to the next."""
    distances: dict[int, int] = {}
    came_from: dict[int, int] = {}
    settled: list[int] = []
    heap: list[tuple[int, int]] = []
    row, travelled = start, 0
    while True:
        for column, cost in costs[row].items():
            distance = travelled + cost - of_rows[row] - of_columns[column]
            if distance < distances.get(column, inf):
                distances[column], came_from[column] = distance, row
                heappush(heap, (distance, column))
        travelled, column = heappop(heap)
        while travelled > distances[column]:  # a shorter way to it was found since
            travelled, column = heappop(heap)
        if column not in owners:
            break
        settled.append(column)
        row = owners[column]
    of_rows[start] += travelled
    for passed in settled:
        of_rows[owners[passed]] += travelled - distances[passed]
        of_columns[passed] -= travelled - distances[passed]
    columns = {owners[passed]: passed for passed in settled}
    while True:
        owners[column] = row = came_from[column]
        if row == start:
            return
        column = columns[row]
