package io.bitwright.target.text;

import freemarker.cache.ClassTemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.TimeZone;

/** Renders output models: a model is a record, its template has the record's name. The same on every locale. */
public final class TemplateSet {
  private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);

  /**
   * The templates of a back end.
   *
   * @param owner  whose class loader has them
   * @param folder  absolute path of their resources
   */
  public TemplateSet(Class<?> owner, String folder) {
    configuration.setTemplateLoader(new ClassTemplateLoader(owner, folder));
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setBooleanFormat("c");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
  }

  /** The text of a model. */
  public String render(Record model) {
    StringWriter text = new StringWriter();
    try {
      configuration.getTemplate(model.getClass().getSimpleName() + ".ftl").process(model, text);
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("template of " + model.getClass().getSimpleName(), e);
    }
    return text.toString();
  }
}
