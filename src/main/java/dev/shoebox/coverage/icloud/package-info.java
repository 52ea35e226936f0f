/** Diagnoses why iCloud Photos has stopped, and suggests what to do: pure functions of what the phone records. */
package dev.shoebox.coverage.icloud;
