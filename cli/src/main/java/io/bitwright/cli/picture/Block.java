package io.bitwright.cli.picture;

import java.util.List;

/**
 * A block of the network: boxes and blocks inside.
 *
 * @param id  from 1; 0 is the whole picture
 * @param name  relative to the block around, printable
 */
record Block(int id, String name, List<Block> blocks, List<Box> boxes) {
  Block {
    blocks = List.copyOf(blocks);
    boxes = List.copyOf(boxes);
  }
}
