/** Planning: what to copy, in which order, and when each photo was taken. */
package dev.shoebox.backup.plan;
