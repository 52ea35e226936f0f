/** A connection to a phone, whichever code makes it: lockdown, services, their errors. */
package dev.shoebox.device.transport;
