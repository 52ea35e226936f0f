/** The person's own commands before and after a backup. */
package dev.shoebox.run.hook;
