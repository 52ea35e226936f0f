/** What a run tells while it goes on, and its report. */
package dev.shoebox.backup.event;
