package io.bitwright.rtl.template;

import io.bitwright.target.text.TemplateSet;

/** The templates of this back end. */
public final class Templates {
  private static final TemplateSet SET = new TemplateSet(Templates.class, "/io/bitwright/rtl");

  private Templates() {}

  /** The text of a model: a record, whose template has its name. */
  public static String render(Record model) {
    return SET.render(model);
  }
}
