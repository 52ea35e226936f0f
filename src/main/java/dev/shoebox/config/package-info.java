/** What a person has written down for every run: the configuration file, read with the place of each word in it. */
package dev.shoebox.config;
