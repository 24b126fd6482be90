/** What every back end needs to write text: templates without logic, and untrusted text made safe for comments. */
package io.bitwright.target.text;
