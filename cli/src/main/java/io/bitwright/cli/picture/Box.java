package io.bitwright.cli.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * A box that stands for one operator and those element by element that only it feeds, or for an output.
 *
 * @param id  its place in the picture, from 0
 * @param lines  printable text, the first one its title
 * @param names  full names of the tensors it stands for, printable
 */
record Box(int id, Family family, List<String> lines, List<String> names) {
  Box {
    lines = List.copyOf(lines);
    names = List.copyOf(names);
  }

  /** The same box with a line more. */
  Box with(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Box(id, family, more, names);
  }
}
