/**
 * Starting by itself: the files by which each system's own scheduler learns of it, and what must be so before a backup
 * that nobody asked for begins.
 */
package dev.shoebox.schedule;
