/** The encryption of iPhone backups, based on the JDK's cryptography. */
package dev.shoebox.phonebackup.crypto;
