/** Commands for configuration, schedules, watching, and the simulated phone. */
package dev.shoebox.cli.setup;
