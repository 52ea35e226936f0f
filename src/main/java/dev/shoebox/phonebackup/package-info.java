/** Local backups of iPhones on disk, as Finder, iTunes, Apple Devices and iMazing make them. */
package dev.shoebox.phonebackup;
