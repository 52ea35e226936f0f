/**
 * Automatic starts: the files that define jobs for each system's scheduler, and the preconditions of an unattended
 * backup.
 */
package dev.shoebox.schedule;
