/** How backups of iPhones are encrypted, with what the JDK has for it. */
package dev.shoebox.phonebackup.crypto;
