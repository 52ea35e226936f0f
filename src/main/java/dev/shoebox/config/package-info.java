/** The configuration file: what a person set for every run, with the position of each key. */
package dev.shoebox.config;
