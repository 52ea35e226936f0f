/** Runs other programs, and keeps the computer awake. */
package dev.shoebox.system.process;
