package io.bitwright.cli.picture;

import io.bitwright.ir.diag.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks as the boxes' names give them, whose parts but the last are the blocks around; in the order of the first box.
 * A block of a single box is none, and one that holds only a block is one with it.
 */
final class BlockTree {
  private static final int LONGEST = 36;

  /** Parts of the name, from the outermost block's. */
  private final List<String> steps;
  private final Map<String, BlockTree> blocks = new LinkedHashMap<>();
  private final Map<Box, List<String>> boxes = new LinkedHashMap<>();

  private BlockTree(List<String> steps) {
    this.steps = steps;
  }

  /** The tree of some boxes by the parts of their names. */
  static Block of(Map<Box, List<String>> names) {
    BlockTree root = new BlockTree(List.of());
    names.forEach((box, name) -> {
      BlockTree at = root;
      for (int i = 1; i < name.size(); i++) {
        List<String> steps = name.subList(0, i);
        at = at.blocks.computeIfAbsent(name.get(i - 1), step -> new BlockTree(steps));
      }
      at.boxes.put(box, name);
    });
    return root.block(0, new int[1]);
  }

  private Block block(int depthAround, int[] next) {
    int id = next[0]++;
    List<Block> inner = new ArrayList<>();
    List<Box> all = new ArrayList<>();
    boxes.forEach((box, name) -> all.add(named(box, name)));
    for (BlockTree child : blocks.values()) {
      BlockTree only = child.withoutShells();
      if (only.blocks.isEmpty() && only.boxes.size() == 1) {
        only.boxes.forEach((box, name) -> all.add(named(box, name)));
      } else {
        inner.add(only.block(steps.size(), next));
      }
    }
    return new Block(id, shortened(steps.subList(depthAround, steps.size())), inner, all);
  }

  private BlockTree withoutShells() {
    return boxes.isEmpty() && blocks.size() == 1 ? blocks.values().iterator().next().withoutShells() : this;
  }

  private Box named(Box box, List<String> name) {
    return name.isEmpty() ? box : box.with(shortened(name.subList(steps.size(), name.size())));
  }

  /** The end tells more than the beginning. */
  private static String shortened(List<String> parts) {
    String text = Printable.of(String.join("/", parts));
    return text.length() <= LONGEST ? text : ".." + text.substring(text.length() - LONGEST + 2);
  }
}
