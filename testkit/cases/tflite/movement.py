"""Cases of the operators that move elements; see one_operator.py."""

import numpy as np

from one_operator import ALL_TYPES, Graph, Suite, codes, generator, zero_point

SCALE = 0.05


def moved(suite, name, dtype, note, op, shape, constants=(), results=1, version=None, lead=(), **options):
    """One operator that copies elements: the operand has this shape, constants are int32 tensors.

    lead: constants that come before the operand.
    """
    name = f"{op.lower()}_{dtype}_{name}"
    graph = Graph()
    zero = zero_point(dtype, -7)
    before = [graph.const(np.array(c, np.int32)) for c in lead]
    x = graph.input(dtype, shape, SCALE, zero)
    after = [graph.const(np.array(c, np.int32)) for c in constants]
    graph.op(op, [*before, x, *after], dtype, SCALE, zero, version or 1, results, **options)
    suite.add(name, graph, [codes(generator(name), dtype, shape)], note, op=op, dtype=dtype)


def views(suite):
    """EXPAND_DIMS."""
    for d in ALL_TYPES:
        moved(suite, "front", d, "axis 0", "EXPAND_DIMS", (3, 4), [[0]])
        moved(suite, "back", d, "axis -1", "EXPAND_DIMS", (2, 3, 4), [[-1]])
        moved(suite, "scalar_axis", d, "axis 1 as a scalar", "EXPAND_DIMS", (5, 2), [1])


def main():
    suite = Suite("movement")
    views(suite)
    suite.close()


if __name__ == "__main__":
    main()
