"""What has to be computed, in which order: batches of points and repetitions, cut into chunks of equal size.

Growing a study adds batches at the end, so a row keeps its number, and whatever is done stays done.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

CHUNK = 256
Whole = np.ndarray[Any, np.dtype[np.int64]]


class Batch(NamedTuple):
    """Points `first_point` to `end_point` (exclusive), each in repetitions `first_run` to `end_run` (exclusive)."""

    first_point: int
    end_point: int
    first_run: int
    end_run: int

    @property
    def pairs(self) -> int:
        """Pairs of point and repetition."""
        return (self.end_point - self.first_point) * (self.end_run - self.first_run)

    def pair(self, number: Whole) -> tuple[Whole, Whole]:
        """Point and repetition of pairs by number: all points once, then all again."""
        width = self.end_point - self.first_point
        return self.first_point + number % width, self.first_run + number // width


class Chunk(NamedTuple):
    """Some pairs of a batch in one variant: what is computed at a time and lies in one file."""

    batch: Batch
    number: int
    variant: int
    first_pair: int
    end_pair: int
    first_row: int

    @property
    def rows(self) -> int:
        """How many runs it has."""
        return self.end_pair - self.first_pair

    def pairs(self) -> tuple[Whole, Whole]:
        """Points and repetitions of its rows."""
        return self.batch.pair(np.arange(self.first_pair, self.end_pair))


class Plan(NamedTuple):
    """The batches of a study, the number of its variants, and the size of a chunk."""

    batches: tuple[Batch, ...]
    variants: int
    size: int = CHUNK

    @property
    def rows(self) -> int:
        """Runs in all."""
        return sum(batch.pairs for batch in self.batches) * self.variants

    def chunks(self) -> Iterator[tuple[int, Chunk]]:
        """Every chunk with the place of its batch; the variants of the same pairs come one after the other."""
        row = number = 0
        for place, batch in enumerate(self.batches):
            for first in range(0, batch.pairs, self.size):
                end = min(first + self.size, batch.pairs)
                for variant in range(self.variants):
                    yield place, Chunk(batch, number, variant, first, end, row)
                    row, number = row + end - first, number + 1

    def find(self, row: int) -> tuple[int, int, int]:
        """Variant, point and repetition of a row."""
        for _, chunk in self.chunks():
            if row < chunk.first_row + chunk.rows:
                points, runs = chunk.pairs()
                return chunk.variant, int(points[row - chunk.first_row]), int(runs[row - chunk.first_row])
        raise IndexError(row)


def doubling(points: int, runs: int, first: int, *, along_points: bool) -> tuple[Batch, ...]:
    """Batches that double what there is, so that a rule for stopping is judged at fixed places.

    Args:
        points, runs: What there is in the end. first: Where it begins. along_points: Points double, not runs.
    """
    end = points if along_points else runs
    ends = [min(first, end)]
    while ends[-1] < end:
        ends.append(min(ends[-1] * 2, end))
    starts = [0, *ends[:-1]]
    if along_points:
        return tuple(Batch(start, stop, 0, runs) for start, stop in zip(starts, ends, strict=True))
    return tuple(Batch(0, points, start, stop) for start, stop in zip(starts, ends, strict=True))
