package io.bitwright.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MatMul by a constant stack of matrices, against numpy's rule written out. */
class BatchedMatrixTest {
  private static long[] dims(String text) {
    return Arrays.stream(text.split("x")).mapToLong(Long::parseLong).toArray();
  }

  /** Small whole numbers: every sum is exact. */
  private static float[] numbers(long[] dims, int factor) {
    float[] numbers = new float[(int) Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i * factor % 17 - 8;
    }
    return numbers;
  }

  private static long at(long[] dims, int rank, int fromRight) {
    int place = dims.length - rank + fromRight;
    return place < 0 ? 1 : dims[place];
  }

  /** Element by element: indices of both stacks follow the result's, 0 along dimensions of size 1. */
  private static float[] product(long[] a, float[] x, long[] b, float[] y) {
    int rank = Math.max(a.length, b.length);
    long[] dims = new long[rank];
    for (int d = 0; d < rank - 2; d++) {
      dims[d] = Math.max(at(a, rank, d), at(b, rank, d));
    }
    dims[rank - 2] = a[a.length - 2];
    dims[rank - 1] = b[b.length - 1];
    int length = (int) a[a.length - 1];
    float[] z = new float[(int) Arrays.stream(dims).reduce(1, (p, q) -> p * q)];
    for (int i = 0; i < z.length; i++) {
      long rest = i;
      long[] index = new long[rank];
      for (int d = rank - 1; d >= 0; d--) {
        index[d] = rest % dims[d];
        rest /= dims[d];
      }
      long left = 0;
      long right = 0;
      for (int d = 0; d < rank - 2; d++) {
        left = left * at(a, rank, d) + (at(a, rank, d) == 1 ? 0 : index[d]);
        right = right * at(b, rank, d) + (at(b, rank, d) == 1 ? 0 : index[d]);
      }
      for (int k = 0; k < length; k++) {
        int row = (int) ((left * dims[rank - 2] + index[rank - 2]) * length + k);
        int column = (int) ((right * length + k) * dims[rank - 1] + index[rank - 1]);
        z[i] += x[row] * y[column];
      }
    }
    return z;
  }

  @ParameterizedTest
  @CsvSource({"2x3x5, 2x5x4", "2x1x3x4, 2x3x4x2", "3x2x3x4, 1x2x4x5", "3x2x3x4, 2x4x5", "3x4, 2x4x5",
      "2x3x2x3x4, 3x1x4x2", "1x2x3x4, 5x1x4x2", "2x3x4, 1x4x3", "4x2x1, 4x1x3"})
  void stacksBroadcast(String left, String right) {
    long[] a = dims(left);
    long[] b = dims(right);
    Graph graph = new TestModel().input("x", a).reals("w", b, numbers(b, 5)).node("MatMul(x, w) -> y")
        .output("y").load();
    float[] expected = product(a, numbers(a, 3), b, numbers(b, 5));
    for (Graph each : List.of(graph, GraphRun.optimised(graph))) {
      assertArrayEquals(TestModel.raw(expected),
          GraphRun.run(graph, each, List.of(TestModel.raw(numbers(a, 3)))).get(0), left + " * " + right);
    }
  }

  @ParameterizedTest
  @CsvSource({"2x3x5, 2x4x4", "2x3x5, 3x5x4"})
  void whatDoesNotFitIsRefused(String left, String right) {
    long[] b = dims(right);
    TestModel model =
        new TestModel().input("x", dims(left)).reals("w", b, numbers(b, 5)).node("MatMul(x, w) -> y").output("y");
    assertEquals(1, assertThrows(DiagnosticException.class, model::load).diagnostics().size());
  }
}
