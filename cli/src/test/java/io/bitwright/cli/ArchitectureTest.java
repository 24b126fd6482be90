package io.bitwright.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** Holds what Maven's modules cannot: docs/architecture says why. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.bitwright");
  private static final String[] BACK_ENDS = {"io.bitwright.c..", "io.bitwright.hls..", "io.bitwright.rtl.."};

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void backEndsNeverUseEachOther() {
    for (String one : BACK_ENDS) {
      for (String other : BACK_ENDS) {
        if (!one.equals(other)) {
          check(noClasses().that().resideInAPackage(one).should().dependOnClassesThat().resideInAPackage(other));
        }
      }
    }
  }

  @Test
  void nothingButTheCommandLineUsesABackEndOrPrints() {
    check(noClasses().that().resideOutsideOfPackages(BACK_ENDS).and().resideOutsideOfPackage("io.bitwright.cli..")
        .should().dependOnClassesThat(resideInAnyPackage(BACK_ENDS)));
    check(noClasses().that().resideOutsideOfPackage("io.bitwright.cli..").should().accessField(System.class, "out"));
    check(noClasses().that().resideOutsideOfPackage("io.bitwright.cli..").should().accessField(System.class, "err"));
    check(noClasses().that().resideOutsideOfPackage("io.bitwright.cli..").should()
        .callMethod(Throwable.class, "printStackTrace"));
    check(noClasses().that().resideOutsideOfPackage("io.bitwright.cli..").should()
        .callMethod(Throwable.class, "printStackTrace", PrintStream.class));
  }

  @Test
  void readersOfFileFormatsStayInsideOfTheFrontend() {
    check(noClasses().that().resideOutsideOfPackage("io.bitwright.frontend..").should()
        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.bitwright.frontend.*..")
            .and(JavaClass.Predicates.resideOutsideOfPackage("io.bitwright.frontend.quantise.."))));
  }

  @Test
  void theIntermediateLevelsKnowNothingOfWhatUsesThem() {
    check(noClasses().that().resideInAPackage("io.bitwright.ir..").should().dependOnClassesThat(
        resideInAPackage("io.bitwright..").and(com.tngtech.archunit.base.DescribedPredicate.not(
            resideInAPackage("io.bitwright.ir..")))));
  }

  /** Megabytes that only drawing a picture loads. */
  @Test
  void onlyThePicturesLayoutUsesTheLayoutLibrary() {
    check(noClasses().that().resideOutsideOfPackage("io.bitwright.cli.picture").should()
        .dependOnClassesThat().resideInAnyPackage("org.eclipse..", "com.google.common.."));
    check(noClasses().that().resideInAPackage("io.bitwright.cli.picture").and().doNotHaveSimpleName("LayeredLayout")
        .should().dependOnClassesThat().resideInAnyPackage("org.eclipse..", "com.google.common.."));
  }

  @Test
  void packagesFormNoCycles() {
    check(slices().matching("io.bitwright.(**)").should().beFreeOfCycles());
  }
}
