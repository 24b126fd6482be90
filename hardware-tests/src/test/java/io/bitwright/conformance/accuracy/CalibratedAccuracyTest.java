package io.bitwright.conformance.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.conformance.zoo.Reals;
import io.bitwright.frontend.quantise.Equalisation;
import io.bitwright.frontend.quantise.QuantizationSettings;
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
    RequiredTools.require(List.of(RequiredTools.GCC));
    Study study = new Study(domain, QuantizationSettings.DEFAULT.with(Equalisation.ALL));
    List<String> pictures = domain.groups().get(0);
    assertEquals(pictures.size(), study.inC(pictures).equalFrames());
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
    List<Study.Answer> answers = new Study(Domain.MOBILENET, QuantizationSettings.DEFAULT).plain();
    assertEquals(17, answers.size());
    double cosine = answers.stream().mapToDouble(a -> a.cosine(0)).average().orElseThrow();
    long same = answers.stream().filter(Study.Answer::sameTop).count();
    assertTrue(same > 8 && cosine > 0.93, same + " of 17, cosine " + cosine);
  }

  /** A detector of faces: scores and boxes of all its anchors, and the faces that they tell of. */
  @Test
  @Tag("thorough")
  void facesStay() {
    List<Study.Answer> answers = new Study(Domain.FACES, QuantizationSettings.DEFAULT).variations(20);
    List<String> off = new ArrayList<>();
    int faces = 0;
    for (Study.Answer answer : answers) {
      if (answer.cosine(0) < 0.998 || answer.cosine(1) < 0.985) {
        off.add(answer.picture() + ": cosines " + answer.cosine(0) + ", " + answer.cosine(1));
      }
      List<FaceBoxes.Box> expected = FaceBoxes.of(answer.expected().get(0), answer.expected().get(1), 0.8);
      List<FaceBoxes.Box> actual = FaceBoxes.of(answer.actual().get(0), answer.actual().get(1), 0.6);
      for (FaceBoxes.Box face : expected) {
        faces++;
        double overlap = actual.stream().mapToDouble(face::overlap).max().orElse(0);
        if (overlap < 0.75) {
          off.add(answer.picture() + ": " + face + " overlaps by " + overlap);
        }
      }
    }
    assertTrue(faces > 100, faces + " faces");
    assertEquals(List.of(), off);
  }

  /** The picture that a cosine is of is not the picture's background: a constant vector would not pass. */
  @Test
  void answersDiffer() {
    List<Study.Answer> answers = new Study(Domain.CIFAR, QuantizationSettings.DEFAULT).variations(6);
    assertTrue(answers.stream().map(a -> Reals.largest(a.expected().get(0))).distinct().count() > 1);
  }
}
