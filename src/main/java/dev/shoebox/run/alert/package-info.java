/** Channels for alerts to a user without a desktop: mail, web services, commands. */
package dev.shoebox.run.alert;
