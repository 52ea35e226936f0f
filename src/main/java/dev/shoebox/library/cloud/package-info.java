/** The records of iCloud Photos on the phone: its queue, its states, its inventory. */
package dev.shoebox.library.cloud;
