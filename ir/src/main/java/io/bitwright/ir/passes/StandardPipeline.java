package io.bitwright.ir.passes;


import static io.bitwright.ir.rewrite.Pipeline.before;
import static io.bitwright.ir.rewrite.Promise.BITS;
import static io.bitwright.ir.rewrite.Promise.REALS;

import io.bitwright.ir.rewrite.Pass;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.rewrite.Rewrite;
import java.util.List;

/** The table of graph passes. Nothing here fuses two kernels: that is the schedule's. */
public final class StandardPipeline {
  private StandardPipeline() {}

  /** All passes in order. */
  public static Pipeline create() {
    return new Pipeline(
        List.of(
            bits("share-constants", "Equal constants become one.", new ShareConstants()),
            bits("fold-constants", "What is computed of a constant alone becomes a constant.",
                new ConstantOperandLast(), new FoldConstantReshape(), new FoldConstantPad(), new FoldConstantUnary()),
            bits("fold-padding", "Pads become the padding of the convolution or max pool that reads them.",
                new MergePads(), new FoldPadIntoConv(), new FoldPadIntoMaxPool()),
            bits("elide-reshapes", "Reshapes that undo each other or change nothing go.",
                new ElideIdentityReshape(), new MergeReshapes(), new ElideReshapeAroundUnary()),
            bits("elide-concats", "Concatenations of one tensor, or inside of another, go.",
                new ElideSingleConcat(), new FlattenConcat()),
            reals("recognise-activations", "h-sigmoid, h-swish and swish written out as primitives become operators.",
                new DivisionByConstant(), new RecogniseHardSigmoid(), new RecogniseHardSwish(), new RecogniseSwish()),
            reals("fold-scales", "Batch normalisations, constant factors and terms go into the convolutions beside them.",
                new SplitBatchNormOverConcat(), new MoveScaleBeforePad(), new FoldScaleIntoProducer(), new FoldScaleIntoConsumer()),
            bits("fuse-activations", "Clamp-like activations become the clamp of what they are applied to.",
                new FuseActivation()),
            bits("move-shuffles", "Channel shuffles go into the filters of a dense convolution or behind a depthwise one.",
                new FoldShuffleIntoFilters(), new MoveShuffleBehindDepthwise()),
            reals("fold-shuffles", "Channel shuffles go into the weights of the dense convolution that reads them.",
                new FoldShuffleIntoWeights()),
            bits("interleave-concats", "Channel shuffles go into the concatenation of as many parts as they have groups.",
                new FoldShuffleIntoConcat()),
            bits("merge-convolutions", "Pointwise convolutions of one tensor become one where that pays.",
                new MergeConvolutions()),
            bits("fold-tables", "Chains of functions of 8-bit codes become one table of 256 entries.",
                new FoldRealFunction(), new FoldUnary(), new ComposeTables(), new FoldFunctionsOfOne(), new ElideIdentityTable()),
            bits("remove-dead-code", "Nodes that no output needs go.")),
        List.of(
            before("fold-constants", "fold-padding", "a pad of a constant is no padding of a convolution"),
            before("elide-reshapes", "elide-concats", "a reshape between two concatenations hides the inner one"),
            before("fold-padding", "fold-scales", "the padding of a convolution decides whether it takes in a shift"),
            before("elide-reshapes", "fold-scales", "a reshape between hides the convolution from what scales it"),
            before("recognise-activations", "fold-scales", "the 3 of an h-sigmoid would become part of a bias"),
            before("fold-scales", "fuse-activations", "a convolution with limits takes in no scale"),
            before("elide-reshapes", "fuse-activations", "a reshape between hides the producer from its activation"),
            before("fuse-activations", "move-shuffles", "an activation between hides the convolution from its shuffle"),
            before("move-shuffles", "fold-shuffles", "behind a depthwise convolution a shuffle meets a dense one"),
            before("fold-shuffles", "interleave-concats", "in weights a shuffle costs nothing"),
            before("fuse-activations", "merge-convolutions", "an activation between hides who reads a convolution"),
            before("fold-constants", "fold-tables", "a function has its constant as the last operand"),
            before("elide-reshapes", "fold-tables", "a reshape between splits a chain"),
            before("fuse-activations", "fold-tables", "a clamp costs less in its producer than in a table")));
  }

  private static Pass reals(String name, String sentence, Rewrite... rules) {
    return new Pass(name, REALS, sentence, List.of(rules));
  }

  private static Pass bits(String name, String sentence, Rewrite... rules) {
    return new Pass(name, BITS, sentence, List.of(rules));
  }
}
