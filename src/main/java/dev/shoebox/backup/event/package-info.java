/** The events and the result of a run. */
package dev.shoebox.backup.event;
