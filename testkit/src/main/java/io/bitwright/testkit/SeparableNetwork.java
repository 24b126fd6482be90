package io.bitwright.testkit;

/** A network in text for tests of back ends. */
public final class SeparableNetwork {
  /** A depthwise and a pointwise convolution, a mean and a softmax, in int8. */
  public static final String TEXT = """
      graph @small {
        %0 = input : tensor<1x4x4x2 x i8, q(0.05, -1)> "picture"
        %1 = constant seeded(1) : tensor<1x3x3x2 x i8, q(0.01, 0)>
        %2 = constant [5, -6] : tensor<2 x i32>
        %3 = depthwise_conv2d %0, %1, %2 {multiplier=1, kernel=3x3, stride=2x2, pad=[0,1,0,1], round=tflite} : tensor<1x2x2x2 x i8, q(0.07, -5)> "block/depthwise" origins=[0]
        %4 = constant seeded(2) : tensor<3x1x1x2 x i8, q(0.02, 0)>
        %5 = conv2d %3, %4 {kernel=1x1, clamp=[-5,127], round=tflite} : tensor<1x2x2x3 x i8, q(0.06, -5)> "block/pointwise" origins=[1]
        %6 = mean %5 {axes=[1,2], keep_dims=false, round=tflite} : tensor<1x3 x i8, q(0.06, -5)> "mean" origins=[2]
        %7 = softmax %6 {beta=1.0} : tensor<1x3 x i8, q(0.00390625, -128)> "classes" origins=[3]
        return %7
      }
      """;

  private SeparableNetwork() {}
}
