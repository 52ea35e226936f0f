/** What runs leave behind: their records, the pages that people read, and what is worth an alarm. */
package dev.shoebox.history;
