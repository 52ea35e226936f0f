/** Waiting for other threads. */
package dev.shoebox.system.thread;
