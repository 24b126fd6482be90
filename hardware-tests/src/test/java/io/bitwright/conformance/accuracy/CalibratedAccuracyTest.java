package io.bitwright.conformance.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.conformance.zoo.Reals;
import io.bitwright.frontend.quantise.ActivationWidth;
import io.bitwright.frontend.quantise.Equalisation;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.testkit.TestData;
import io.bitwright.tracer.RequiredTools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trained float networks, calibrated with pictures, answer in int8 as in float on crops, flips and other lights of pictures
 * that they were not calibrated with.
 */
class CalibratedAccuracyTest {
  private static final int VARIATIONS = 100;
  private static final int FACE_VARIATIONS = 20;
  private static final double CLEAR = 0.2;

  static List<Domain> classifiers() {
    return List.of(Domain.CIFAR, Domain.VWW, Domain.FLOWERS, Domain.OCR);
  }

  private static void assertClearAnswersStay(Domain domain, int variations, int least) {
    List<Study.Answer> answers = new Study(domain, QuantizationSettings.DEFAULT).variations(variations);
    List<Study.Answer> clear = answers.stream().filter(a -> a.margin() >= CLEAR).toList();
    assertTrue(clear.size() >= least, "only " + clear.size() + " of " + answers.size() + " are clear");
    assertEquals(List.of(), clear.stream().filter(a -> !a.sameTop()).map(Study.Answer::picture).toList());
  }

  /** The float network's first answer wherever it leads by a fifth. */
  @ParameterizedTest
  @MethodSource("classifiers")
  @Tag("thorough")
  void clearAnswersStay(Domain domain) {
    assertClearAnswersStay(domain, VARIATIONS, 80);
  }

  /** With channels equalised across ReLU6 too, which leaves limits a channel. */
  @ParameterizedTest
  @MethodSource("classifiers")
  @Tag("thorough")
  void generatedCGivesTheBytes(Domain domain) {
    assertEqualInC(domain, QuantizationSettings.DEFAULT.with(Equalisation.ALL));
  }

  @Test
  @Tag("thorough")
  void generatedCGivesTheBytesOf16Bits() {
    assertEqualInC(Domain.OCR, QuantizationSettings.DEFAULT.with(Equalisation.ALL).with(ActivationWidth.INT16));
    assertEqualInC(Domain.FACES, QuantizationSettings.DEFAULT.with(ActivationWidth.INT16));
  }

  private static void assertEqualInC(Domain domain, QuantizationSettings settings) {
    RequiredTools.require(List.of(RequiredTools.GCC));
    List<String> pictures = domain.groups().get(0);
    assertEquals(pictures.size(), new Study(domain, settings).inC(pictures).equalFrames());
  }

  /** 5.7 billion products an inference. */
  @Tag("slow")
  @Test
  void clearAnswersOfInceptionStay() {
    assertClearAnswersStay(Domain.INCEPTION, VARIATIONS, 60);
  }

  /**
   * MobileNetV1 at width 0.25 with 1000 classes, which quantises badly: the int8 file that its authors give agrees with it
   * on 8 of these 17 pictures, with a mean cosine of 0.82.
   */
  @Test
  @Tag("thorough")
  void betterThanTheFileThatItsAuthorsGive() {
    assumeTrue(TestData.root().isPresent(), "no reference data");
    List<Study.Answer> answers = new Study(Domain.MOBILENET, QuantizationSettings.DEFAULT).plain();
    assertEquals(17, answers.size());
    double cosine = answers.stream().mapToDouble(a -> a.cosine(0)).average().orElseThrow();
    long same = answers.stream().filter(Study.Answer::sameTop).count();
    assertTrue(same > 8 && cosine > 0.93, same + " of 17, cosine " + cosine);
  }

  /** A detector of faces: scores and boxes of all its anchors, and the faces that they tell of. */
  private static void assertFacesStay(QuantizationSettings settings, double cosine, double overlap) {
    List<String> off = new ArrayList<>();
    int faces = 0;
    for (Study.Answer answer : new Study(Domain.FACES, settings).variations(FACE_VARIATIONS)) {
      if (answer.cosine(0) < cosine || answer.cosine(1) < cosine) {
        off.add(answer.picture() + ": cosines " + answer.cosine(0) + ", " + answer.cosine(1));
      }
      FaceBoxes actual = new FaceBoxes(answer.actual().get(0), answer.actual().get(1));
      for (FaceBoxes.Box face : new FaceBoxes(answer.expected().get(0), answer.expected().get(1)).faces(0.8)) {
        faces++;
        FaceBoxes.Box same = actual.of(face.anchor());
        if (face.overlap(same) < overlap || same.score() < 0.6) {
          off.add(answer.picture() + ": " + face + " is " + same);
        }
      }
    }
    assertTrue(faces > 100, faces + " faces");
    assertEquals(List.of(), off);
  }

  @Test
  @Tag("thorough")
  void facesStay() {
    assertFacesStay(QuantizationSettings.DEFAULT, 0.99, 0.8);
  }

  @Test
  @Tag("thorough")
  void facesStayWhereTheyAreWith16Bits() {
    assertFacesStay(QuantizationSettings.DEFAULT.with(ActivationWidth.INT16), 0.99, 0.9);
  }

  /** The picture that a cosine is of is not the picture's background: a constant vector would not pass. */
  @Test
  void answersDiffer() {
    List<Study.Answer> answers = new Study(Domain.CIFAR, QuantizationSettings.DEFAULT).variations(6);
    assertTrue(answers.stream().map(a -> Reals.largest(a.expected().get(0))).distinct().count() > 1);
  }
}
