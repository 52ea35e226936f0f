/** What is set for a command outside its command line: the configuration and the environment. */
package dev.shoebox.cli.configured;
