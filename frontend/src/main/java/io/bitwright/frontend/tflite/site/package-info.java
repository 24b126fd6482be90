/** What an operator's importer sees of the file: its operands, its declared results, and the checks that all share. */
package io.bitwright.frontend.tflite.site;
