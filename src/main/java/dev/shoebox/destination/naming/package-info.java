/** Names in a backup: what a folder has already, and where files go that are no photos. */
package dev.shoebox.destination.naming;
