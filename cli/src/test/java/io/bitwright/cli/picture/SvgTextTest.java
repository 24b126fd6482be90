package io.bitwright.cli.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.cli.picture.LayeredLayout.Area;
import io.bitwright.cli.picture.LayeredLayout.Point;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgTextTest {
  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<String> ids(Document document) {
    List<String> ids = new ArrayList<>();
    NodeList elements = document.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      String id = ((Element) elements.item(i)).getAttribute("id");
      if (!id.isEmpty() && !id.equals("arrow")) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static Stream<Box> boxes(Block block) {
    return Stream.concat(block.boxes().stream(), block.blocks().stream().flatMap(SvgTextTest::boxes));
  }

  private static Stream<Block> blocks(Block block) {
    return block.blocks().stream().flatMap(b -> Stream.concat(Stream.of(b), blocks(b)));
  }

  private static boolean overlap(Area a, Area b) {
    return a.x() < b.x() + b.width() && b.x() < a.x() + a.width() && a.y() < b.y() + b.height()
        && b.y() < a.y() + a.height();
  }

  private static boolean inside(Area a, Area around) {
    return a.x() >= around.x() && a.y() >= around.y() && a.x() + a.width() <= around.x() + around.width()
        && a.y() + a.height() <= around.y() + around.height();
  }

  /** Within each block: what is in it lies inside and side by side, below the block's name. */
  private static void requireNesting(Block block, LayeredLayout layout) {
    List<Area> inner = new ArrayList<>();
    block.boxes().forEach(box -> inner.add(layout.area(box)));
    block.blocks().forEach(b -> inner.add(layout.area(b)));
    for (int i = 0; i < inner.size(); i++) {
      assertTrue(inside(inner.get(i), layout.area(block)), block.name());
      for (int j = 0; j < i; j++) {
        assertTrue(!overlap(inner.get(i), inner.get(j)), block.name());
      }
    }
    block.blocks().forEach(b -> requireNesting(b, layout));
  }

  private static void requireSound(Graph graph) throws Exception {
    NetworkPicture picture = NetworkPicture.of(graph, "net");
    LayeredLayout layout = LayeredLayout.of(picture);
    requireNesting(picture.root(), layout);
    List<Box> boxes = boxes(picture.root()).toList();
    for (Box box : boxes) {
      box.lines().forEach(line -> assertTrue(Lettering.width(line) < layout.area(box).width(), line));
    }
    requireWays(picture, layout, boxes);
    Set<String> expected = new HashSet<>();
    boxes.forEach(b -> expected.add("operator" + b.id()));
    blocks(picture.root()).forEach(b -> expected.add("block" + b.id()));
    for (int i = 0; i < picture.edges().size(); i++) {
      expected.add("edge" + i);
    }
    List<String> ids = ids(parse(picture.text(PictureFormat.SVG)));
    assertEquals(expected, new HashSet<>(ids));
    assertEquals(expected.size(), ids.size());
    long nodes = graph.nodes().stream().filter(n -> !n.isConstant()).count();
    assertEquals(nodes, boxes.stream().mapToLong(b -> b.names().size()).sum(), "every operator is in a box");
    assertEquals(boxes.size(), expected.stream().filter(id -> id.startsWith("operator")).count());
  }

  /** From the upper or lower border of one box to that of the other. */
  private static void requireWays(NetworkPicture picture, LayeredLayout layout, List<Box> boxes) {
    for (int i = 0; i < picture.edges().size(); i++) {
      List<Point> way = layout.way(i);
      assertTrue(onBorder(way.get(0), layout.area(boxOf(boxes, picture.edges().get(i).from()))));
      assertTrue(onBorder(way.get(way.size() - 1), layout.area(boxOf(boxes, picture.edges().get(i).to()))));
    }
  }

  private static boolean onBorder(Point point, Area area) {
    double below = point.y() - area.y();
    return area.x() < point.x() && point.x() < area.x() + area.width()
        && (Math.abs(below) < 1 || Math.abs(below - area.height()) < 1);
  }

  private static Box boxOf(List<Box> boxes, int id) {
    return boxes.stream().filter(b -> b.id() == id).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v3_small", "inception_v3", "nasnet_a_mobile", "shufflenet_v2"})
  void everythingIsThereAndLiesInItsBlock(String network) throws Exception {
    Graph graph = ModelLoader.load(Path.of(ModelLoader.ZOO + network));
    requireSound(graph);
    NetworkPicture picture = NetworkPicture.of(graph, "net");
    LayeredLayout layout = LayeredLayout.of(picture);
    List<Box> boxes = boxes(picture.root()).toList();
    assertTrue(picture.edges().stream().allMatch(e ->
        layout.area(boxOf(boxes, e.from())).y() < layout.area(boxOf(boxes, e.to())).y()), "all edges lead down");
  }

  @Test
  void blocksOfAZooNetworkAreItsDescriptions() {
    Block root = NetworkPicture.of(ModelLoader.load(Path.of("zoo:mobilenet_v3_small")), "net").root();
    List<String> names = blocks(root).map(Block::name).toList();
    List<String> some = List.of("mobilenet_v3_body_1", "inverted_residual_11", "squeeze_excite_1");
    assertTrue(names.containsAll(some), names::toString);
    assertTrue(names.stream().noneMatch(n -> n.startsWith("conv_bn")), "a block of one box is none");
  }

  /** Scopes that come and go, names that are markup, control characters, empty names. */
  @Test
  void hostileNamesAreDrawn() throws Exception {
    String name = "</text><script>alert(1)</script>&amp;\\\"'\\u0001\\u00e4]]>";
    StringBuilder text = new StringBuilder("graph @g {\n  %0 = input : tensor<1x4x4x2 x f32> \"" + name + "\"\n");
    List<String> names = List.of("a/x", "b/x", "a/x", name + "/" + name, "a/y/z", "a/y", "", "/", name + "/q",
        "b/" + "long".repeat(200));
    String pool = "  %%%d = max_pool2d %%%d {kernel=1x1} : tensor<1x4x4x2 x f32> \"%s\"\n";
    for (int i = 0; i < names.size(); i++) {
      text.append(pool.formatted(i + 1, i, names.get(i)));
    }
    Graph graph = GraphParser.parse(text + "  return %10\n}\n");
    requireSound(graph);
    String svg = NetworkPicture.of(graph, name).text(PictureFormat.SVG);
    assertEquals(0, parse(svg).getElementsByTagName("script").getLength());
    assertTrue(svg.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
  }

  @Test
  void theSamePictureComesOutInEveryLocale() {
    String first = DotTextTest.small().text(PictureFormat.SVG);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(first, DotTextTest.small().text(PictureFormat.SVG));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(first.contains("<title>block/conv, block/relu</title>"), first);
  }
}
