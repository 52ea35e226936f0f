/** Options that are set outside the command line: in the configuration and the environment. */
package dev.shoebox.cli.configured;
