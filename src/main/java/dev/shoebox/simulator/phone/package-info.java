/** The services of a simulated phone: lockdown, AFC, and their faults. */
package dev.shoebox.simulator.phone;
