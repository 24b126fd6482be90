package io.bitwright.rtl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A design as text.
 *
 * @param modules  Verilog by module name, a module each; those it shares with other designs begin with {@code bw_}
 * @param images  memory images by file name; the Verilog looks for them in the folder {@code mem}
 */
public record RenderedDesign(SortedMap<String, String> modules, SortedMap<String, String> images) {
  private static final List<String> PRIMITIVES = List.of("bw_mul", "bw_ram", "bw_rom");
  private static final Pattern MODULE = Pattern.compile("(?ms)^module (\\w+).*?^endmodule\n");

  /** Cuts what firtool prints into modules, and adds the hand-written ones. */
  static RenderedDesign of(String verilog, Map<String, String> images) {
    SortedMap<String, String> modules = new TreeMap<>();
    Matcher module = MODULE.matcher(verilog);
    while (module.find()) {
      modules.put(module.group(1), module.group());
    }
    for (String name : PRIMITIVES) {
      modules.put(name, primitive(name));
    }
    return new RenderedDesign(modules, new TreeMap<>(images));
  }

  private static String primitive(String name) {
    try (InputStream file = RenderedDesign.class.getResourceAsStream("/io/bitwright/rtl/verilog/" + name + ".sv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
