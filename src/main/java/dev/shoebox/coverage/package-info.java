/**
 * Where each asset is, and which assets are safe to remove: pure functions of the phone's listing, its library, and a
 * backup. The sub-package {@code icloud} explains why iCloud Photos has stopped.
 */
package dev.shoebox.coverage;
