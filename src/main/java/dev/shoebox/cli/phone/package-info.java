/** Commands on the phone and its contents. */
package dev.shoebox.cli.phone;
