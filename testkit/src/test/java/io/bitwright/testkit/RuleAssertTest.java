package io.bitwright.testkit;

import static io.bitwright.testkit.RuleAssert.assertRule;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleAssertTest {
  private static final Rule ELIDE =
      (node, match) -> node.op() instanceof Op.Concat ? Optional.of(node.operand(0)) : Optional.empty();
  private static final String BEFORE = """
      %x = input : tensor<2 x f32>
      %r = logistic %x : tensor<2 x f32>
      %c = concat %r {axis=0} : tensor<2 x f32>
      return %c
      """;

  @Test
  void becomesSeesEveryDifference() {
    String after = "%x = input : tensor<2 x f32>\n%r = logistic %x : tensor<2 x f32>\nreturn %r";
    assertRule(ELIDE).on(BEFORE).becomes(after);
    assertThrows(AssertionError.class, () -> assertRule(ELIDE).on(BEFORE).becomes(BEFORE));
    assertThrows(AssertionError.class, () -> assertRule(ELIDE).on(BEFORE).becomes(after.replace("2 x", "3 x")));
  }

  @Test
  void doesNotFireSeesAFiring() {
    assertThrows(AssertionError.class, () -> assertRule(ELIDE).on(BEFORE).doesNotFire());
    assertRule((node, match) -> Optional.empty()).on(BEFORE).doesNotFire();
  }

  @Test
  void invalidGraphsAreRefused() {
    assertThrows(DiagnosticException.class, () -> assertRule(ELIDE).on(BEFORE.replace("axis=0", "axis=1")));
  }
}
