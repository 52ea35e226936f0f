/** The user's commands before and after a backup. */
package dev.shoebox.run.hook;
