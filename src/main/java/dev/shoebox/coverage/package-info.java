/**
 * Why iCloud Photos has stopped on a phone: pure functions from what the phone's own notes, its library and its present
 * state say to one answer, what is at stake, and what to do that endangers no photo.
 */
package dev.shoebox.coverage;
