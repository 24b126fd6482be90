package io.bitwright.ir.diag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosticIdTest {
  @Test
  void codesAreUniqueAscendAndAreExplained() {
    Set<String> codes = new HashSet<>();
    String last = "";
    for (DiagnosticId id : DiagnosticId.values()) {
      assertTrue(id.code().matches("BW0[1-9][0-9]{2}"), id.code());
      assertTrue(codes.add(id.code()), id.code() + " is used twice");
      assertTrue(id.code().compareTo(last) > 0, id.code() + " after " + last);
      assertTrue(id.explanation().endsWith("."), id.code());
      last = id.code();
    }
  }

  @Test
  void messagesCannotCarryControlCharacters() {
    Diagnostic d = Diagnostic.of(DiagnosticId.TEXT_SYNTAX, SourceLocation.ofNode("f\u001b[1m", "n\n"), "a\u001b[2Jb\n%s\u202e");
    assertEquals("f?[1m:n?: error: a?[2Jb?%s? [BW0301]", d.render());
    assertFalse(d.render().chars().anyMatch(c -> c < ' ' || c > 0x7e));
  }
}
