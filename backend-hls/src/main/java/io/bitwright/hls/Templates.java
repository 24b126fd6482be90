package io.bitwright.hls;

import io.bitwright.target.text.TemplateSet;

/** The templates of this back end. */
final class Templates {
  private static final TemplateSet SET = new TemplateSet(Templates.class, "/io/bitwright/hls");

  private Templates() {}

  /** The text of a model: a record, whose template has its name. */
  static String render(Record model) {
    return SET.render(model);
  }
}
