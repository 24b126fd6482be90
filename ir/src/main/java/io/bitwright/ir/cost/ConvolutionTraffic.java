package io.bitwright.ir.cost;

import io.bitwright.ir.graph.Graph;

/**
 * Activations that convolutions and fully connected layers read and write, the measure by which fusing layers is
 * judged: each of them reads its input once and writes its output once. Activation functions and normalisations run
 * along; residual additions, pooling, padding and concatenations are left out. A group of fused layers reads the first
 * one's input and writes the last one's output.
 *
 * @param unfused  every layer on its own
 * @param pairsFused  depthwise and the pointwise convolution that follows are one group
 * @param blocksFused  so are the pointwise convolution before, the depthwise and the pointwise one after: an inverted
 *     residual block
 * @param pairsShared  what {@code pairsFused} leaves out: tensors inside of a group that something outside reads too,
 *     so that they must be written, once each
 * @param blocksShared  what {@code blocksFused} leaves out likewise
 */
public record ConvolutionTraffic(Traffic unfused, Traffic pairsFused, Traffic blocksFused, Traffic pairsShared,
    Traffic blocksShared) {
  public static ConvolutionTraffic of(Graph graph) {
    FusedGroups groups = new FusedGroups(graph);
    return new ConvolutionTraffic(groups.traffic(FusedGroups.Extent.LAYER), groups.traffic(FusedGroups.Extent.PAIR),
        groups.traffic(FusedGroups.Extent.BLOCK), groups.shared(FusedGroups.Extent.PAIR),
        groups.shared(FusedGroups.Extent.BLOCK));
  }
}
