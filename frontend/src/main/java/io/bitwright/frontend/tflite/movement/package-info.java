/** Translates operators that only move elements, or compute a shape to move them by. */
package io.bitwright.frontend.tflite.movement;
