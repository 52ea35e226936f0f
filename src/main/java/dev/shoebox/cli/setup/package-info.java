/** Commands that arrange things: configuration, schedules, watching, the simulated phone. */
package dev.shoebox.cli.setup;
