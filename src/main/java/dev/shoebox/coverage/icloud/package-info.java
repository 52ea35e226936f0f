/** Why iCloud Photos stopped and what to do about it: pure functions over what the phone notes. */
package dev.shoebox.coverage.icloud;
