package io.bitwright.ir.rewrite;

/** What a pass is made of: a rule for one node, or one for several nodes side by side. */
public sealed interface Rewrite permits Rule, SiblingRule {}
