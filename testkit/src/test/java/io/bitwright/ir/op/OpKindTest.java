package io.bitwright.ir.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpKindTest {
  @Test
  void theTableHasExactlyTheOperators() {
    List<Class<?>> table = Arrays.stream(OpKind.values()).<Class<?>>map(OpKind::type).toList();
    assertEquals(List.of(Op.class.getPermittedSubclasses()), table);
  }

  @Test
  void mnemonicsAreUniqueAndLowerCase() {
    Set<String> seen = new HashSet<>();
    for (OpKind kind : OpKind.values()) {
      assertTrue(seen.add(kind.mnemonic()), kind.mnemonic());
      assertTrue(kind.mnemonic().matches("[a-z][a-z0-9_]*"), kind.mnemonic());
      assertTrue(kind.sentence().endsWith("."), kind.sentence());
    }
  }

  @Test
  void theVisitorHasOneMethodEach() {
    Set<Class<?>> visited = Arrays.stream(Op.Visitor.class.getDeclaredMethods())
        .map(m -> m.getParameterTypes()[0]).collect(Collectors.toSet());
    assertEquals(Set.of(Op.class.getPermittedSubclasses()), visited);
    assertTrue(Arrays.stream(Op.Visitor.class.getDeclaredMethods()).noneMatch(java.lang.reflect.Method::isDefault));
  }

  @Test
  void operandCountsFollowFromTheirNames() {
    assertEquals(List.of(2, 3), List.of(OpKind.CONV2D.minOperands(), OpKind.CONV2D.maxOperands()));
    assertEquals(List.of(1, Integer.MAX_VALUE), List.of(OpKind.CONCAT.minOperands(), OpKind.CONCAT.maxOperands()));
    assertEquals(List.of(0, 0), List.of(OpKind.INPUT.minOperands(), OpKind.INPUT.maxOperands()));
  }
}
