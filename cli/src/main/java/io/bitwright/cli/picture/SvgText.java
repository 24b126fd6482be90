package io.bitwright.cli.picture;

import io.bitwright.cli.picture.LayeredLayout.Area;
import io.bitwright.cli.picture.LayeredLayout.Point;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A picture drawn. */
final class SvgText {
  private static final String[] SHADES = {"#ffffff", "#f7f8fa", "#eef0f4", "#e5e8ee"};
  /** Room for the picture's title. */
  private static final double TITLE = 34;
  private static final double SWATCH = 12;
  private static final double ROW = 18;
  private static final double MARGIN = 12;
  private static final double CORNER = 5;
  private static final double NARROWEST = 380;

  private final StringBuilder text = new StringBuilder();
  private final NetworkPicture picture;
  private final LayeredLayout layout;
  private final Set<Family> families = EnumSet.noneOf(Family.class);

  private SvgText(NetworkPicture picture, LayeredLayout layout) {
    this.picture = picture;
    this.layout = layout;
  }

  static String of(NetworkPicture picture, LayeredLayout layout) {
    return new SvgText(picture, layout).text();
  }

  /** The ground of a block, darker the deeper it lies. */
  static String shade(int depth) {
    return SHADES[Math.min(depth, SHADES.length - 1)];
  }

  private String text() {
    Area all = layout.area(picture.root());
    addFamilies(picture.root());
    double width = Math.max(NARROWEST, Math.max(all.width(), Lettering.width(picture.title()) * 1.3 + 2 * MARGIN));
    List<Point> legend = legend(width);
    double top = legend.get(legend.size() - 1).y() + ROW;
    double height = top + all.height();
    line("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" + number(height)
        + "\" viewBox=\"0 0 " + number(width) + " " + number(height) + "\" font-family=\"" + Lettering.FONT
        + "\" font-size=\"" + number(Lettering.SIZE) + "\">");
    line("<title>" + escaped(picture.title()) + "</title>");
    line("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
        + "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555555\"/></marker></defs>");
    line("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    line("<text x=\"" + number(MARGIN) + "\" y=\"22\" font-size=\"14\" font-weight=\"bold\">" + escaped(picture.title())
        + "</text>");
    addLegend(legend);
    line("<g transform=\"translate(" + number((width - all.width()) / 2) + " " + number(top) + ")\">");
    addBlocks(picture.root(), 0);
    line("<g fill=\"none\" stroke=\"#555555\" marker-end=\"url(#arrow)\">");
    for (int i = 0; i < picture.edges().size(); i++) {
      addEdge(i);
    }
    line("</g>");
    addNames(picture.root(), 0);
    addBoxes(picture.root());
    line("</g>");
    line("</svg>");
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void addFamilies(Block block) {
    block.boxes().forEach(box -> families.add(box.family()));
    block.blocks().forEach(this::addFamilies);
  }

  /** Where the swatches of the families go: in rows below the title. */
  private List<Point> legend(double width) {
    List<Point> places = new ArrayList<>();
    double x = MARGIN;
    double y = TITLE;
    for (Family family : families) {
      double wide = SWATCH + 6 + Lettering.width(family.label()) + ROW;
      if (x + wide > width && x > MARGIN) {
        x = MARGIN;
        y += ROW;
      }
      places.add(new Point(x, y));
      x += wide;
    }
    return places;
  }

  private void addLegend(List<Point> places) {
    Iterator<Point> place = places.iterator();
    for (Family family : families) {
      Point at = place.next();
      line("<rect" + rectangle(new Area(at.x(), at.y(), SWATCH, SWATCH)) + colours(family) + "/><text x=\""
          + number(at.x() + SWATCH + 6) + "\" y=\"" + number(at.y() + 10) + "\">" + family.label() + "</text>");
    }
  }

  private void addBlocks(Block block, int depth) {
    if (depth > 0) {
      line("<rect class=\"block\" id=\"block" + block.id() + "\"" + rectangle(layout.area(block)) + " rx=\"8\" fill=\""
          + shade(depth) + "\" stroke=\"#999999\"/>");
    }
    block.blocks().forEach(inner -> addBlocks(inner, depth + 1));
  }

  /** On the lines that cross them, with a rim of the ground. */
  private void addNames(Block block, int depth) {
    if (depth > 0) {
      Area area = layout.area(block);
      line("<text x=\"" + number(area.x() + 8) + "\" y=\"" + number(area.y() + 16) + "\" fill=\"#444444\" font-style=\""
          + "italic\" paint-order=\"stroke\" stroke=\"" + shade(depth) + "\" stroke-width=\"4\">"
          + escaped(block.name()) + "</text>");
    }
    block.blocks().forEach(inner -> addNames(inner, depth + 1));
  }

  private void addBoxes(Block block) {
    block.boxes().forEach(this::addBox);
    block.blocks().forEach(this::addBoxes);
  }

  private void addBox(Box box) {
    Area area = layout.area(box);
    line("<g class=\"operator\" id=\"operator" + box.id() + "\"><title>" + escaped(String.join(", ", box.names()))
        + "</title><rect" + rectangle(area) + " rx=\"4\"" + colours(box.family()) + "/>");
    double y = area.y() + Lettering.LINE + 1;
    for (int i = 0; i < box.lines().size(); i++) {
      boolean name = i > 0 && i == box.lines().size() - 1;
      line("<text x=\"" + number(area.x() + area.width() / 2) + "\" y=\"" + number(y) + "\" text-anchor=\"middle\""
          + (i == 0 ? " font-weight=\"bold\"" : name ? " fill=\"#666666\"" : "") + ">" + escaped(box.lines().get(i))
          + "</text>");
      y += Lettering.LINE;
    }
    line("</g>");
  }

  /** Straight pieces with rounded corners. */
  private void addEdge(int edge) {
    List<Point> way = layout.way(edge);
    StringBuilder path = new StringBuilder("M" + point(way.get(0)));
    for (int i = 1; i < way.size() - 1; i++) {
      Point at = way.get(i);
      path.append('L').append(point(towards(at, way.get(i - 1)))).append('Q').append(point(at)).append(' ')
          .append(point(towards(at, way.get(i + 1))));
    }
    path.append('L').append(point(way.get(way.size() - 1)));
    line("<path id=\"edge" + edge + "\" d=\"" + path + "\"/>");
  }

  private static Point towards(Point from, Point to) {
    double length = Math.abs(to.x() - from.x()) + Math.abs(to.y() - from.y());
    double part = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
    return new Point(from.x() + part * (to.x() - from.x()), from.y() + part * (to.y() - from.y()));
  }

  private static String colours(Family family) {
    return " fill=\"" + family.fill() + "\" stroke=\"" + family.line() + "\"";
  }

  private static String rectangle(Area area) {
    return " x=\"" + number(area.x()) + "\" y=\"" + number(area.y()) + "\" width=\"" + number(area.width())
        + "\" height=\"" + number(area.height()) + "\"";
  }

  private static String point(Point point) {
    return number(point.x()) + " " + number(point.y());
  }

  /** In tenths, without a locale's marks. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    long part = Math.abs(tenths % 10);
    return (tenths < 0 ? "-" : "") + Math.abs(tenths / 10) + (part == 0 ? "" : "." + part);
  }

  private static String escaped(String printable) {
    return printable.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
