/** The transport-independent view of a phone: lockdown, services, their errors. */
package dev.shoebox.device.transport;
