/** What several commands take: a model, a board, inputs, calibration. */
package io.bitwright.cli.option;
