/**
 * Notices phones and drives that are connected or disconnected, and says which job to start. Does not depend on
 * backups.
 */
package dev.shoebox.watch;
